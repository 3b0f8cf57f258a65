import { type BadgeTemplate, createTrial, type TemplateResult } from '@rosette/engine'
import { EventError, fieldTypeOf, type LearnerData } from '@rosette/openedx-events'
import { parseTrialEvent, type TrialEvent } from './trial-events.js'

/** How every learner ends, and which lines were no events. */
export type TrialReport = {
  readonly learners: readonly {
    readonly username: string
    readonly templates: readonly TemplateResult[]
  }[]
  readonly refused: readonly { readonly line: number; readonly reason: string }[]
}

/** Runs a file of events, one JSON object per line, against templates. Nothing is stored. */
export async function tryRules(
  templates: readonly BadgeTemplate[],
  lines: AsyncIterable<string> | Iterable<string>,
): Promise<TrialReport> {
  const trial = createTrial(templates, fieldTypeOf)
  const names = new Map<string, { readonly username: string; readonly time: number }>()
  const refused: { line: number; reason: string }[] = []
  let line = 0
  for await (const text of lines) {
    line += 1
    if (text.trim() === '') continue
    const read = parseLine(text)
    if (typeof read === 'string') {
      refused.push({ line, reason: read })
      continue
    }
    const { event, learner, user } = read
    const key = String(learner.lmsUserId)
    trial.apply({ learner: key, event, user })
    rememberName(names, learner, event.time)
  }
  const learners = trial
    .result()
    .map(({ learner, templates: results }) => ({
      username: names.get(learner)?.username ?? learner,
      templates: results,
    }))
    .sort((a, b) => (a.username < b.username ? -1 : a.username > b.username ? 1 : 0))
  return { learners, refused }
}

function parseLine(text: string): TrialEvent | string {
  try {
    return parseTrialEvent(text)
  } catch (error) {
    if (error instanceof EventError) return error.message
    throw error
  }
}

// A learner is known by the LMS user id; the user name follows the newest event.
function rememberName(
  names: Map<string, { readonly username: string; readonly time: number }>,
  { lmsUserId, username }: LearnerData,
  time: number,
): void {
  const known = names.get(String(lmsUserId))
  if (known === undefined || time >= known.time) names.set(String(lmsUserId), { username, time })
}

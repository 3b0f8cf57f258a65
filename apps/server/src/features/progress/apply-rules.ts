import { type LearningEvent, type Mark, mergeMarks } from '@rosette/engine'
import type { Tx } from '../../db/database.js'
import { type AwardChange, type AwardEvent, type Consequences, carryOut } from '../awards/awards.js'
import { insertEvents } from '../events/events.js'
import type { StoredLearner } from '../learners/learners.js'
import type { ActiveRules } from '../templates/templates.js'
import { type LearnerMark, mergeIntoStored } from './mark-repository.js'
import { decide, type Matched, touchedBy } from './settle.js'

/** What rules need beside the marks: what follows from awards, the time, the rules in force. */
export type RuleRun = {
  readonly consequences: Consequences
  readonly now: () => Date
  readonly rules: ActiveRules
}

/**
 * From matches to awards: merges the marks, decides about what they touched, carries the decisions
 * out, and lets the awards themselves be events for other badges, until nothing changes any more.
 * Activation refuses cycles, so the chain ends. The learners must be locked.
 */
export async function applyMatches(
  tx: Tx,
  matched: readonly Matched[],
  { rules, consequences, now }: RuleRun,
): Promise<readonly AwardEvent[]> {
  const told: AwardEvent[] = []
  let round = matched
  while (round.length > 0) {
    const changed = await mergeIntoStored(tx, mergedMarks(round))
    const changes = await decide(tx, touchedBy(rules, round, changed), now())
    const events = await carryOut(tx, changes, consequences)
    await logAwardEvents(tx, events)
    told.push(...events)
    round = matchAwards(rules, events)
  }
  return told
}

/** Merges what matched into the stored marks, and decides nothing yet. The learners must be locked. */
export async function mergeMatches(tx: Tx, matched: readonly Matched[]): Promise<void> {
  if (matched.length > 0) await mergeIntoStored(tx, mergedMarks(matched))
}

/** Carries decisions out that were made already, and whatever follows from them for other badges. */
export async function carryOutAndReact(
  tx: Tx,
  changes: readonly AwardChange[],
  run: RuleRun,
): Promise<readonly AwardEvent[]> {
  const events = await carryOut(tx, changes, run.consequences)
  await logAwardEvents(tx, events)
  return [...events, ...(await applyMatches(tx, matchAwards(run.rules, events), run))]
}

/** What awards mean to the rules of other badges. */
export function matchAwards(rules: ActiveRules, events: readonly AwardEvent[]): readonly Matched[] {
  return events.flatMap(({ learner, event }) => matchOne(rules, learner, event))
}

function matchOne(
  rules: ActiveRules,
  learner: StoredLearner,
  event: LearningEvent,
): readonly Matched[] {
  return rules.index.match(event).map((change) => ({ learner, change }))
}

/** Own awards stand in the event log like what came from outside, so that a backfill finds them. */
export async function logAwardEvents(tx: Tx, events: readonly AwardEvent[]): Promise<void> {
  await insertEvents(
    tx,
    events.map(({ learner, event, time, data }) => ({
      id: event.id,
      type: event.type,
      time,
      source: 'rosette',
      lmsUserId: learner.lmsUserId,
      data,
    })),
  )
}

// One statement may meet each row once, so marks with the same address are merged beforehand.
export function mergedMarks(matched: readonly Matched[]): LearnerMark[] {
  const marks = new Map<string, LearnerMark>()
  for (const { learner, change } of matched) {
    const { requirementId, instance, key } = change
    const address = `${learner.id} ${requirementId} ${instance}\u0000${key}`
    const mark = merged(marks.get(address)?.mark, change.mark)
    marks.set(address, { learnerId: learner.id, requirementId, instance, key, mark })
  }
  return [...marks.values()]
}

function merged(a: Mark | undefined, b: Mark): Mark {
  return a === undefined ? b : mergeMarks(a, b)
}

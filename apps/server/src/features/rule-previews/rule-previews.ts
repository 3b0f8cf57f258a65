import type { LearnerPreview, RulePreview } from '@rosette/contract'
import { type BadgeTemplate, formatEventTime, parseEventTime } from '@rosette/engine'
import type { Db } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import { findTemplate, type RuleCatalogue, readGivenRules } from '../templates/templates.js'
import type { Bounds } from './gather-recent.js'
import { previewRules } from './preview-rules.js'
import { tryLearner } from './try-learner.js'

export { listEventValues } from './event-values.js'

type Deps = {
  readonly db: Db
  readonly catalogue: RuleCatalogue
  readonly imageUrlOf: (templateId: string) => string
  readonly bounds?: Partial<Bounds>
}

type About = {
  readonly organizationId: string
  readonly templateId?: string | undefined
  readonly rules?: unknown
}

/** About a second on an ordinary installation. */
const usualBounds = { mostEvents: 200_000, mostMs: 1500, step: 10_000 }
/** Each holds a connection and much of a processor while it runs. */
const mostAtOnce = 3

/** Rules that nobody has saved, tried on what has happened. Stores nothing. */
export function createRulePreviews({ db, catalogue, imageUrlOf, bounds = {} }: Deps) {
  let running = 0

  async function preview(
    about: About & { readonly since?: string | undefined },
    signal: AbortSignal,
  ): Promise<RulePreview> {
    const template = await readTemplate(about)
    const since = about.since === undefined ? undefined : toUtc(about.since)
    const all = { ...usualBounds, ...bounds, since, signal }
    return await inTurn(() => previewRules(db, template, all))
  }

  async function ofLearner(about: About & { readonly learnerId: string }): Promise<LearnerPreview> {
    const template = await readTemplate(about)
    const { learnerId, templateId } = about
    return await inTurn(() => tryLearner(db, template, { learnerId, templateId, imageUrlOf }))
  }

  async function readTemplate(about: About): Promise<BadgeTemplate> {
    const { organizationId, templateId, rules } = about
    if (templateId !== undefined) await assertOwn(templateId, organizationId)
    return readGivenRules({ id: templateId ?? unsaved, name: 'Preview' }, rules, catalogue)
  }

  async function assertOwn(templateId: string, organizationId: string): Promise<void> {
    const stored = await findTemplate(db, templateId)
    if (stored?.row.organization_id === organizationId) return
    throw new AppError('template-not-found', `There is no badge template ${templateId}.`)
  }

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (running >= mostAtOnce) {
      const message = 'Other previews are being made. Ask again in a second.'
      throw new AppError('too-many-requests', message)
    }
    running += 1
    try {
      return await work()
    } finally {
      running -= 1
    }
  }

  return { preview, ofLearner }
}

export type RulePreviews = ReturnType<typeof createRulePreviews>

/** Stands for a template that does not exist yet. */
const unsaved = '00000000-0000-0000-0000-000000000000'

function toUtc(text: string): string {
  const time = parseEventTime(text)
  if (time !== null) return formatEventTime(time)
  const faults = [{ path: 'since', reason: 'Must be a time before the year 2255.' }]
  throw new AppError('request-invalid', 'The time cannot be read.', { faults })
}

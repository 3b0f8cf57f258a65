import { EVERY, parseEventTime } from '@rosette/engine'
import type { BackfillCauseJson } from '../../db/backfill-schema.js'
import type { AwardChange } from '../awards/awards.js'
import type { StoredLearner } from '../learners/learners.js'
import type { Judged, Standing, Touched } from '../progress/progress.js'
import type { ActiveTemplate } from '../templates/templates.js'

/** One thing that a backfill does, or would do. */
export type Outcome = {
  readonly change: 'gain' | 'lose' | 'kept'
  readonly templateId: string
  readonly learner: Pick<StoredLearner, 'id' | 'lmsUserId'>
  readonly instance: string
  /** Null while the award does not exist. */
  readonly awardId: string | null
  readonly at: string | null
  readonly cause: BackfillCauseJson
}

/** Every learner towards the template, and towards each award of it that is in force. */
export function touchedOf(
  template: ActiveTemplate,
  learners: readonly StoredLearner[],
  { awards }: Pick<Standing, 'awards'>,
): readonly Touched[] {
  const byId = new Map(learners.map((learner) => [learner.id, learner]))
  const held = awards.flatMap(({ learner_id, template_id, status, instance }): Touched[] => {
    const learner = byId.get(learner_id)
    const isOurs = template_id === template.row.id && status === 'awarded' && instance !== EVERY
    return isOurs && learner !== undefined ? [{ learner, template, instance }] : []
  })
  return [...learners.map((learner) => ({ learner, template, instance: EVERY })), ...held]
}

/**
 * What is to be carried out, and what becomes of it. An award that rests on events from before the log
 * begins is not taken back for the lack of them: only a penalty takes it.
 */
export function weigh(judged: readonly Judged[], logBeginsAt: string | null) {
  const decided: Judged[] = []
  const outcomes: Outcome[] = []
  for (const one of judged) {
    if (one.change === null) continue
    const isKept = one.change.change === 'revoke' && restsOnForgotten(one, logBeginsAt)
    outcomes.push(toOutcome(one, one.change, isKept))
    if (!isKept) decided.push(one)
  }
  return { decided, outcomes }
}

export function changesIn(judged: readonly Judged[]): readonly AwardChange[] {
  return judged.flatMap(({ change }) => change ?? [])
}

function restsOnForgotten({ award, progress }: Judged, logBeginsAt: string | null): boolean {
  if (award === undefined || progress.lost.length > 0) return false
  const begins = logBeginsAt === null ? null : parseEventTime(logBeginsAt)
  if (begins === null) return true
  const times = award.cause.fulfillments?.map(({ since }) => since) ?? [award.awarded_at]
  return times.some((time) => (parseEventTime(time) ?? 0) < begins)
}

function toOutcome(
  { learner, template, award, progress }: Judged,
  change: AwardChange,
  isKept: boolean,
): Outcome {
  const common = { templateId: template.row.id, learner, instance: progress.instance }
  if (change.change === 'grant') {
    const { awardedAt: at, cause } = change.award
    const awardId = change.award.id
    return { ...common, change: 'gain', awardId, at, cause: shown(cause) }
  }
  const { revokedAt, cause } = change.revocation
  return {
    ...common,
    change: isKept ? 'kept' : 'lose',
    awardId: award?.id ?? null,
    at: isKept ? (award?.awarded_at ?? null) : revokedAt,
    cause: { ...shown(cause), fulfillments: award?.cause.fulfillments ?? [] },
  }
}

export function shown({ fulfillments = [], lost = [] }: BackfillCauseJson): BackfillCauseJson {
  return { fulfillments, lost }
}

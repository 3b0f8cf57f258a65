import { randomUUID } from 'node:crypto'
import {
  type AwardState,
  decideAward,
  EVERY,
  formatEventTime,
  type MarkChange,
  type Moment,
  type Progress,
  parseEventTime,
  progressOf,
} from '@rosette/engine'
import type { Db, Tx } from '../../db/database.js'
import type { CauseJson } from '../../db/schema.js'
import { type AwardChange, type AwardRow, latestAwards } from '../awards/awards.js'
import type { StoredLearner } from '../learners/learners.js'
import type { ActiveRules, ActiveTemplate } from '../templates/templates.js'
import { type LearnerMark, readMarks } from './mark-repository.js'

/** Progress of this pair may have changed; `instance` is `*` for a template without repetition. */
export type Touched = {
  readonly learner: StoredLearner
  readonly template: ActiveTemplate
  readonly instance: string
}

/** Recomputes progress of what was touched and says what must change. The learners must be locked. */
export async function decide(
  tx: Tx,
  touched: readonly Touched[],
  now: Date,
): Promise<readonly AwardChange[]> {
  const standing = await standingOf(tx, touched)
  return judge(touched, standing, now).flatMap(({ change }) => change ?? [])
}

export type KnownAward = Pick<
  AwardRow,
  | 'id'
  | 'learner_id'
  | 'template_id'
  | 'instance'
  | 'status'
  | 'source'
  | 'awarded_at'
  | 'revoked_at'
  | 'revoked_by'
  | 'cause'
>

/** What is stored about learners and templates: all that a decision rests on. */
export type Standing = {
  readonly marks: readonly LearnerMark[]
  readonly awards: readonly KnownAward[]
}

export async function standingOf(db: Db, touched: readonly Touched[]): Promise<Standing> {
  if (touched.length === 0) return { marks: [], awards: [] }
  const pairs = distinctPairs(touched)
  const marks = await readMarks(db, pairs.flatMap(requirementPairs))
  const awards = await latestAwards(
    db,
    pairs.map((p) => ({ learnerId: p.learner.id, templateId: p.template.row.id })),
  )
  return { marks, awards }
}

/** One learner towards one template, and what the rules do to the award now. */
export type Judged = {
  readonly learner: StoredLearner
  readonly template: ActiveTemplate
  readonly progress: Progress
  readonly award: KnownAward | undefined
  readonly change: AwardChange | null
}

/** Decides about what was touched by what is known, and stores nothing. */
export function judge(
  touched: readonly Touched[],
  { marks, awards }: Standing,
  now: Date,
): readonly Judged[] {
  const marksOf = groupBy(marks, (m) => `${m.learnerId} ${m.requirementId}`)
  const awardOf = new Map(awards.map((a) => [`${a.learner_id} ${a.template_id} ${a.instance}`, a]))
  return distinctPairs(touched).flatMap((pair) => {
    const { learner, template } = pair
    const own = template.requirementIds.flatMap((id) => marksOf.get(`${learner.id} ${id}`) ?? [])
    return instancesOf(pair, own).map((instance) => {
      const award = awardOf.get(`${learner.id} ${template.row.id} ${instance}`)
      const progress = progressOf(template.rules, own, instance)
      const change = decideOne({ learner, template, progress, award, now })
      return { learner, template, progress, award, change }
    })
  })
}

type Pair = Omit<Touched, 'instance'> & { readonly instances: ReadonlySet<string> }

type Case = {
  readonly learner: StoredLearner
  readonly template: ActiveTemplate
  readonly progress: Progress
  readonly award: KnownAward | undefined
  readonly now: Date
}

function decideOne({ learner, template, progress, award, now }: Case): AwardChange | null {
  // What a person took back stays taken back until a person gives it again.
  if (award?.status === 'revoked' && award.revoked_by === 'hand') return null
  const decision = decideAward({ template: template.rules, progress, award: stateOf(award) })
  if (decision === null) return null
  const { row } = template
  const at = decision.at === null ? now.toISOString() : notAfter(now, decision.at)
  if (decision.change === 'grant') {
    const expiresAt = expiryOf(at, row.expires_after_days)
    const { instance } = progress
    const cause = grantCause(progress, template)
    const ids = { id: randomUUID(), templateId: row.id, learnerId: learner.id }
    const granted = { ...ids, instance, source: 'rules', awardedAt: at, expiresAt, cause } as const
    return { change: 'grant', learner, template: row, award: granted }
  }
  if (award === undefined) return null
  const cause = revocationCause(progress, template)
  const revocation = { id: award.id, by: 'rules', revokedAt: at, reason: null, cause } as const
  return { change: 'revoke', learner, template: row, revocation }
}

function stateOf(award: KnownAward | undefined): AwardState {
  if (award === undefined) return { status: 'none' }
  const { status, source, awarded_at, revoked_at } = award
  const time = parseEventTime(revoked_at ?? awarded_at)
  // The award's own id stands for the event of the last change: it only has to be the same each time.
  return { status, source, at: time === null ? null : { time, eventId: award.id } }
}

function grantCause(progress: Progress, template: ActiveTemplate): CauseJson {
  return {
    fulfillments: progress.fulfillments.map((f) => ({
      requirement: template.refOf.get(f.requirementId) ?? f.requirementId,
      group: f.group,
      since: formatEventTime(f.since.time),
      events: f.eventIds,
    })),
  }
}

function revocationCause(progress: Progress, template: ActiveTemplate): CauseJson {
  return {
    lost: progress.lost.map((l) => ({
      requirement: template.refOf.get(l.requirementId) ?? l.requirementId,
      event: l.resetAt.eventId,
    })),
  }
}

// The learner earned it when the event happened; a clock that runs ahead elsewhere cannot make a
// badge that is not valid yet.
function notAfter(now: Date, { time }: Moment): string {
  return formatEventTime(Math.min(time, now.getTime() * 1000))
}

function expiryOf(awardedAt: string, days: number | null): string | null {
  if (days === null) return null
  const until = new Date(awardedAt)
  until.setUTCDate(until.getUTCDate() + days)
  return until.toISOString()
}

function instancesOf({ template, instances }: Pair, marks: readonly LearnerMark[]): string[] {
  // Others than `*` are awards from before the badge stopped to repeat.
  if (template.rules.repeat === null) return [...new Set([EVERY, ...instances])]
  // A penalty on all instances touches each that has a mark.
  const all = instances.has(EVERY) ? [...instances, ...marks.map((m) => m.instance)] : instances
  return [...new Set(all)].filter((instance) => instance !== EVERY)
}

function distinctPairs(touched: readonly Touched[]): Pair[] {
  const pairs = new Map<string, { touched: Touched; instances: Set<string> }>()
  for (const one of touched) {
    const address = `${one.learner.id} ${one.template.row.id}`
    const pair = pairs.get(address)
    if (pair === undefined) pairs.set(address, { touched: one, instances: new Set([one.instance]) })
    else pair.instances.add(one.instance)
  }
  return [...pairs.values()].map(({ touched: { learner, template }, instances }) => ({
    learner,
    template,
    instances,
  }))
}

function requirementPairs({ learner, template }: Pair) {
  return template.requirementIds.map((requirementId) => ({ learnerId: learner.id, requirementId }))
}

function groupBy<T>(values: readonly T[], addressOf: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const value of values) {
    const address = addressOf(value)
    const group = groups.get(address)
    if (group === undefined) groups.set(address, [value])
    else group.push(value)
  }
  return groups
}

export type Matched = { readonly learner: StoredLearner; readonly change: MarkChange }

/** The pairs that changed marks concern, by what the store says has changed. */
export function touchedBy(
  rules: ActiveRules,
  matched: readonly Matched[],
  changed: readonly { learnerId: number; requirementId: string; instance: string }[],
): readonly Touched[] {
  const byAddress = new Map(
    matched.map((m) => [`${m.learner.id} ${m.change.requirementId}`, m] as const),
  )
  return changed.flatMap(({ learnerId, requirementId, instance }) => {
    const found = byAddress.get(`${learnerId} ${requirementId}`)
    const template = found === undefined ? undefined : rules.template(found.change.templateId)
    return found === undefined || template === undefined
      ? []
      : [{ learner: found.learner, template, instance }]
  })
}

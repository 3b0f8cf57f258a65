import {
  createRuleIndex,
  EVERY,
  formatEventTime,
  type LearningEvent,
  type MarkChange,
  mergeMarks,
  parseEventTime,
  type RuleIndex,
} from '@rosette/engine'
import { fieldTypeOf, payloadOf, signalOf } from '@rosette/openedx-events'
import { sql } from 'kysely'
import { type Db, inTransaction } from '../../db/database.js'
import { toAwardEvent } from '../awards/awards.js'
import type { StoredLearner } from '../learners/learners.js'
import type { ActiveTemplate } from '../templates/templates.js'
import {
  awardsOf,
  type Concern,
  concernedIn,
  concernedWithoutLms,
  eventsIn,
  nextRange,
  type PastAward,
  type PastRow,
} from './past-repository.js'

/** Where a backfill is: learners in the order of their LMS user ids, then those without one. */
export type Place = { readonly phase: 'log' | 'others'; readonly position: number }

export const beginning: Place = { phase: 'log', position: Number.MIN_SAFE_INTEGER }

/** Events and learners of one slice: what is held in memory, and locked, at one time. */
export type SliceSize = { readonly events: number; readonly learners: number }

/** The rules of one template, ready to be applied to the past. */
export type PastRules = {
  readonly template: ActiveTemplate
  readonly index: RuleIndex
  readonly types: readonly string[]
  readonly concern: Concern
  readonly imageUrlOf: (templateId: string) => string
}

/** What the past of some learners says, whole for each of them. */
export type Slice = {
  readonly next: Place | null
  /** Events gone through, those of the types concerned, and those that matched. */
  readonly passed: number
  readonly read: number
  readonly matched: number
  readonly from: string | null
  readonly until: string | null
  /** Learners with any event of these types, by LMS user id, and what their events change. */
  readonly past: ReadonlyMap<number, readonly MarkChange[]>
  /** Learners whose marks or awards concern the template, whether or not the log knows them. */
  readonly concerned: readonly StoredLearner[]
}

const badgeEvent = /^org\.openedx\.learning\.badge\.(awarded|revoked)\.v1$/

export function toPastRules(
  template: ActiveTemplate,
  imageUrlOf: (templateId: string) => string,
): PastRules {
  const { rules, row, requirementIds } = template
  const types = [...new Set([...rules.requirements, ...rules.penalties].map((r) => r.eventType))]
  const seesAwards = types.some((type) => badgeEvent.test(type))
  return {
    template,
    index: createRuleIndex([rules], fieldTypeOf),
    types,
    concern: { templateId: row.id, requirementIds, seesAwards },
    imageUrlOf,
  }
}

/** Reads the next learners' past without locking anything. */
export async function readSlice(
  db: Db,
  rules: PastRules,
  { place, size }: { readonly place: Place; readonly size: SliceSize },
): Promise<Slice> {
  return await inTransaction(db, async (tx) => {
    // Left to statistics, which may be missing or old, each slice might read the whole log.
    await sql`select set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),
      set_config('enable_mergejoin', 'off', true)`.execute(tx)
    return place.phase === 'log'
      ? await readFromLog(tx, rules, { place, size })
      : await readOthers(tx, rules, { place, size })
  })
}

async function readFromLog(
  db: Db,
  rules: PastRules,
  { place, size }: { readonly place: Place; readonly size: SliceSize },
): Promise<Slice> {
  const range = await nextRange(db, place.position, size)
  const gathered = createGathered(rules.index)
  for await (const rows of eventsIn(db, range, { types: rules.types, page: size.events })) {
    for (const row of rows) gathered.add(row)
  }
  const { until, passed } = range
  const next: Place =
    until === null
      ? { phase: 'others', position: Number.MIN_SAFE_INTEGER }
      : { phase: 'log', position: until }
  return {
    next,
    passed,
    ...gathered.result(),
    concerned: await concernedIn(db, range, rules.concern),
  }
}

async function readOthers(
  db: Db,
  rules: PastRules,
  { place, size }: { readonly place: Place; readonly size: SliceSize },
): Promise<Slice> {
  const page = { after: place.position, most: size.learners }
  const concerned = await concernedWithoutLms(db, page, rules.concern)
  const last = concerned.at(-1)
  const isLast = last === undefined || concerned.length < size.learners
  const next: Place | null = isLast ? null : { phase: 'others', position: last.id }
  return { next, passed: 0, ...createGathered(rules.index).result(), concerned }
}

function createGathered(index: RuleIndex) {
  const past = new Map<number, Map<string, MarkChange>>()
  const counts = { read: 0, matched: 0 }
  let from = Number.POSITIVE_INFINITY
  let until = Number.NEGATIVE_INFINITY

  function add(row: PastRow): void {
    const own = past.get(row.lms_user_id) ?? new Map<string, MarkChange>()
    past.set(row.lms_user_id, own)
    counts.read += 1
    const event = toLearningEvent(row)
    if (event === null) return
    from = Math.min(from, event.time)
    until = Math.max(until, event.time)
    const changes = index.match(event)
    if (changes.length > 0) counts.matched += 1
    for (const change of changes) mergeInto(own, change)
  }

  return {
    add,
    result: () => ({
      ...counts,
      from: from > until ? null : formatEventTime(from),
      until: from > until ? null : formatEventTime(until),
      past: new Map([...past].map(([id, changes]) => [id, [...changes.values()]])),
    }),
  }
}

// Merged at once: a learner with a million events needs no more memory than one with a few.
function mergeInto(own: Map<string, MarkChange>, change: MarkChange): void {
  const address = `${change.requirementId} ${change.instance}\u0000${change.key}`
  const known = own.get(address)
  const mark = known === undefined ? change.mark : mergeMarks(known.mark, change.mark)
  own.set(address, { ...change, mark })
}

/** An event of the log as rules read it; null when its type is no longer known. */
export function toLearningEvent(row: Omit<PastRow, 'lms_user_id'>): LearningEvent | null {
  const signal = signalOf(row.event_type)
  if (signal === undefined) return null
  const time = parseEventTime(row.occurred_at) ?? 0
  return { id: row.id, type: row.event_type, time, payload: payloadOf(signal, row.data) }
}

/**
 * What the awards of learners say to rules that look at badges. The log holds them as events too, but
 * not those of learners without an LMS user id, nor those that are past their retention.
 */
export async function awardsAsEvents(
  db: Db,
  { index, concern, imageUrlOf }: Pick<PastRules, 'index' | 'concern' | 'imageUrlOf'>,
  learners: readonly StoredLearner[],
) {
  if (!concern.seesAwards) return []
  const events = await eventsOfAwards(db, learners, imageUrlOf)
  return events.flatMap(({ learner, event }) =>
    index.match(event).map((change) => ({ learner, change })),
  )
}

/** The signals of all awards and revocations of the learners. */
export async function eventsOfAwards(
  db: Db,
  learners: readonly StoredLearner[],
  imageUrlOf: (templateId: string) => string,
) {
  const byId = new Map(learners.map((learner) => [learner.id, learner]))
  const awards = await awardsOf(db, [...byId.keys()])
  return awards.flatMap((award) => {
    const learner = byId.get(award.learner_id)
    return learner === undefined ? [] : eventsOf(award, learner, imageUrlOf)
  })
}

function eventsOf(
  award: PastAward,
  learner: StoredLearner,
  imageUrlOf: (templateId: string) => string,
) {
  const { template_id: id, name, description, origin } = award
  const told = {
    awardId: award.id,
    learner,
    template: { id, name, description, origin },
    imageUrl: imageUrlOf(id),
  }
  const granted = toAwardEvent({ ...told, change: 'awarded', time: award.awarded_at })
  if (award.revoked_at === null) return [granted]
  return [granted, toAwardEvent({ ...told, change: 'revoked', time: award.revoked_at })]
}

/** The instance as people see it. */
export function plainInstance(instance: string): string | null {
  return instance === EVERY ? null : instance.slice(1)
}

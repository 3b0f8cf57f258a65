import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { plainArray } from '../../db/arrays.js'
import type { Db, Tx } from '../../db/database.js'
import { type StoredRow, storedColumns, toStoredLearner } from '../learners/learners.js'
import type { TemplateRow } from '../templates/templates.js'

/** LMS user ids after `after`, up to and with `until`; null is the end. */
export type Range = { readonly after: number; readonly until: number | null }

export type NextRange = Range & {
  /** Events in it, of any type. */
  readonly passed: number
  readonly isOneLearner: boolean
}

type Edge = {
  readonly count: number
  readonly first: number | null
  readonly last: number | null
  readonly known: number
  readonly last_known: number | null
}

/**
 * The next learners whose events are few enough for one slice, found in the index by learner. One
 * learner with more events than that is a slice of their own.
 */
export async function nextRange(
  db: Db,
  after: number,
  most: { readonly events: number; readonly learners: number },
): Promise<NextRange> {
  const { rows } = await sql<Edge>`
    with ids as (select lms_user_id as id from event_log where lms_user_id > ${after}::bigint
        order by lms_user_id limit ${most.events}),
      known as (select lms_user_id as id from learner where lms_user_id > ${after}::bigint
        order by lms_user_id limit ${most.learners})
    select (select count(*) from ids) as count, (select min(id) from ids) as first,
      (select max(id) from ids) as last, (select count(*) from known) as known,
      (select max(id) from known) as last_known`.execute(db)
  const [edge] = rows
  const until = edge === undefined ? null : endOf(edge, most)
  const isOneLearner = edge !== undefined && edge.count >= most.events && edge.first === edge.last
  return { after, until, passed: await countEvents(db, { after, until }), isOneLearner }
}

function endOf(edge: Edge, most: { readonly events: number; readonly learners: number }) {
  const ends: number[] = []
  if (edge.count >= most.events && edge.last !== null) {
    // The last one may be cut off, unless there is no other.
    ends.push(edge.first === edge.last ? edge.last : edge.last - 1)
  }
  if (edge.known >= most.learners && edge.last_known !== null) ends.push(edge.last_known)
  return ends.length === 0 ? null : Math.min(...ends)
}

async function countEvents(db: Db, range: Range): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) from event_log where ${inRange(range)}`.execute(db)
  return rows[0]?.count ?? 0
}

function inRange({ after, until }: Range) {
  const end = until === null ? sql`` : sql`and lms_user_id <= ${until}::bigint`
  return sql<SqlBool>`lms_user_id > ${after}::bigint ${end}`
}

export type PastRow = {
  readonly id: string
  readonly occurred_at: string
  readonly event_type: string
  readonly lms_user_id: number
  readonly data: Record<string, unknown>
}

/**
 * The events of these learners of these types, in no order, which marks do not need. Those of one
 * learner with very many come in pages.
 */
export async function* eventsIn(
  db: Db,
  range: NextRange,
  { types, page }: { readonly types: readonly string[]; readonly page: number },
): AsyncGenerator<readonly PastRow[]> {
  if (!range.isOneLearner) {
    yield await selectEvents(db, range, { types, more: sql`` })
    return
  }
  let rows = await selectEvents(db, range, { types, more: inOrder(page) })
  yield rows
  for (let last = rows.at(-1); rows.length === page && last !== undefined; last = rows.at(-1)) {
    // The first comparison is the one that the index can begin at.
    const place = sql`and (lms_user_id, occurred_at)
        >= (${last.lms_user_id}::bigint, ${last.occurred_at}::timestamptz)
      and (occurred_at, id) > (${last.occurred_at}::timestamptz, ${last.id}::uuid)`
    rows = await selectEvents(db, range, { types, more: sql`${place} ${inOrder(page)}` })
    yield rows
  }
}

function inOrder(page: number) {
  return sql`order by lms_user_id, occurred_at, id limit ${page}`
}

async function selectEvents(
  db: Db,
  range: Range,
  { types, more }: { readonly types: readonly string[]; readonly more: RawBuilder<unknown> },
): Promise<readonly PastRow[]> {
  const { rows } = await sql<PastRow>`
    select id, occurred_at, event_type, lms_user_id, data from event_log
    where ${inRange(range)} and event_type = any(${[...types]}::text[]) ${more}`.execute(db)
  return rows
}

/** What makes a learner a matter for a template, beside events in the log. */
export type Concern = {
  readonly templateId: string
  readonly requirementIds: readonly number[]
  /** Whether the rules look at awards of any badge. */
  readonly seesAwards: boolean
}

/** Learners of the range who have marks or awards that concern the template. */
export async function concernedIn(db: Db, range: Range, concern: Concern) {
  const { rows } = await sql<StoredRow>`
    select ${storedColumns} from learner l ${whyConcerned(concern)}
    where ${inRange(range)} and ${isConcerned}`.execute(db)
  return rows.map(toStoredLearner)
}

/** The same for those whom the LMS does not know, after a place in the order of their own ids. */
export async function concernedWithoutLms(
  db: Db,
  { after, most }: { readonly after: number; readonly most: number },
  concern: Concern,
) {
  const { rows } = await sql<StoredRow>`
    select ${storedColumns} from learner l ${whyConcerned(concern)}
    where lms_user_id is null and id > ${after}::bigint and ${isConcerned}
    order by id limit ${most}`.execute(db)
  return rows.map(toStoredLearner)
}

// Looked up for each learner, by the learner: the planner would otherwise gather the marks of everybody,
// or all awards of the template, for each slice.
function whyConcerned({ templateId, requirementIds, seesAwards }: Concern) {
  const award = seesAwards ? sql`true` : sql`a.template_id is not distinct from ${templateId}::uuid`
  return sql`
    left join lateral (
      select true as has from award a where a.learner_id = l.id and ${award} limit 1
    ) as award_of on true
    left join lateral (
      select true as has from mark m where m.learner_id = l.id
        and m.requirement_id = any(${plainArray(requirementIds)}::bigint[]) limit 1
    ) as mark_of on true`
}

const isConcerned = sql<SqlBool>`l.erased_at is null and (award_of.has or mark_of.has)`

/** The newest events that the log has of each learner: the first that names them says who they are. */
export async function newestEventsOf(db: Tx | Db, lmsUserIds: readonly number[]) {
  const { rows } = await sql<Pick<PastRow, 'lms_user_id' | 'event_type' | 'data'>>`
    select u.id as lms_user_id, e.event_type, e.data
    from unnest(${plainArray(lmsUserIds)}::bigint[]) as u (id)
    cross join lateral (
      select event_type, data, occurred_at from event_log where lms_user_id = u.id
      order by occurred_at desc, id desc limit 3
    ) e order by u.id, e.occurred_at desc`.execute(db)
  return rows
}

export type PastAward = {
  readonly id: string
  readonly learner_id: number
  readonly awarded_at: string
  readonly revoked_at: string | null
  readonly template_id: string
  readonly name: string
  readonly description: string
  readonly origin: TemplateRow['origin']
}

/** All awards that the learners ever had, of every badge. */
export async function awardsOf(
  db: Db,
  learnerIds: readonly number[],
): Promise<readonly PastAward[]> {
  if (learnerIds.length === 0) return []
  const { rows } = await sql<PastAward>`
    select a.id, a.learner_id, a.awarded_at, a.revoked_at, t.id as template_id, t.name, t.description,
      coalesce(p.provider, 'openedx') as origin
    from unnest(${plainArray(learnerIds)}::bigint[]) as l (id)
    join award a on a.learner_id = l.id
    join badge_template t on t.id = a.template_id
    left join provider_template pt on pt.id = t.provider_template_id
    left join provider_account p on p.id = pt.account_id`.execute(db)
  return rows
}

/** Since when the log holds events, and about how many. */
export async function extentOfLog(db: Db) {
  const { rows } = await sql<{ begins_at: string | null; total: number }>`
    select (select occurred_at from event_log order by occurred_at limit 1) as begins_at,
      (select coalesce(sum(case when c.reltuples >= 0 then c.reltuples
          -- Never analysed: about so many bytes make an event.
          else pg_relation_size(c.oid) / 500 end), 0)::bigint
        from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = 'event_log'::regclass) as total`.execute(db)
  return { beginsAt: rows[0]?.begins_at ?? null, total: rows[0]?.total ?? 0 }
}

import type { EventDetail, EventPage, LoggedEvent } from '@rosette/contract'
import { EVERY } from '@rosette/engine'
import { type Selectable, type SelectQueryBuilder, type SqlBool, sql } from 'kysely'
import type { Db } from '../../db/database.js'
import { type Reach, within } from '../../db/reach.js'
import type { Schema } from '../../db/schema.js'
import { AppError } from '../../http/app-error.js'
import { cursorAt, readCursor, toPage } from '../../http/paging.js'

type Row = Selectable<Schema['event_log']>
type Page = { readonly limit: number; readonly cursor?: string | undefined }
type Asked = Page & {
  readonly type?: string | undefined
  readonly username?: string | undefined
  readonly lmsUserId?: number | undefined
  readonly from?: string | undefined
  readonly until?: string | undefined
  readonly search?: string | undefined
}

/** The event log for screens: the latest first, without what tells of badges out of reach. */
export async function listEvents(db: Db, asked: Asked, reach: Reach): Promise<EventPage> {
  const after = readCursor(asked.cursor, ['instant', 'uuid'])
  let query = db
    .selectFrom('event_log')
    .selectAll()
    .orderBy('occurred_at', 'desc')
    .orderBy('id', 'desc')
    .limit(asked.limit + 1)
  if (reach !== 'everywhere') query = query.where(sql<SqlBool>`not ${tellsOfForeignBadge(reach)}`)
  if (after !== undefined) {
    query = query.where(
      sql<SqlBool>`(occurred_at, id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`,
    )
  }
  if (asked.type !== undefined) query = query.where('event_type', '=', asked.type)
  if (asked.lmsUserId !== undefined) query = query.where('lms_user_id', '=', asked.lmsUserId)
  if (asked.from !== undefined) query = query.where('occurred_at', '>=', asked.from)
  if (asked.until !== undefined) query = query.where('occurred_at', '<', asked.until)
  if (asked.username !== undefined) {
    // Asked beforehand: for one learner the log is then read in its order, and no further than needed.
    const ids = await lmsUserIds(db, asked.username)
    if (ids.length === 0) return { items: [], next: null }
    query = query.where('lms_user_id', 'in', ids)
  }
  if (asked.search) return await searchedEvents(db, query, { ...asked, search: asked.search })
  const found = await query.execute()
  const { rows, next } = toPage(found, asked.limit, placeOf)
  return { items: rows.map(toView), next }
}

/** How many events one page of a search looks into: what they say has no order of its own. */
const lookedInto = 5000

type Asking = SelectQueryBuilder<Schema, 'event_log', Row>

/** A page may be short or empty and still have a next one: it ends where the search has come to. */
async function searchedEvents(
  db: Db,
  asking: Asking,
  { search, limit }: { readonly search: string; readonly limit: number },
): Promise<EventPage> {
  const some = () => db.selectFrom(asking.limit(lookedInto).as('e')).selectAll()
  const found = await some()
    .where(sql<SqlBool>`strpos(lower(data::text), lower(${search})) > 0`)
    .orderBy('occurred_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  if (found.length > limit) {
    const { rows, next } = toPage(found, limit, placeOf)
    return { items: rows.map(toView), next }
  }
  const scanned = some().orderBy('occurred_at', 'desc').orderBy('id', 'desc')
  const [end] = await scanned
    .offset(lookedInto - 1)
    .limit(1)
    .execute()
  return { items: found.map(toView), next: end === undefined ? null : cursorAt(placeOf(end)) }
}

function placeOf(row: Row) {
  return [row.occurred_at, row.id] as const
}

/** The events of one learner; who is unknown to the LMS has none. */
export async function listEventsOfLearner(
  db: Db,
  { lmsUserId, ...page }: Page & { readonly lmsUserId: number | null },
  reach: Reach,
): Promise<EventPage> {
  return lmsUserId === null
    ? { items: [], next: null }
    : await listEvents(db, { ...page, lmsUserId }, reach)
}

/** Events of a learner by their ids, found by the learner: the log has no order by id. */
export async function eventsOf(
  db: Db,
  { learnerId, ids }: { readonly learnerId: number; readonly ids: readonly string[] },
): Promise<LoggedEvent[]> {
  if (ids.length === 0) return []
  const learners = db.selectFrom('learner').select('lms_user_id').where('id', '=', learnerId)
  const { lms_user_id: lmsUserId } = await learners.executeTakeFirstOrThrow()
  const rows = await db
    .selectFrom('event_log')
    .selectAll()
    .where('lms_user_id', lmsUserId === null ? 'is' : '=', lmsUserId)
    .where('id', 'in', [...ids])
    .orderBy('occurred_at')
    .orderBy('id')
    .execute()
  return rows.map(toView)
}

/**
 * One event and what it did within reach. Without its time the whole log is searched. One that tells of a
 * badge out of reach is there for those only for whose badges it counted.
 */
export async function getEvent(
  db: Db,
  { id, time }: { readonly id: string; readonly time: string | undefined },
  reach: Reach,
): Promise<EventDetail> {
  let query = db
    .selectFrom('event_log')
    .selectAll()
    .select(tellsOfForeignBadge(reach).as('isForeign'))
    .where('id', '=', id)
  if (time !== undefined) query = query.where('occurred_at', '=', time)
  const row = await query.orderBy('occurred_at').limit(1).executeTakeFirst()
  if (row === undefined) throw eventNotFound(id)
  const learner = await learnerBehind(db, row.lms_user_id)
  const behind = learner === undefined ? undefined : { ...learner, eventId: id }
  const [marks, awards] =
    behind === undefined
      ? [[], []]
      : await Promise.all([marksBy(db, behind, reach), awardsBy(db, behind, reach)])
  if (row.isForeign && marks.length + awards.length === 0) throw eventNotFound(id)
  if (learner === undefined) return { ...toView(row), learner: null, marks, awards }
  const { learnerId: _, ...named } = learner
  return { ...toView(row), learner: named, marks, awards }
}

/** Whether an event is about a badge of an organization of this site that is out of reach. */
export function tellsOfForeignBadge(reach: Reach) {
  return sql<boolean>`(event_type like 'org.openedx.learning.badge.%' and exists (
    select from badge_template t where t.id::text = event_log.data #>> '{badge,template,uuid}'
      and not ${within(reach, 't.organization_id')}))`
}

function eventNotFound(id: string): AppError {
  return new AppError('event-not-found', `There is no event ${id}.`)
}

function toView(row: Row): LoggedEvent {
  return {
    id: row.id,
    type: row.event_type,
    time: row.occurred_at,
    source: row.source,
    lmsUserId: row.lms_user_id,
    receivedAt: row.received_at,
    data: row.data,
  }
}

async function lmsUserIds(db: Db, username: string): Promise<readonly number[]> {
  const rows = await db
    .selectFrom('learner')
    .select('lms_user_id')
    .where(sql<SqlBool>`lower(username) = ${username.toLowerCase()}`)
    .execute()
  return rows.flatMap((row) => row.lms_user_id ?? [])
}

async function learnerBehind(db: Db, lmsUserId: number | null) {
  if (lmsUserId === null) return undefined
  return await db
    .selectFrom('learner')
    .select(['id as learnerId', 'public_id as id', 'username', 'name'])
    .where('lms_user_id', '=', lmsUserId)
    .executeTakeFirst()
}

type Behind = { readonly learnerId: number; readonly eventId: string }

async function marksBy(db: Db, { learnerId, eventId }: Behind, reach: Reach) {
  const rows = await db
    .selectFrom('mark')
    .innerJoin('requirement', 'requirement.id', 'mark.requirement_id')
    .innerJoin('badge_template', 'badge_template.id', 'requirement.template_id')
    .select(['badge_template.id', 'badge_template.name', 'requirement.ref', 'mark.instance'])
    .select(['first_event', 'last_event', 'reset_event'])
    .where('mark.learner_id', '=', learnerId)
    .where(within(reach, 'badge_template.organization_id'))
    .where((eb) =>
      eb.or([
        eb('first_event', '=', eventId),
        eb('last_event', '=', eventId),
        eb('reset_event', '=', eventId),
      ]),
    )
    .orderBy('badge_template.name')
    .orderBy('requirement.position')
    .execute()
  const sides = [
    ['first', 'first_event'],
    ['last', 'last_event'],
    ['reset', 'reset_event'],
  ] as const
  return rows.map((row) => ({
    template: { id: row.id, name: row.name },
    requirement: row.ref,
    instance: row.instance === EVERY ? null : row.instance.slice(1),
    as: sides.flatMap(([side, column]) => (row[column] === eventId ? [side] : [])),
  }))
}

async function awardsBy(db: Db, { learnerId, eventId }: Behind, reach: Reach) {
  const { rows } = await sql<{
    id: string
    template_id: string
    name: string
    status: 'awarded' | 'revoked'
    granted: boolean
    revoked: boolean
  }>`
    select a.id, a.template_id, t.name, a.status,
      a.cause @> ${granting(eventId)}::jsonb as granted,
      coalesce(a.revocation_cause @> ${losing(eventId)}::jsonb, false) as revoked
    from award a join badge_template t on t.id = a.template_id
    where a.learner_id = ${learnerId} and ${within(reach, 't.organization_id')} and (a.cause @> ${granting(eventId)}::jsonb
      or a.revocation_cause @> ${losing(eventId)}::jsonb)
    order by a.number`.execute(db)
  return rows.flatMap(({ id, template_id, name, status, granted, revoked }) => {
    const award = { id, template: { id: template_id, name }, status }
    return [
      ...(granted ? [{ ...award, role: 'granted' as const }] : []),
      ...(revoked ? [{ ...award, role: 'revoked' as const }] : []),
    ]
  })
}

function granting(eventId: string): string {
  return JSON.stringify({ fulfillments: [{ events: [eventId] }] })
}

function losing(eventId: string): string {
  return JSON.stringify({ lost: [{ event: eventId }] })
}

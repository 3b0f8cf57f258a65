import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Db, Tx } from '../../db/database.js'
import type { Reach } from '../../db/reach.js'
import { tellsOfForeignBadge } from '../events/events.js'

export type RecentRow = {
  readonly id: string
  readonly occurred_at: string
  readonly event_type: string
  readonly lms_user_id: number
  readonly data: Record<string, unknown>
}

/** A place in the log; events before it are older. */
export type Place = { readonly occurred_at: string; readonly id: string }

/** Plans by index only, and no statement that goes on for long: somebody waits for the answer. */
export async function readQuickly(tx: Tx): Promise<void> {
  await sql`select set_config('enable_seqscan', 'off', true), set_config('statement_timeout', '5000', true)`.execute(
    tx,
  )
}

/** The place so many events back, or undefined when the log begins before. */
export async function placeBefore(
  db: Db,
  { place, since, step }: { place: Place | undefined; since: string | undefined; step: number },
): Promise<Place | undefined> {
  const { rows } = await sql<Place>`
    select occurred_at, id from event_log where ${olderThan(place)} and ${notBefore(since)}
    order by occurred_at desc, id desc offset ${step - 1} limit 1`.execute(db)
  return rows[0]
}

/** Events of these types before one place, back to another or to the beginning. */
export async function eventsBetween(
  db: Db,
  { before, from }: { readonly before: Place | undefined; readonly from: Place | undefined },
  { types, since }: { readonly types: readonly string[]; readonly since: string | undefined },
): Promise<readonly RecentRow[]> {
  const end =
    from === undefined
      ? sql`true`
      : sql`occurred_at >= ${from.occurred_at}::timestamptz
          and (occurred_at, id) >= (${from.occurred_at}::timestamptz, ${from.id}::uuid)`
  const { rows } = await sql<RecentRow>`
    select id, occurred_at, event_type, lms_user_id, data from event_log
    where ${olderThan(before)} and ${end} and ${notBefore(since)} and lms_user_id is not null
      and event_type = any(${[...types]}::text[])`.execute(db)
  return rows
}

function olderThan(place: Place | undefined): RawBuilder<SqlBool> {
  if (place === undefined) return sql`true`
  // The first comparison is the one by which partitions are left out.
  return sql`occurred_at <= ${place.occurred_at}::timestamptz
    and (occurred_at, id) < (${place.occurred_at}::timestamptz, ${place.id}::uuid)`
}

function notBefore(since: string | undefined): RawBuilder<SqlBool> {
  return since === undefined ? sql`true` : sql`occurred_at >= ${since}::timestamptz`
}

/** The latest events of one learner. */
export async function eventsOfLearner(
  db: Db,
  lmsUserId: number,
  { types, most }: { readonly types: readonly string[]; readonly most: number },
): Promise<readonly RecentRow[]> {
  const { rows } = await sql<RecentRow>`
    select id, occurred_at, event_type, lms_user_id, data from event_log
    where lms_user_id = ${lmsUserId}::bigint and event_type = any(${[...types]}::text[])
    order by occurred_at desc, id desc limit ${most}`.execute(db)
  return rows
}

export type ValueRow = {
  readonly value: string
  readonly label: string | null
  readonly events: number
}

type ValuesWanted = {
  readonly eventType: string
  /** From the root of the stored data. */
  readonly path: readonly string[]
  readonly labelPath: readonly string[] | undefined
  /** A pattern of LIKE. */
  readonly pattern: string | undefined
  readonly limit: number
  readonly reach: Reach
}

/** Values at a path among the latest `scanned` events of the log, the most frequent first. */
export async function valuesAmong(
  db: Db,
  scanned: number,
  { eventType, path, labelPath, pattern, limit, reach }: ValuesWanted,
): Promise<readonly ValueRow[]> {
  const label = labelPath === undefined ? sql`null` : sql`data #>> ${[...labelPath]}::text[]`
  const wanted =
    pattern === undefined ? sql`true` : sql`value ilike ${pattern} or label ilike ${pattern}`
  const { rows } = await sql<ValueRow>`
    with latest as (
      select event_type, data from event_log order by occurred_at desc, id desc limit ${scanned}
    ), seen as (
      select data #>> ${[...path]}::text[] as value, ${label} as label
      from latest event_log where event_type = ${eventType} and not ${tellsOfForeignBadge(reach)}
    )
    select value, max(nullif(label, '')) as label, count(*) as events from seen
    where value is not null and (${wanted})
    group by value order by events desc, value limit ${limit}`.execute(db)
  return rows
}

/** When the latest `scanned` events begin; undefined when the log holds fewer. */
export async function timeAmong(db: Db, scanned: number): Promise<string | undefined> {
  const place = await placeBefore(db, { place: undefined, since: undefined, step: scanned })
  return place?.occurred_at
}

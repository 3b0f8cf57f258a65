import { type EventTime, parseEventTime } from '@rosette/engine'
import { sql } from 'kysely'
import { jsonTexts, plainArray } from '../../db/arrays.js'
import type { Tx } from '../../db/database.js'
import type { ReceivedEvent } from './decode.js'

export type LoggedEvent = {
  readonly id: string
  readonly type: string
  readonly time: string
  readonly source: string
  readonly lmsUserId: number | null
  readonly data: Record<string, unknown>
}

/** Appends to the event log; what is there already is left as it is. */
export async function insertEvents(tx: Tx, events: readonly LoggedEvent[]): Promise<void> {
  if (events.length === 0) return
  // Types and sources repeat: they travel once, each row names them by their place.
  const types = numbered(events.map((e) => e.type))
  const sources = numbered(events.map((e) => e.source))
  await sql`
    insert into event_log (occurred_at, id, event_type, source, lms_user_id, data)
    select e.occurred_at, e.id, (${types.values}::text[])[e.type], (${sources.values}::text[])[e.source],
           e.lms_user_id, e.data::json
    from unnest(
      ${plainArray(events.map((e) => e.time))}::timestamptz[],
      ${plainArray(events.map((e) => e.id))}::uuid[],
      ${plainArray(types.places)}::int[],
      ${plainArray(sources.places)}::int[],
      ${plainArray(events.map((e) => e.lmsUserId))}::bigint[],
      string_to_array(${jsonTexts(events.map((e) => e.data))}, e'\\x1e')
    ) as e (occurred_at, id, type, source, lms_user_id, data)
    on conflict do nothing`.execute(tx)
}

function numbered(values: readonly string[]) {
  const places = new Map<string, number>()
  for (const value of values) if (!places.has(value)) places.set(value, places.size + 1)
  return { values: [...places.keys()], places: values.map((value) => places.get(value) ?? 0) }
}

/** The newest event time known of each learner, for those who have any. */
export async function newestTimes(
  tx: Tx,
  lmsUserIds: readonly number[],
): Promise<ReadonlyMap<number, EventTime>> {
  const { rows } = await sql<{ lms_user_id: number; newest: string }>`
    select lms_user_id, max(occurred_at) as newest from event_log
    where lms_user_id = any(${plainArray(lmsUserIds)}::bigint[])
    group by lms_user_id`.execute(tx)
  return new Map(rows.map((row) => [row.lms_user_id, parseEventTime(row.newest) ?? 0]))
}

export function toLogged({ event, time, source, data, learner }: ReceivedEvent): LoggedEvent {
  return { id: event.id, type: event.type, time, source, lmsUserId: learner.lmsUserId, data }
}

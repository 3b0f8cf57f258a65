import { sql } from 'kysely'
import { jsonTexts, plainArray } from '../../db/arrays.js'
import type { Tx } from '../../db/database.js'
import type { AwardEvent } from '../awards/awards.js'

export type Outgoing = {
  readonly id: number
  readonly eventType: string
  readonly eventId: string
  readonly time: string
  readonly data: Record<string, unknown>
}

export async function insertOutgoing(tx: Tx, events: readonly AwardEvent[]): Promise<void> {
  await sql`
    insert into outbox (event_type, event_id, occurred_at, data)
    select t, i, o, d::json from unnest(
      ${plainArray(events.map(({ event }) => event.type))}::text[],
      ${plainArray(events.map(({ event }) => event.id))}::uuid[],
      ${plainArray(events.map(({ time }) => time))}::timestamptz[],
      string_to_array(${jsonTexts(events.map(({ data }) => data))}, e'\\x1e')
    ) as n (t, i, o, d)`.execute(tx)
}

/**
 * The oldest that wait. One sender at a time, or rows would go out twice and out of order; another
 * one waits for it, so that what was decided meanwhile is sent too.
 */
export async function lockWaiting(tx: Tx, most: number): Promise<Outgoing[]> {
  await sql`select pg_advisory_xact_lock(${relayLock})`.execute(tx)
  const rows = await tx
    .selectFrom('outbox')
    .select(['id', 'event_type', 'event_id', 'occurred_at', 'data'])
    .where('state', '=', 'waiting')
    .orderBy('id')
    .limit(most)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    eventType: row.event_type,
    eventId: row.event_id,
    time: row.occurred_at,
    data: row.data,
  }))
}

/** Any constant number: whoever holds it sends. */
const relayLock = 7_461_004

export async function markSent(tx: Tx, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return
  await sql`update outbox set state = 'sent', sent_at = now(), last_error = null
    where id = any(${plainArray(ids)}::bigint[])`.execute(tx)
}

export async function markStopped(tx: Tx, id: number, reason: string): Promise<void> {
  await tx
    .updateTable('outbox')
    .set({ state: 'stopped', last_error: reason })
    .where('id', '=', id)
    .execute()
}

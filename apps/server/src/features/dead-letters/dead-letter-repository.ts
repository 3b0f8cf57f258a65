import { type Selectable, sql } from 'kysely'
import type { Db, Tx } from '../../db/database.js'
import type { Schema } from '../../db/schema.js'
import { AppError } from '../../http/app-error.js'
import type { RefusedEntry } from '../events/events.js'

/** Parks entries that could not be used. An entry that is delivered again is parked once. */
export async function parkEntries(
  tx: Tx,
  consumerGroup: string,
  refused: readonly RefusedEntry[],
): Promise<void> {
  if (refused.length === 0) return
  const rows = refused.map(({ entry, reason, detail, eventType, eventId }) => ({
    topic: entry.topic,
    consumer_group: consumerGroup,
    position: entry.position,
    event_type: storable(eventType),
    event_id: storable(eventId),
    headers: storableHeaders(entry.headers),
    value: entry.value,
    reason,
    detail: storable(detail) ?? '',
  }))
  for (let at = 0; at < rows.length; at += mostRows) {
    await tx
      .insertInto('dead_letter')
      .values(rows.slice(at, at + mostRows))
      .onConflict((oc) => oc.columns(['topic', 'consumer_group', 'position']).doNothing())
      .execute()
  }
}

/** A statement takes 65 535 parameters, and each row has nine. */
const mostRows = 5000

// PostgreSQL keeps neither NUL characters nor halves of surrogate pairs, and garbage may hold them.
function storable(text: string | null): string | null {
  return text === null
    ? null
    : text.replaceAll('\u0000', '\ufffd').replaceAll(/\p{Surrogate}/gu, '\ufffd')
}

function storableHeaders(headers: RefusedEntry['entry']['headers']): string {
  const pairs = Object.entries(headers).map((pair) => pair.map(storable))
  return JSON.stringify(Object.fromEntries(pairs))
}

export type DeadLetterRow = Selectable<Schema['dead_letter']>

/** The dead letter of this id; refuses when there is none. */
export async function letterOr404(db: Db, id: string): Promise<DeadLetterRow> {
  const letters = db.selectFrom('dead_letter').selectAll().where('id', '=', id)
  return orRefused(await letters.executeTakeFirst(), id)
}

/** Two people who settle the same letter wait here for each other. */
export async function lockLetter(tx: Tx, id: string): Promise<DeadLetterRow> {
  const letters = tx.selectFrom('dead_letter').selectAll().where('id', '=', id)
  return orRefused(await letters.forUpdate().executeTakeFirst(), id)
}

/** The parked letters of a reason, the oldest first. */
export async function parkedLetters(db: Db, reason: string, most: number): Promise<string[]> {
  const rows = await db
    .selectFrom('dead_letter')
    .select('id')
    .where('state', '=', 'parked')
    .where('reason', '=', reason)
    .orderBy('created_at')
    .orderBy('id')
    .limit(most)
    .execute()
  return rows.map(({ id }) => id)
}

export async function countParked(db: Db, reason: string): Promise<number> {
  const { rows } = await sql<{ count: string }>`
    select count(*) from dead_letter where state = 'parked' and reason = ${reason}`.execute(db)
  return Number(rows[0]?.count ?? 0)
}

export async function settleLetter(
  tx: Tx,
  id: string,
  settled: { readonly state: 'replayed' | 'discarded'; readonly at: string },
): Promise<void> {
  await tx
    .updateTable('dead_letter')
    .set({ state: settled.state, settled_at: settled.at })
    .where('id', '=', id)
    .execute()
}

function orRefused(row: DeadLetterRow | undefined, id: string): DeadLetterRow {
  if (row !== undefined) return row
  throw new AppError('dead-letter-not-found', `There is no dead letter ${id}.`)
}

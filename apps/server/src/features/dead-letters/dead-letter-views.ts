import type { DeadLetter, DeadLetterDetail } from '@rosette/contract'
import { type Selectable, type SqlBool, sql } from 'kysely'
import type { Db } from '../../db/database.js'
import type { Schema } from '../../db/schema.js'
import { readCursor, toPage } from '../../http/paging.js'
import { letterOr404 } from './dead-letter-repository.js'

type Row = Selectable<Schema['dead_letter']>
type Asked = {
  readonly state: Row['state']
  readonly reason?: string | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

/** Dead letters for screens, the latest first. */
export async function listDeadLetters(db: Db, { state, reason, limit, cursor }: Asked) {
  const after = readCursor(cursor, ['instant', 'uuid'])
  let query = db
    .selectFrom('dead_letter')
    .selectAll()
    .where('state', '=', state)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
  if (after !== undefined) {
    query = query.where(
      sql<SqlBool>`(created_at, id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`,
    )
  }
  if (reason !== undefined) query = query.where('reason', '=', reason)
  const { rows, next } = toPage(await query.execute(), limit, (row) => [row.created_at, row.id])
  return { items: rows.map(toView), next }
}

export async function countDeadLetters(db: Db) {
  const rows = await db
    .selectFrom('dead_letter')
    .select((eb) => ['state', 'reason', eb.fn.countAll<string>().as('count')])
    .groupBy(['state', 'reason'])
    .orderBy('state')
    .orderBy('reason')
    .execute()
  return { items: rows.map((row) => ({ ...row, count: Number(row.count) })) }
}

export async function getDeadLetter(db: Db, id: string): Promise<DeadLetterDetail> {
  const row = await letterOr404(db, id)
  const { value } = row
  const written =
    value === null
      ? null
      : { bytes: value.length, base64: value.toString('base64'), hex: value.toString('hex') }
  return { ...toView(row), headers: row.headers, value: written }
}

function toView(row: Row): DeadLetter {
  return {
    id: row.id,
    topic: row.topic,
    consumerGroup: row.consumer_group,
    position: row.position,
    eventType: row.event_type,
    eventId: row.event_id,
    reason: row.reason,
    detail: row.detail,
    state: row.state,
    createdAt: row.created_at,
    settledAt: row.settled_at,
  }
}

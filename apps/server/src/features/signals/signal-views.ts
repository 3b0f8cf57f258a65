import type { Signal } from '@rosette/contract'
import type { Selectable } from 'kysely'
import type { Db } from '../../db/database.js'
import type { Schema } from '../../db/schema.js'
import { readCursor, toPage } from '../../http/paging.js'

type Row = Selectable<Schema['outbox']>
type Asked = {
  readonly state?: Row['state'] | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

/** The outbox for screens, the latest first. */
export async function listSignals(db: Db, { state, limit, cursor }: Asked) {
  const after = readCursor(cursor, ['number'])
  let query = db
    .selectFrom('outbox')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(limit + 1)
  if (after !== undefined) query = query.where('id', '<', Number(after[0]))
  if (state !== undefined) query = query.where('state', '=', state)
  const { rows, next } = toPage(await query.execute(), limit, (row) => [row.id])
  return { items: rows.map(toView), next }
}

function toView(row: Row): Signal {
  return {
    id: row.id,
    eventType: row.event_type,
    eventId: row.event_id,
    time: row.occurred_at,
    data: row.data,
    state: row.state,
    lastError: row.last_error,
    createdAt: row.created_at,
    sentAt: row.sent_at,
  }
}

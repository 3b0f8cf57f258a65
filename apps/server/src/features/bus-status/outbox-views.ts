import type { BusStatus } from '@rosette/contract'
import { sql } from 'kysely'
import type { Db, Tx } from '../../db/database.js'

/** How much waits to be sent, without reading what was sent. */
export async function outboxState(db: Db): Promise<BusStatus['outbox']> {
  const { rows } = await sql<{
    waiting: string
    stopped: string
    oldest: string | null
    last: string | null
  }>`
    select
      (select count(*) from outbox where state = 'waiting') as waiting,
      (select count(*) from outbox where state = 'stopped') as stopped,
      (select created_at from outbox where state = 'waiting' order by id limit 1) as oldest,
      (select sent_at from outbox where state = 'sent' order by id desc limit 1) as last`.execute(
    db,
  )
  const [row] = rows
  return {
    waiting: Number(row?.waiting ?? 0),
    stopped: Number(row?.stopped ?? 0),
    oldestWaitingAt: row?.oldest ?? null,
    lastSentAt: row?.last ?? null,
  }
}

/** Those that stopped wait again, in their old place in the order. */
export async function putBackStopped(tx: Tx): Promise<number> {
  const done = await tx
    .updateTable('outbox')
    .set({ state: 'waiting', last_error: null })
    .where('state', '=', 'stopped')
    .executeTakeFirst()
  return Number(done.numUpdatedRows)
}

import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import type pg from 'pg'
import { log } from '../telemetry/log.js'
import type { Tx } from './database.js'

/** Any constant: the first half of the advisory lock of all who have the master key in memory. */
const lockClass = 7_461_006
const longestPauseMs = 5000

export type KeyLock = { release(): Promise<void> }

/**
 * Says, as long as this process lives, that it has the master key in memory and seals with it: a lock
 * of a database session, which ends with the process however it ends. Waits while the key is being
 * changed. After the connection was lost the key may have changed, so `regained` looks.
 */
export async function holdKeyLock(pool: pg.Pool, regained: () => Promise<void>): Promise<KeyLock> {
  let held: pg.PoolClient | undefined
  let stopping = false

  async function take(): Promise<void> {
    const client = await pool.connect()
    try {
      await client.query('select pg_advisory_lock_shared($1, 0)', [lockClass])
    } catch (error) {
      client.release(true)
      throw error
    }
    held = client
    client.once('error', () => lose(client))
  }

  function lose(client: pg.PoolClient): void {
    if (held !== client) return
    drop()
    regain().catch((error) => log.error({ err: error }, 'the master key could not be looked at'))
  }

  async function regain(): Promise<void> {
    for (let failures = 1; held === undefined && !stopping; failures += 1) {
      await pause(Math.min(longestPauseMs, 100 * 2 ** failures), undefined, { ref: false })
      await take().catch((error) => log.debug({ err: error }, 'the database is away'))
    }
    // It may have come back while we were stopping, when nobody else lets it go.
    if (stopping) drop()
    else await regained()
  }

  // Ending the session, not returning it: a pooled one would go on holding the lock.
  function drop(): void {
    held?.release(true)
    held = undefined
  }

  await take()
  return {
    async release() {
      stopping = true
      drop()
    },
  }
}

/** Whether nobody has the master key in memory; then nobody gets it until the transaction ends. */
export async function excludeKeyHolders(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ free: boolean }>`
    select pg_try_advisory_xact_lock(${lockClass}::int, 0) as free`.execute(tx)
  return rows[0]?.free === true
}

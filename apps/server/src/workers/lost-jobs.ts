import { EventEmitter } from 'node:events'
import type { WorkerEvents } from 'graphile-worker'
import type pg from 'pg'
import { log } from '../telemetry/log.js'

/** Any constant: the first half of the advisory locks that say which workers live. */
const lockClass = 7_461_005
const everyMs = 10_000

/**
 * A worker that is killed leaves its jobs locked, and the queue would give them back after hours
 * only. So each worker holds a lock of its database session, which ends with the process; jobs of
 * workers without one are given back within seconds.
 */
export async function watchLostJobs(pool: pg.Pool) {
  const events: WorkerEvents = new EventEmitter()
  const client = await pool.connect()
  // Without its connection a worker looks dead to the others, so it must begin anew.
  const broken = new Promise<never>((_, reject) => client.once('error', reject))
  broken.catch(() => {})
  let held: Promise<unknown> = Promise.resolve()
  // Jobs are locked in the name of the pool.
  events.on('pool:create', ({ workerPool }) => {
    const hold = 'select pg_advisory_lock_shared($1, hashtext($2))'
    held = client.query(hold, [lockClass, workerPool.id]).catch(reportFailure)
  })
  const timer = setInterval(() => giveBack(pool).catch(reportFailure), everyMs)
  let stopped = false
  async function stop(): Promise<void> {
    if (stopped) return
    stopped = true
    clearInterval(timer)
    await held
    // Ending the session, not returning it: a pooled one would go on holding the locks.
    client.release(true)
  }
  try {
    await giveBack(pool)
  } catch (error) {
    await stop()
    throw error
  }
  return { events, broken, stop }
}

// A pool takes its lock at once but not before its first job, hence the few seconds of grace.
async function giveBack(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ locked_by: string }>(
    `select locked_by from graphile_worker.jobs
     where locked_at < now() - interval '3 seconds' group by locked_by
     having pg_try_advisory_xact_lock($1, hashtext(locked_by))`,
    [lockClass],
  )
  const lost = rows.map((row) => row.locked_by)
  if (lost.length === 0) return
  await pool.query('select graphile_worker.force_unlock_workers($1::text[])', [lost])
  log.warn({ workers: lost.length }, 'jobs of workers that ended are given back')
}

function reportFailure(error: unknown): void {
  log.warn({ err: error }, 'lost jobs could not be looked for')
}

import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'

export type Measured = {
  readonly seconds: number
  /** Bytes of memory of this process. */
  readonly before: number
  readonly peak: number
  /** The longest transaction that was seen in the database, in milliseconds. */
  readonly longestMs: number
  /** How long each batch beside it took, in milliseconds, the shortest first. */
  readonly batches: readonly number[]
}

/** Measures work: time, memory, transactions, and what it does to batches beside it. */
export async function watch(
  pool: pg.Pool,
  work: () => Promise<void>,
  batch: (() => Promise<unknown>) | undefined,
): Promise<Measured> {
  const before = process.memoryUsage().rss
  const seen = { peak: before, longestMs: 0 }
  const batches: number[] = []
  let isDone = false
  const memory = setInterval(() => {
    seen.peak = Math.max(seen.peak, process.memoryUsage().rss)
  }, 20)
  async function watchTransactions(): Promise<void> {
    while (!isDone) {
      const { rows } = await pool.query<{ ms: number }>(longest)
      seen.longestMs = Math.max(seen.longestMs, Number(rows[0]?.ms ?? 0))
      await pause(20)
    }
  }
  async function sendBatches(): Promise<void> {
    while (!isDone && batch !== undefined) {
      const from = performance.now()
      await batch()
      batches.push(performance.now() - from)
      await pause(100)
    }
  }
  const beside = [watchTransactions(), sendBatches()]
  const started = performance.now()
  try {
    await work()
  } finally {
    isDone = true
    clearInterval(memory)
    await Promise.all(beside)
  }
  const seconds = (performance.now() - started) / 1000
  return { seconds, before, ...seen, batches: batches.toSorted((a, b) => a - b) }
}

const longest = `select coalesce(max(extract(epoch from clock_timestamp() - xact_start)) * 1000, 0) as ms
  from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()
    and backend_type = 'client backend' and xact_start is not null`

import { sql } from 'kysely'
import type { Tx } from '../db/database.js'

/** Work to be done after the transaction has committed, and not at all if it has not. */
export type NewJob = {
  readonly task: string
  readonly payload: Readonly<Record<string, unknown>>
  /** A job with the same key that waits is replaced, so there is at most one. */
  readonly key?: string
  readonly runAt?: string
  /** Jobs of one queue run one after the other. */
  readonly queue?: string
}

/** How often a job is tried before it waits for a person: about eleven days of growing delays. */
const maxAttempts = 40

export async function addJobs(tx: Tx, jobs: readonly NewJob[]): Promise<void> {
  if (jobs.length === 0) return
  const specs = jobs.map((job) => ({
    identifier: job.task,
    payload: job.payload,
    job_key: job.key ?? null,
    run_at: job.runAt ?? null,
    queue_name: job.queue ?? null,
    max_attempts: maxAttempts,
  }))
  await sql`
    select graphile_worker.add_jobs(array(
      select spec from json_populate_recordset(
        null::graphile_worker.job_spec, ${JSON.stringify(specs)}::json) as spec
    ))`.execute(tx)
}

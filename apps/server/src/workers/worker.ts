import { Logger, run, runMigrations, type TaskList } from 'graphile-worker'
import type pg from 'pg'
import { log } from '../telemetry/log.js'
import { watchLostJobs } from './lost-jobs.js'

/** What a task gets to know about the try it is in. */
export type Attempt = { readonly number: number; readonly isLast: boolean }

/** One kind of background work. It throws to be tried again later, and must stand being repeated. */
export type Task = (payload: unknown, attempt: Attempt) => Promise<void>

export type Tasks = Readonly<Record<string, Task>>

const logger = new Logger(() => (level, message, meta) => {
  if (level === 'error') log.error({ meta: meta?.['err'] }, message)
  else if (level === 'warning') log.warn(message)
  else log.debug(message)
})

const concurrency = 4
const quietly = { noHandleSignals: true, pollInterval: 1000 }

/** Creates or updates the tables of the job queue; done with the migrations. */
export async function migrateJobs(pgPool: pg.Pool): Promise<void> {
  await runMigrations({ pgPool, logger })
}

export type Worker = { stop(): Promise<void> }

/** Works on the jobs until it is stopped; then it finishes those in hand. */
export async function startWorker(pgPool: pg.Pool, tasks: Tasks): Promise<Worker> {
  const taskList: TaskList = {}
  for (const [name, task] of Object.entries(tasks)) {
    taskList[name] = async (payload, { job }) => {
      const isLast = job.attempts >= job.max_attempts
      await task(payload, { number: job.attempts, isLast })
    }
  }
  const lost = await watchLostJobs(pgPool)
  const { events } = lost
  const runner = await run({ pgPool, taskList, events, concurrency, logger, ...quietly })
  return {
    async stop() {
      await runner.stop()
      await lost.stop()
    },
  }
}

import { setTimeout as pause } from 'node:timers/promises'
import { Logger, type Runner, run, runMigrations, type TaskList } from 'graphile-worker'
import type pg from 'pg'
import { log } from '../telemetry/log.js'
import { watchLostJobs } from './lost-jobs.js'

/** What a task gets to know about the try it is in. */
export type Attempt = { readonly number: number; readonly isLast: boolean }

/** One kind of background work. It throws to be tried again later, and must stand being repeated. */
export type Task = (payload: unknown, attempt: Attempt) => Promise<void>

export type Tasks = Readonly<Record<string, Task>>

const logger = new Logger(() => (level, message, meta) => {
  if (level === 'error') log.error({ err: meta?.['err'] ?? meta?.['error'] }, message)
  else if (level === 'warning') log.warn(message)
  else log.debug(message)
})

const concurrency = 4
// In batches the queue survives a lost connection; one by one it ends the process with an unhandled error.
const preset = { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } }
const longestPauseMs = 5000
/** How long jobs in hand may take when we stop, and when their database is gone. */
const stopLimitMs = 15_000
const brokenLimitMs = 2000

/** Creates or updates the tables of the job queue; done with the migrations. */
export async function migrateJobs(pgPool: pg.Pool): Promise<void> {
  await runMigrations({ pgPool, logger })
}

/** A task that runs of itself, at the start of a worker and then at this distance. */
export type Recurring = { readonly task: string; readonly everyMs: number }

export type Work = { readonly tasks: Tasks; readonly schedule: readonly Recurring[] }

export type Worker = { stop(): Promise<void> }

/**
 * Works on the jobs until it is stopped; then it finishes those in hand. The queue gives up when the
 * database goes away, so it is started again, and again, until the database is back.
 */
export async function startWorker(pgPool: pg.Pool, work: Work): Promise<Worker> {
  const taskList = toTaskList(work.tasks)
  let shift = await startShift(pgPool, taskList)
  const stopRecurring = startRecurring(pgPool, work.schedule)
  let stopping = false

  async function supervise(): Promise<void> {
    for (let failures = 0; !stopping; ) {
      try {
        await shift.ended
        if (stopping) return
        shift = await startShift(pgPool, taskList)
        failures = 0
      } catch (error) {
        failures += 1
        const pauseMs = Math.min(longestPauseMs, 100 * 2 ** failures)
        log.warn({ err: error, pauseMs }, 'the job queue is away and will be tried again')
        await pause(pauseMs)
        if (!stopping) shift = await startShift(pgPool, taskList).catch(failedShift)
      }
    }
  }

  const supervised = supervise()
  return {
    async stop() {
      stopping = true
      stopRecurring()
      await shift.stop()
      await supervised
      // Another may have begun meanwhile.
      await shift.stop()
    },
  }
}

// The queue's own crontab does not end when it is stopped early. Several workers ask for the same job
// under one key, so it is there once.
function startRecurring(pgPool: pg.Pool, schedule: readonly Recurring[]): () => void {
  const add = `select graphile_worker.add_job($1, job_key => $1)`
  const timers = schedule.map(({ task, everyMs }) => {
    const enqueue = () => {
      pgPool.query(add, [task]).catch((error) => log.warn({ err: error, task }, 'not scheduled'))
    }
    enqueue()
    return setInterval(enqueue, everyMs)
  })
  return () => timers.forEach(clearInterval)
}

/** One run of the queue, from its start to its end by request or by an error. */
type Shift = { readonly ended: Promise<void>; stop(): Promise<void> }

async function startShift(pgPool: pg.Pool, taskList: TaskList): Promise<Shift> {
  const lost = await watchLostJobs(pgPool)
  let runner: Runner
  try {
    const options = { noHandleSignals: true, pollInterval: 1000, concurrency, logger, preset }
    runner = await run({ pgPool, taskList, events: lost.events, ...options })
  } catch (error) {
    await withinLimit(lost.stop(), brokenLimitMs)
    throw error
  }
  const ended = Promise.race([runner.promise, lost.broken]).finally(async () => {
    // It may have stopped by itself, or be unable to.
    await withinLimit(runner.stop(), brokenLimitMs)
    await withinLimit(lost.stop(), brokenLimitMs)
  })
  ended.catch(() => {}) // whoever supervises hears of it
  return {
    ended,
    async stop() {
      await withinLimit(runner.stop(), stopLimitMs)
      await withinLimit(ended, stopLimitMs)
    },
  }
}

// Without its database the queue may wait for ever to stop in order. Leaving it loses nothing: a job
// that is still in hand stands being done twice.
async function withinLimit(stopping: Promise<unknown>, limitMs: number): Promise<void> {
  const settled = stopping.then(
    () => {},
    () => {},
  )
  await Promise.race([settled, pause(limitMs, undefined, { ref: false })])
}

function failedShift(error: unknown): Shift {
  const ended = Promise.reject(error)
  ended.catch(() => {})
  return { ended, stop: async () => {} }
}

function toTaskList(tasks: Tasks): TaskList {
  const taskList: TaskList = {}
  for (const [name, task] of Object.entries(tasks)) {
    taskList[name] = async (payload, { job }) => {
      const isLast = job.attempts >= job.max_attempts
      await task(payload, { number: job.attempts, isLast })
    }
  }
  return taskList
}

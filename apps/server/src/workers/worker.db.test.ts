import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPool } from '../db/database.js'
import { log } from '../telemetry/log.js'
import { createTestApp, type TestApp } from '../testing/test-app.js'
import { startWorker } from './worker.js'

log.level = 'silent'
let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.drop())

describe('a worker that is stopped', () => {
  it('while it begins anew leaves no connection in use', async () => {
    const pool = createPool(app.url, 6)
    const worker = await startWorker(pool, { tasks: {}, schedule: [] })
    const connect = pool.connect.bind(pool)
    let goOn = () => {}
    const late = new Promise<void>((resolve) => {
      goOn = resolve
    })
    const begins = new Promise<void>((resolve) => {
      const connectLate = async () => {
        resolve()
        await late
        return await connect()
      }
      // With a callback it is the pool itself that asks.
      Object.assign(pool, {
        connect: (callback?: never) => (callback ? connect(callback) : connectLate()),
      })
    })
    await app.pool.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and query like '%pg_advisory_lock_shared%'
      and pid <> pg_backend_pid()`)
    await begins
    const stopping = worker.stop()
    goOn()
    Object.assign(pool, { connect })
    await stopping
    await pool.end()
    expect(pool.totalCount).toBe(0)
  })
})

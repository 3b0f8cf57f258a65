import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aGrade } from '../../testing/sample-events.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'
import { createEventPartitions } from './event-partitions.js'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.drop())

const at = (text: string) => () => new Date(text)

async function eventsIn(table: string): Promise<number> {
  const { rows } = await app.pool.query(`select count(*) from ${table}`)
  return Number(rows[0].count)
}

describe('the event log', () => {
  it('has a partition for this month and the next ones, made once', async () => {
    const { maintain } = createEventPartitions({
      db: app.db,
      now: at('2031-11-20T00:00:00Z'),
      retentionMonths: undefined,
    })
    await maintain()
    await maintain()
    await app.progress.handle([aGrade({ at: '2032-02-29T23:59:59.999999+00:00' })], 'g')
    expect(await eventsIn('event_log_2032_02')).toBe(1)
  })

  it('keeps events for as long as it was told', async () => {
    const keep = (now: string) =>
      createEventPartitions({ db: app.db, now: at(now), retentionMonths: 2 })
    await keep('2040-01-15T00:00:00Z').maintain()
    await app.progress.handle(
      [
        aGrade({ at: '2039-06-01T00:00:00+00:00' }),
        aGrade({ at: '2040-01-02T00:00:00+00:00' }),
        aGrade({ at: '2040-03-02T00:00:00+00:00' }),
      ],
      'g',
    )
    await keep('2040-04-01T00:00:00Z').maintain()
    const { rows } = await app.pool.query(
      `select occurred_at from event_log where occurred_at > '2039-01-01' order by 1`,
    )
    expect(rows).toEqual([{ occurred_at: '2040-03-02T00:00:00Z' }])
  })
})

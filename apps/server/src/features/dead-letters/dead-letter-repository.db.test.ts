import type { RawEntry } from '@rosette/event-bus'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

const group = 'rosette'
const topic = 'learning-badges-lifecycle'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.drop())

const unusable = (position: string, headers: RawEntry['headers'] = {}): RawEntry => ({
  topic,
  position,
  headers,
  value: null,
})

describe('entries that cannot be used', () => {
  it('are parked with headers that PostgreSQL could not keep as they are', async () => {
    const strange = {
      source: String.raw`C:\u0000`,
      host: 'a\u0000b',
      half: '\ud83c',
      'n\u0000': '',
    }
    await app.progress.handle([unusable('strange', strange)], group)
    const { headers } = await app.db
      .selectFrom('dead_letter')
      .select('headers')
      .where('position', '=', 'strange')
      .executeTakeFirstOrThrow()
    expect(headers).toEqual({
      source: String.raw`C:\u0000`,
      host: 'a\ufffdb',
      half: '\ufffd',
      'n\ufffd': '',
    })
  })

  it('are parked however many a batch has', async () => {
    const entries = Array.from({ length: 20_000 }, (_, n) => unusable(`many-${n}`))
    const outcome = await app.progress.handle(entries, group)
    expect(outcome).toMatchObject({ received: 20_000, refused: 20_000 })
  })
})

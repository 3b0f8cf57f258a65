import { createMemoryBus } from '@rosette/event-bus'
import { createMetadata } from '@rosette/openedx-events'
import { describe, expect, it } from 'vitest'
import { log } from '../telemetry/log.js'
import { passingType } from '../testing/sample-events.js'
import { consumeInto } from './consumer.js'

log.level = 'silent'

describe('a consumer that decodes ahead', () => {
  it('parks an entry that cannot even be prepared, and goes on', async () => {
    const stop = new AbortController()
    const bus = createMemoryBus()
    const metadata = createMetadata({
      eventType: passingType,
      id: '0f8fad5b-d9cb-469f-a165-70867728950e',
      time: '2026-11-22T00:09:25Z',
      source: 'openedx/lms/web',
    })
    const topic = 'learning'
    await bus
      .sink()
      .publish(
        ['good', 'poison', 'last'].map((name) => ({ topic, metadata, value: Buffer.from(name) })),
      )
    const seen: string[] = []
    const refusePoison = (names: readonly string[]) => {
      if (names.includes('poison')) throw new TypeError('poison')
    }
    const namesOf = (entries: readonly { value: Buffer | null }[]) =>
      entries.map(({ value }) => String(value))
    const note = (...names: string[]) => {
      seen.push(...names)
      if (seen.length === 3) stop.abort()
    }
    await consumeInto({
      source: bus.source({ topic, consumerGroup: 'rosette', consumerName: 'one' }),
      topic,
      consumerGroup: 'rosette',
      handler: {
        prepare: (entries) => refusePoison(namesOf(entries)),
        async handle(entries) {
          refusePoison(namesOf(entries))
          note(...namesOf(entries))
        },
        park: async (entry, reason) => note(`${entry.value} parked: ${reason}`),
      },
      maxBatch: 1000,
      stop: stop.signal,
    })
    expect(seen).toEqual(['good', 'poison parked: poison', 'last'])
  })
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runConsumer } from './consumer.js'
import type { EventSink, EventSource, OutgoingMessage, RawEntry } from './envelope.js'
import { condition } from './testing.features.js'

/** What a transport must offer to be held to the behaviour below. */
export type TransportUnderTest = {
  source(consumer: SourceUnderTest): EventSource
  sink(): EventSink
}

type SourceUnderTest = {
  consumerGroup: string
  consumerName: string
  batchSize?: number
  claimOlderThanMs?: number
}

/** One message whose payload is its name. */
export function aMessage(name: string, topic = 'learning'): OutgoingMessage {
  return {
    topic,
    metadata: {
      eventType: 'org.openedx.learning.course.passing.status.updated.v1',
      id: '0f8fad5b-d9cb-469f-a165-70867728950e',
      minorversion: 0,
      source: 'openedx/lms/web',
      sourcehost: 'lms-1',
      time: '2026-11-22T00:09:25.200267+00:00',
      sourcelib: [11, 2, 0],
    },
    value: Buffer.from(name),
  }
}

/** The payloads of entries, which are their names. */
export const namesOf = (entries: readonly RawEntry[]) => entries.map(({ value }) => String(value))

const range = (count: number) => Array.from({ length: count }, (_, at) => `entry-${at}`)

/** The behaviour that every transport shares. */
export function describeTransport(name: string, setUp: () => Promise<TransportUnderTest>) {
  describe(name, () => {
    let transport: TransportUnderTest
    let sink: EventSink
    let sources: EventSource[] = []

    beforeEach(async () => {
      transport = await setUp()
      sink = transport.sink()
    })

    afterEach(async () => {
      await Promise.all(sources.map((source) => source.close()))
      sources = []
      await sink.close()
    })

    const publish = (...names: string[]) => sink.publish(names.map((each) => aMessage(each)))

    const aSource = (options: Partial<SourceUnderTest> = {}) => {
      const consumer = { consumerGroup: 'rosette', consumerName: 'one', ...options }
      const source = transport.source(consumer)
      sources.push(source)
      return source
    }

    const opened = async (options: Partial<SourceUnderTest> = {}) => {
      const source = aSource(options)
      await source.open()
      return source
    }

    it('delivers headers and payload as they were published', async () => {
      const source = await opened()
      await publish('hello')
      const [entry] = await source.read()
      expect(entry).toMatchObject({ topic: 'learning', value: Buffer.from('hello') })
      expect({ ...entry?.headers }).toEqual({
        type: 'org.openedx.learning.course.passing.status.updated.v1',
        id: '0f8fad5b-d9cb-469f-a165-70867728950e',
        source: 'openedx/lms/web',
        time: '2026-11-22T00:09:25.200267+00:00',
        minorversion: '0',
        sourcehost: 'lms-1',
        sourcelib: '11.2.0',
      })
    })

    it('gives a new group everything that is still in the topic', async () => {
      await opened({ consumerGroup: 'other' })
      await publish('before', 'it came')
      const source = await opened()
      expect(namesOf(await source.read())).toEqual(['before', 'it came'])
    })

    it('keeps the order and the batch size', async () => {
      await publish(...range(5))
      const source = await opened({ batchSize: 2 })
      expect(namesOf(await source.read())).toEqual(['entry-0', 'entry-1'])
      expect(namesOf(await source.read())).toEqual(['entry-2', 'entry-3'])
      expect(namesOf(await source.read())).toEqual(['entry-4'])
    })

    it('wakes a waiting read when something is published', async () => {
      const source = await opened()
      const reading = source.read()
      await publish('late')
      expect(namesOf(await reading)).toEqual(['late'])
    })

    it('answers a read with nothing when the source is closed meanwhile', async () => {
      const source = await opened()
      const reading = source.read()
      await source.close()
      expect(await reading).toEqual([])
    })

    it('gives every group its own copy', async () => {
      const [one, other] = [await opened(), await opened({ consumerGroup: 'other' })]
      await publish('news')
      expect(namesOf(await one.read())).toEqual(['news'])
      expect(namesOf(await other.read())).toEqual(['news'])
    })

    it('shares the entries among the consumers of a group', async () => {
      await publish(...range(6))
      const one = await opened({ batchSize: 3 })
      const two = await opened({ batchSize: 3, consumerName: 'two' })
      const both = [...namesOf(await one.read()), ...namesOf(await two.read())]
      expect(both.sort()).toEqual(range(6))
    })

    it('goes on where the group stood after a restart', async () => {
      const first = await opened()
      await publish('seen')
      await first.acknowledge(await first.read())
      await first.close()
      await publish('while it was away')
      const second = await opened()
      expect(namesOf(await second.read())).toEqual(['while it was away'])
    })

    it('delivers again what a consumer had not acknowledged when it was closed', async () => {
      const first = await opened()
      await publish('done', 'not done')
      const entries = await first.read()
      await first.acknowledge(entries.slice(0, 1))
      await first.close()
      await publish('newer')
      const second = await opened()
      expect(namesOf(await second.read())).toEqual(['not done'])
      expect(namesOf(await second.read())).toEqual(['newer'])
    })

    it('never delivers an entry again while it is in flight', async () => {
      const source = await opened({ claimOlderThanMs: 1 })
      await publish('slow')
      await source.read()
      await publish('next')
      expect(namesOf(await source.read())).toEqual(['next'])
    })

    it('takes over what a dead consumer left behind', async () => {
      const dead = await opened({ consumerName: 'dead' })
      await publish('left behind')
      await dead.read()
      await dead.close()
      const heir = await opened({ consumerName: 'heir', claimOlderThanMs: 5 })
      const taken = await condition(async () => {
        const entries = await heir.read()
        return entries.length > 0 ? entries : null
      })
      expect(namesOf(taken)).toEqual(['left behind'])
    })

    it('delivers a released entry again', async () => {
      const source = await opened({ claimOlderThanMs: 5 })
      await publish('not now')
      source.release(await source.read())
      const again = await condition(async () => {
        const entries = await source.read()
        return entries.length > 0 ? entries : null
      })
      expect(namesOf(again)).toEqual(['not now'])
    })

    it('counts what is pending and what is still to come', async () => {
      await publish(...range(5))
      const source = await opened({ batchSize: 2 })
      await source.read()
      expect(await source.lag()).toEqual({ pending: 2, behind: 3 })
    })

    it('feeds a consumer that handles every entry once and acknowledges it', async () => {
      const stop = new AbortController()
      const handled: string[] = []
      const running = runConsumer({
        source: aSource({ batchSize: 10 }),
        handle: async (batch) => void handled.push(...namesOf(batch)),
        park: async () => undefined,
        isOutage: () => false,
        stop: stop.signal,
      })
      await publish(...range(25))
      await condition(async () => handled.length >= 25 || null)
      stop.abort()
      await running
      expect(handled).toEqual(range(25))
      const after = await opened()
      expect(await after.lag()).toEqual({ pending: 0, behind: 0 })
    })

    it('leaves what a stopped consumer had read ahead for the next one', async () => {
      const stop = new AbortController()
      const handled: string[] = []
      await publish(...range(6))
      const source = aSource({ batchSize: 2 })
      await runConsumer({
        source,
        async handle(batch) {
          handled.push(...namesOf(batch))
          stop.abort()
        },
        park: async () => undefined,
        isOutage: () => false,
        stop: stop.signal,
      })
      expect(handled).toEqual(['entry-0', 'entry-1'])
      const next = await opened()
      const rest = [...(await next.read())]
      while (rest.length < 4) rest.push(...(await next.read()))
      expect(namesOf(rest)).toEqual(range(6).slice(2))
    })
  })
}

import { setImmediate } from 'node:timers/promises'
import { redisAvailable, startRedis } from '@rosette/testkit'
import { describe, expect, it } from 'vitest'
import { runConsumer } from './consumer.js'
import { createRedisSink } from './redis-sink.js'
import { createRedisSource } from './redis-source.js'
import { condition } from './testing.features.js'
import { aMessage, namesOf } from './transport.features.js'

const installed = redisAvailable()
const name = installed
  ? 'a Redis that crashes'
  : 'Redis (skipped: install redis-server to run these)'

describe.skipIf(!installed)(name, () => {
  it('loses nothing when it is killed and comes back during consumption', async () => {
    const server = await startRedis({ durable: true })
    const stop = new AbortController()
    const sink = createRedisSink({ url: server.url, maxLen: 1_000_000 })
    const committed = new Set<string>()
    const happenings = new Set<string>()
    const common = { url: server.url, topic: 'learning', consumerGroup: 'rosette' }
    const source = createRedisSource({ ...common, consumerName: 'one', batchSize: 20 })
    const running = runConsumer({
      source,
      async handle(batch) {
        await setImmediate()
        for (const each of namesOf(batch)) committed.add(each)
      },
      park: async () => undefined,
      isOutage: () => false,
      stop: stop.signal,
      wait: () => setImmediate(),
      report: ({ kind }) => happenings.add(kind),
    })

    const all = Array.from({ length: 2000 }, (_, at) => `e${at}`)
    await sink.publish(all.map((each) => aMessage(each)))
    for (const share of [200, 700, 1200]) {
      await condition(async () => committed.size >= share || null)
      await server.kill()
      await server.restart()
    }
    await condition(async () => committed.size === all.length || null)
    await condition(async () => {
      const lag = await source.lag().catch(() => null)
      return lag?.pending === 0 || null
    })
    stop.abort()
    await running
    await sink.close()
    await server.stop()
    expect([...happenings]).toContain('read-failed')
  })

  it('opens as soon as it is there', async () => {
    const server = await startRedis({ durable: true })
    await server.kill()
    const stop = new AbortController()
    let failures = 0
    const handled: string[] = []
    const common = { url: server.url, topic: 'learning', consumerGroup: 'rosette' }
    const running = runConsumer({
      source: createRedisSource({ ...common, consumerName: 'one' }),
      handle: async (batch) => void handled.push(...namesOf(batch)),
      park: async () => undefined,
      isOutage: () => false,
      stop: stop.signal,
      wait: () => setImmediate(),
      report: () => {
        failures += 1
      },
    })
    await condition(async () => failures > 0 || null)
    await server.restart()
    const sink = createRedisSink({ url: server.url })
    await sink.publish([aMessage('hello')])
    await condition(async () => handled.length === 1 || null)
    stop.abort()
    await running
    await sink.close()
    await server.stop()
  })

  it('makes a publisher fail rather than lose a message', async () => {
    const server = await startRedis()
    const sink = createRedisSink({ url: server.url })
    await sink.publish([aMessage('one')])
    await server.kill()
    await expect(sink.publish([aMessage('two')])).rejects.toThrow()
    await server.restart()
    await condition(() =>
      sink.publish([aMessage('two')]).then(
        () => true,
        () => null,
      ),
    )
    await sink.close()
    await server.stop()
  })
})

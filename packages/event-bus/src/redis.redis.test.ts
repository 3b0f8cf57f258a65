import { type RedisServer, redisAvailable, startRedis } from '@rosette/testkit'
import { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { EventSource, RawEntry } from './envelope.js'
import type { SourceHappening } from './happenings.js'
import { createRedisSink } from './redis-sink.js'
import { createRedisSource, type RedisSourceOptions } from './redis-source.js'
import { condition } from './testing.features.js'
import { aMessage, describeTransport, namesOf } from './transport.features.js'

const installed = redisAvailable()
const name = installed ? 'Redis' : 'Redis (skipped: install redis-server to run these)'

describe.skipIf(!installed)(name, () => {
  let server: RedisServer
  let raw: Redis
  let sources: EventSource[] = []
  let happenings: SourceHappening[] = []

  beforeAll(async () => {
    server = await startRedis()
    raw = new Redis(server.url)
  })

  afterAll(async () => {
    raw?.disconnect()
    await server?.stop()
  })

  beforeEach(async () => {
    await raw.flushall()
    happenings = []
  })

  afterEach(async () => {
    await Promise.all(sources.map((source) => source.close()))
    sources = []
  })

  const aSource = (options: Partial<RedisSourceOptions> = {}) => {
    const source = createRedisSource({
      url: server.url,
      topic: 'learning',
      prefix: 'dev',
      consumerGroup: 'rosette',
      consumerName: 'one',
      pollTimeoutSeconds: 0.05,
      onProblem: (happening) => happenings.push(happening),
      ...options,
    })
    sources.push(source)
    return source
  }

  const opened = async (options: Partial<RedisSourceOptions> = {}) => {
    const source = aSource(options)
    await source.open()
    return source
  }

  const publish = async (...names: string[]) => {
    const sink = createRedisSink({ url: server.url, prefix: 'dev' })
    await sink.publish(names.map((each) => aMessage(each)))
    await sink.close()
  }

  const untilSomethingComes = (source: EventSource): Promise<readonly RawEntry[]> =>
    condition(async () => {
      const entries = await source.read()
      return entries.length > 0 ? entries : null
    })

  const someoneIsBlocked = () =>
    condition(async () => (await raw.info('clients')).includes('blocked_clients:1') || null)

  const kinds = () => happenings.map(({ kind }) => kind)

  describeTransport('the Redis transport', async () => {
    const { url } = server
    const common = { url, topic: 'learning', prefix: 'dev', pollTimeoutSeconds: 0.05 }
    return {
      source: (consumer) => createRedisSource({ ...common, ...consumer }),
      sink: () => createRedisSink({ url, prefix: 'dev' }),
    }
  })

  describe('the stream entry', () => {
    it('has the fields of the Open edX producer, in its order', async () => {
      await publish('bytes')
      const [entry] = await raw.xrange('dev-learning', '-', '+')
      expect(entry?.[1]).toEqual([
        ...['type', 'org.openedx.learning.course.passing.status.updated.v1'],
        ...['id', '0f8fad5b-d9cb-469f-a165-70867728950e'],
        ...['source', 'openedx/lms/web'],
        ...['time', '2026-11-22T00:09:25.200267+00:00'],
        ...['minorversion', '0'],
        ...['sourcehost', 'lms-1'],
        ...['sourcelib', '11.2.0'],
        ...['event_data', 'bytes'],
      ])
    })

    it('carries its payload byte for byte', async () => {
      const value = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))
      const sink = createRedisSink({ url: server.url, prefix: 'dev' })
      await sink.publish([{ ...aMessage('any'), value }])
      await sink.close()
      const [entry] = await untilSomethingComes(await opened())
      expect(entry?.value).toEqual(value)
    })

    it('is added with the approximate length that the operator set', async () => {
      const monitor = await raw.monitor()
      const commands: string[][] = []
      monitor.on('monitor', (_time: string, command: string[]) => commands.push(command))
      const sink = createRedisSink({ url: server.url, prefix: 'dev', maxLen: 77 })
      await sink.publish([aMessage('bytes')])
      await sink.close()
      await publish('bytes')
      const added = await condition(async () => {
        const found = commands.filter(([command]) => command?.toLowerCase() === 'xadd')
        return found.length === 2 ? found : null
      })
      monitor.disconnect()
      expect(added.map((command) => command.slice(1, 6))).toEqual([
        ['dev-learning', 'MAXLEN', '~', '77', '*'],
        ['dev-learning', 'MAXLEN', '~', '10000', '*'],
      ])
    })

    it('goes to the bare topic without a prefix', async () => {
      const sink = createRedisSink({ url: server.url })
      await sink.publish([aMessage('bare')])
      await sink.close()
      expect(await raw.xlen('learning')).toBe(1)
      const source = await opened({ prefix: null })
      expect(namesOf(await source.read())).toEqual(['bare'])
    })

    it.each([
      ['without a payload', ['type', 'a.type', 'id', '1']],
      ['with foreign fields only', ['', '']],
    ])('is delivered %s, with null for the payload', async (_, fields) => {
      await raw.xadd('dev-learning', '*', ...fields)
      const [entry] = await (await opened()).read()
      expect(entry?.value).toBeNull()
    })

    it('is delivered with its headers in any order and number', async () => {
      const fields = ['event_data', 'x', '__proto__', 'odd', 'id', 'ä', 'type', 't']
      await raw.xadd('dev-learning', '*', ...fields)
      const [entry] = await (await opened()).read()
      expect(Object.entries(entry?.headers ?? {})).toEqual([
        ['__proto__', 'odd'],
        ['id', 'ä'],
        ['type', 't'],
      ])
      expect(namesOf([entry!])).toEqual(['x'])
    })
  })

  describe('the position at start', () => {
    beforeEach(async () => {
      const first = await opened()
      await publish('seen')
      await first.acknowledge(await first.read())
      await first.close()
      await publish('missed')
    })

    it.each([
      ['check_backlog is not given', null],
      ['check_backlog is true', true],
    ])('stays where the group stood when %s', async (_, checkBacklog) => {
      const source = await opened({ checkBacklog })
      expect(namesOf(await source.read())).toEqual(['missed'])
    })

    it('jumps to the end of the stream when check_backlog is false', async () => {
      const source = await opened({ checkBacklog: false })
      await publish('after the start')
      expect(namesOf(await source.read())).toEqual(['after the start'])
    })

    it('is the end of the stream for a new group when check_backlog is false', async () => {
      const source = await opened({ checkBacklog: false, consumerGroup: 'new' })
      await publish('after the start')
      expect(namesOf(await source.read())).toEqual(['after the start'])
    })

    it('is the start of the stream for a new group otherwise', async () => {
      const source = await opened({ consumerGroup: 'new' })
      expect(namesOf(await source.read())).toEqual(['seen', 'missed'])
    })

    it('is behind the last read message, whatever check_backlog says', async () => {
      await publish('missed too')
      const [seen] = await raw.xrange('dev-learning', '-', '+')
      const lastReadMessageId = seen?.[0] ?? null
      const source = await opened({ lastReadMessageId, checkBacklog: false })
      expect(namesOf(await source.read())).toEqual(['missed', 'missed too'])
    })

    it('is taken up only once, not at every reconnect', async () => {
      const source = await opened({ checkBacklog: false })
      await publish('while it reconnected')
      await source.open()
      expect(namesOf(await source.read())).toEqual(['while it reconnected'])
    })
  })

  describe('pending entries', () => {
    it('that were trimmed away are reported and do not hold up the rest', async () => {
      const first = await opened()
      await publish('trimmed', 'kept', 'trimmed too', 'kept too')
      const entries = await first.read()
      await first.close()
      const gone = [0, 2].map((at) => entries[at]!.position)
      await raw.xdel('dev-learning', ...gone)
      const second = await opened()
      const left = await second.read()
      expect(namesOf(left)).toEqual(['kept', 'kept too'])
      expect(happenings).toEqual([{ kind: 'trimmed', topic: 'learning', positions: gone }])
      await second.acknowledge(left)
      expect((await second.lag()).pending).toBe(0)
    })

    it('that a dead consumer lost to trimming are reported when claimed', async () => {
      const dead = await opened({ consumerName: 'dead' })
      await publish('trimmed', 'kept')
      const entries = await dead.read()
      await dead.close()
      await raw.xdel('dev-learning', entries[0]!.position)
      const heir = await opened({ claimOlderThanMs: 5 })
      expect(namesOf(await untilSomethingComes(heir))).toEqual(['kept'])
      expect(happenings).toEqual([
        { kind: 'trimmed', topic: 'learning', positions: [entries[0]!.position] },
        { kind: 'claimed', topic: 'learning', entries: 1 },
      ])
    })

    it('are paged through, more than a batch of them', async () => {
      const all = Array.from({ length: 25 }, (_, at) => `e${at}`)
      await publish(...all)
      const first = await opened({ consumerName: 'dead' })
      await first.read()
      await first.close()
      const again = await opened({ consumerName: 'dead', batchSize: 10 })
      const heir = await opened({ consumerName: 'heir', batchSize: 10, claimOlderThanMs: 1 })
      const own = [...(await again.read()), ...(await again.read()), ...(await again.read())]
      expect(namesOf(own)).toEqual(all)
      await again.close()
      const claimed: RawEntry[] = []
      while (claimed.length < 25) claimed.push(...(await untilSomethingComes(heir)))
      expect(namesOf(claimed)).toEqual(all)
    })

    it('of a consumer that is slow but alive look fresh to the others', async () => {
      const slow = await opened({ claimOlderThanMs: 30 })
      await publish('slow')
      await slow.read()
      const idle = async () => {
        const [held] = await raw.xpending('dev-learning', 'rosette', '-', '+', 1)
        return (held as [string, string, number, number])[2]
      }
      let before = await idle()
      await condition(async () => {
        const now = await idle()
        const renewed = now < before
        before = now
        return renewed || null
      })
    })

    it('that are in flight are left out even when the group is put back', async () => {
      const source = await opened()
      await publish('in flight')
      await source.read()
      await raw.xgroup('SETID', 'dev-learning', 'rosette', '0-0')
      await publish('next')
      expect(namesOf(await source.read())).toEqual(['next'])
    })

    it('that are acknowledged while they are looked for are not delivered again', async () => {
      const source = await opened()
      await publish('done')
      const entries = await source.read()
      await raw.xgroup('DESTROY', 'dev-learning', 'rosette')
      await source.read()
      await raw.call('XGROUP', 'SETID', 'dev-learning', 'rosette', '$')
      const ids = entries.map(({ position }) => position)
      await raw.call('XCLAIM', 'dev-learning', 'rosette', 'one', '0', ...ids, 'FORCE')
      // Held back and let go together, so that both answers arrive in one piece.
      await raw.call('CLIENT', 'PAUSE', '50', 'ALL')
      const [again] = await Promise.all([source.read(), source.acknowledge(entries)])
      expect(again).toEqual([])
    })

    it('that are trimmed while they are handled are not reported as lost', async () => {
      const source = await opened({ pollTimeoutSeconds: 60 })
      await publish('in flight')
      const [entry] = await source.read()
      await raw.xdel('dev-learning', entry!.position)
      const reading = source.read()
      const failed = expect(reading).rejects.toThrow()
      await someoneIsBlocked()
      await raw.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes')
      await failed
      await publish('next')
      expect(namesOf(await condition(() => source.read().catch(() => null)))).toEqual(['next'])
      expect(kinds()).toEqual(['connection-lost'])
    })

    it('of a reply that a broken connection swallowed are delivered after all', async () => {
      const source = await opened({ pollTimeoutSeconds: 60 })
      await publish('in flight')
      await source.read()
      await publish('swallowed')
      await raw.xreadgroup('GROUP', 'rosette', 'one', 'STREAMS', 'dev-learning', '>')
      const reading = source.read()
      const failed = expect(reading).rejects.toThrow()
      await someoneIsBlocked()
      await raw.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes')
      await failed
      const entries = await condition(() => source.read().catch(() => null))
      expect(namesOf(entries)).toEqual(['swallowed'])
      expect(kinds()).toContain('connection-lost')
    })
  })

  describe('a stream that vanishes', () => {
    it('is made anew, and what comes then is delivered from its start', async () => {
      const source = await opened({ pollTimeoutSeconds: 60, checkBacklog: false })
      const reading = source.read()
      await someoneIsBlocked()
      await raw.flushall()
      await publish('after the flood')
      expect(await reading).toEqual([])
      expect(namesOf(await source.read())).toEqual(['after the flood'])
      expect(kinds()).toEqual(['group-recreated'])
    })

    it('is made anew when only the group was destroyed', async () => {
      const source = await opened()
      await publish('one')
      await raw.xgroup('DESTROY', 'dev-learning', 'rosette')
      expect(await source.read()).toEqual([])
      expect(namesOf(await source.read())).toEqual(['one'])
    })
  })

  it('is left at once by a source that is closed while it waits for long', async () => {
    const source = await opened({ pollTimeoutSeconds: 3600 })
    const reading = source.read()
    await someoneIsBlocked()
    await source.close()
    expect(await reading).toEqual([])
  })
})

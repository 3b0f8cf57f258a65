import type { Redis } from 'ioredis'
import { type ConsumerLag, type EventSource, type RawEntry, topicKey } from './envelope.js'
import type { SourceHappening } from './happenings.js'
import { createInFlight } from './in-flight.js'
import { connectRedis } from './redis-connection.js'
import { ensureGroup, type GroupPlace, isGroupGone, moveToStart } from './redis-group.js'
import { createPendingPages } from './redis-pending.js'
import { createRedisReader } from './redis-reader.js'
import { parseGroupInfo } from './redis-replies.js'

/** Which stream is read, by whom, and how. */
export type RedisSourceOptions = {
  readonly url: string
  /** Without the prefix. */
  readonly topic: string
  readonly prefix?: string | null
  readonly consumerGroup: string
  readonly consumerName: string
  readonly batchSize?: number
  readonly pollTimeoutSeconds?: number
  /** False jumps to the end of the stream at start; otherwise the group's position is kept. */
  readonly checkBacklog?: boolean | null
  /** At start the group is put behind this entry; wins over `checkBacklog`. */
  readonly lastReadMessageId?: string | null
  /** Pending entries of any consumer are taken over after this idle time (60 s); 0 is never. */
  readonly claimOlderThanMs?: number | null
  readonly onProblem?: (happening: SourceHappening) => void
  /** Milliseconds of a clock that never goes back; for tests. */
  readonly now?: () => number
}

type Settings = ReturnType<typeof withDefaults>

/** Creates the reader of one consumer on one Redis stream. */
export function createRedisSource(options: RedisSourceOptions): EventSource {
  const settings = withDefaults(options)
  let positioned = false
  let session: Session | null = null

  return {
    async open() {
      session?.close()
      session = openSession(settings)
      await ensureGroup(session.redis, settings.place)
      // Only the first time: a later jump would skip what came while Redis was away.
      if (!positioned) await moveToStart(session.redis, settings.place, settings)
      positioned = true
    },
    read: () => opened(session).read(),
    acknowledge: (entries) => opened(session).acknowledge(entries),
    release: (entries) => session?.release(entries),
    lag: () => opened(session).lag(),
    async close() {
      session?.close()
    },
  }
}

function withDefaults({ prefix, topic, consumerGroup, consumerName, ...rest }: RedisSourceOptions) {
  const place: GroupPlace = { key: topicKey(prefix, topic), consumerGroup, consumerName }
  return {
    url: rest.url,
    topic,
    place,
    batchSize: rest.batchSize ?? 1000,
    // BLOCK 0 would wait for ever.
    pollTimeoutMs: Math.max((rest.pollTimeoutSeconds ?? 60) * 1000, 1),
    checkBacklog: rest.checkBacklog ?? null,
    lastReadMessageId: rest.lastReadMessageId ?? null,
    claimOlderThanMs: rest.claimOlderThanMs ?? 60_000,
    report: rest.onProblem ?? (() => undefined),
    now: rest.now ?? (() => performance.now()),
  }
}

function opened(session: Session | null): Session {
  if (session === null) throw new Error('The source is read before it is opened')
  return session
}

type Session = Omit<EventSource, 'open' | 'close'> & { readonly redis: Redis; close(): void }

function openSession(settings: Settings): Session {
  const { url, topic, place, report } = settings
  const onLost = () => closed || report({ kind: 'connection-lost', topic })
  // A blocked read holds its connection, so everything else goes over a second one.
  const answerWithinMs = settings.pollTimeoutMs + 10_000
  const reader = createRedisReader({ url, topic, answerWithinMs, onLost })
  const redis = connectRedis({ url, answerWithinMs: 10_000 })
  const inFlight = createInFlight(settings.now)
  const timing = { olderThanMs: settings.claimOlderThanMs, now: settings.now }
  const pending = createPendingPages({ ...settings, redis, inFlight }, timing)
  const stopKeeping = keepInFlight(settings, redis, inFlight)
  let closed = false

  async function readNew(): Promise<readonly RawEntry[]> {
    const blockMs = Math.ceil(
      Math.min(settings.pollTimeoutMs, Math.max(pending.msUntilClaim() ?? Infinity, 1)),
    )
    const { key, consumerGroup, consumerName } = place
    const range = ['COUNT', `${settings.batchSize}`, 'BLOCK', `${blockMs}`, 'STREAMS', key, '>']
    return inFlight.admit(await reader.read(['GROUP', consumerGroup, consumerName, ...range]))
  }

  async function readAny(): Promise<readonly RawEntry[]> {
    const own = await pending.own()
    if (own.length > 0) return own
    const claimed = await pending.claimed()
    return claimed.length > 0 ? claimed : await readNew()
  }

  async function recover(error: unknown): Promise<readonly RawEntry[]> {
    if (closed) return []
    // Entries of a reply that was lost on the way are pending under our name.
    pending.restart()
    if (!isGroupGone(error)) throw error
    await ensureGroup(redis, place)
    report({ kind: 'group-recreated', topic, consumerGroup: place.consumerGroup })
    return []
  }

  return {
    redis,
    read: () => readAny().catch(recover),
    async acknowledge(entries) {
      if (entries.length === 0) return
      await redis.xack(place.key, place.consumerGroup, ...entries.map((entry) => entry.position))
      inFlight.settle(entries)
    },
    release: (entries) => inFlight.settle(entries),
    lag: () => readLag(redis, place),
    close() {
      closed = true
      stopKeeping()
      reader.disconnect()
      redis.disconnect()
    },
  }
}

/**
 * Renews our hold on entries that take long (the database is away, say): to the other consumers
 * they would look like those of a dead one.
 */
function keepInFlight(
  { place, claimOlderThanMs }: Settings,
  redis: Redis,
  inFlight: ReturnType<typeof createInFlight>,
): () => void {
  const everyMs = Math.max((claimOlderThanMs || 60_000) / 3, 10)
  const timer = setInterval(() => {
    const ids = inFlight.olderThan(everyMs)
    if (ids.length === 0) return
    const { key, consumerGroup, consumerName } = place
    // A failure costs nothing more than work done twice; the connection reports itself.
    redis.xclaim(key, consumerGroup, consumerName, 0, ...ids, 'JUSTID').catch(() => undefined)
  }, everyMs)
  timer.unref()
  return () => clearInterval(timer)
}

async function readLag(redis: Redis, { key, consumerGroup }: GroupPlace): Promise<ConsumerLag> {
  const info = parseGroupInfo(await redis.call('XINFO', 'GROUPS', key), consumerGroup)
  const behind = info?.['lag']
  return {
    pending: Number(info?.['pending'] ?? 0),
    behind: typeof behind === 'number' ? behind : null,
  }
}

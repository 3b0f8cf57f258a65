import type { Redis } from 'ioredis'
import { topicKey } from './envelope.js'
import type { BusInspector, GroupState, TopicState } from './inspect.js'
import { connectRedis } from './redis-connection.js'
import { parseInfo, parseInfoList } from './redis-replies.js'

type Options = { readonly url: string; readonly prefix?: string | null }

/** Asks Redis how streams and their groups are, over a connection of its own that is made when needed. */
export function createRedisInspector({ url, prefix }: Options): BusInspector {
  let redis: Redis | null = null

  async function inspectTopic(connection: Redis, topic: string): Promise<TopicState> {
    const key = topicKey(prefix, topic)
    try {
      const stream = parseInfo(await connection.call('XINFO', 'STREAM', key))
      const groups = parseInfoList(await connection.call('XINFO', 'GROUPS', key))
      const states = await Promise.all(groups.map((group) => inspectGroup(connection, key, group)))
      return { topic, length: Number(stream['length'] ?? 0), groups: states }
    } catch (error) {
      if (error instanceof Error && /no such key/i.test(error.message)) {
        return { topic, length: null, groups: [] }
      }
      throw error
    }
  }

  return {
    async inspect(topics) {
      redis ??= connectRedis({ url, answerWithinMs: 5000 })
      const connection = redis
      try {
        return await Promise.all(topics.map((topic) => inspectTopic(connection, topic)))
      } catch (cause) {
        // The library tells of its retries; people need to know who does not answer.
        if (connection.status === 'ready') throw cause
        const { host } = new URL(url)
        throw new Error(`Redis at ${host} cannot be reached; it is tried again by itself`, {
          cause,
        })
      }
    },
    async close() {
      redis?.disconnect()
      redis = null
    },
  }
}

async function inspectGroup(
  redis: Redis,
  key: string,
  group: Readonly<Record<string, unknown>>,
): Promise<GroupState> {
  const name = String(group['name'])
  const consumers = parseInfoList(await redis.call('XINFO', 'CONSUMERS', key, name))
  const behind = group['lag']
  return {
    name,
    pending: Number(group['pending'] ?? 0),
    behind: typeof behind === 'number' ? behind : null,
    consumers: consumers.map((consumer) => ({
      name: String(consumer['name']),
      pending: Number(consumer['pending'] ?? 0),
      idleMs: typeof consumer['idle'] === 'number' ? consumer['idle'] : null,
    })),
  }
}

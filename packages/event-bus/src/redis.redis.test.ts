import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe } from 'vitest'
import { type RedisServer, redisAvailable, startRedis } from '../../testkit/src/redis-server.js'
import { createRedisSink } from './redis-sink.js'
import { createRedisSource } from './redis-source.js'
import { describeTransport } from './transport.features.js'

const installed = redisAvailable()
const name = installed ? 'Redis' : 'Redis (skipped: install redis-server to run these)'

describe.skipIf(!installed)(name, () => {
  let server: RedisServer
  let raw: Redis

  beforeAll(async () => {
    server = await startRedis()
    raw = new Redis(server.url)
  })

  afterAll(async () => {
    raw?.disconnect()
    await server?.stop()
  })

  describeTransport('the Redis transport', async () => {
    await raw.flushall()
    const { url } = server
    const common = { url, topic: 'learning', prefix: 'dev', pollTimeoutSeconds: 0.05 }
    return {
      source: (consumer) => createRedisSource({ ...common, ...consumer }),
      sink: () => createRedisSink({ url, prefix: 'dev' }),
    }
  })
})

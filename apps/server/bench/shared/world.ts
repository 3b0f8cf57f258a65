import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { createRedisSink, type OutgoingMessage } from '@rosette/event-bus'
import { startRedis } from '@rosette/testkit'
import { startDurablePostgres } from '../../proofs/shared/durable-postgres.js'
import { openDatabaseFor } from '../../proofs/shared/observe.js'

const child = fileURLToPath(new URL('./consumer-child.js', import.meta.url))
export const topic = 'learning-badges-lifecycle'

export type Report = {
  readonly at: number
  readonly received: number
  readonly awarded: number
  readonly peak: number
  readonly cpu: { readonly user: number; readonly system: number }
}

/** A real Redis and a real, durable PostgreSQL on this machine. */
export async function openWorld() {
  const redis = await startRedis()
  const postgres = await startDurablePostgres()
  return {
    redis,
    postgres,
    async close() {
      await redis.stop()
      await postgres.stop()
    },
  }
}

export type World = Awaited<ReturnType<typeof openWorld>>

/** One database and one stream, filled beforehand or while it runs. */
export async function openLane({ redis, postgres }: World, prefix: string) {
  const database = await openDatabaseFor(postgres, prefix)
  const sink = createRedisSink({ url: redis.url, prefix, maxLen: 10_000_000 })
  return {
    prefix,
    database,
    async publish(messages: Iterable<Omit<OutgoingMessage, 'topic'>>) {
      let part: OutgoingMessage[] = []
      for (const message of messages) {
        part.push({ ...message, topic })
        if (part.length === 1000) {
          await sink.publish(part)
          part = []
        }
      }
      if (part.length > 0) await sink.publish(part)
    },
    env: {
      BADGES_ENABLED: 'true',
      ROSETTE_LOG_LEVEL: 'warn',
      DATABASE_URL: database.url,
      ROSETTE_MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
      EVENT_BUS_REDIS_CONNECTION_URL: redis.url,
      EVENT_BUS_TOPIC_PREFIX: prefix,
      EVENT_BUS_REDIS_CONSUMER_POLL_TIMEOUT: '1',
    },
    async close() {
      await sink.close()
      await database.close()
    },
  }
}

export type Lane = Awaited<ReturnType<typeof openLane>>

/** Starts one consumer process; its reports come one per committed batch. */
export function startConsumer(lane: Lane, onReport: (report: Report) => void) {
  const env = { PATH: process.env['PATH'], ...lane.env }
  const consumer = fork(child, { env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  consumer.on('message', (report: Report) => onReport(report))
  const ended = once(consumer, 'exit')
  let stopping = false
  consumer.on('exit', (code) => {
    if (!stopping) throw new Error(`the consumer ended by itself with ${code}`)
  })
  return {
    async stop() {
      stopping = true
      if (consumer.connected) consumer.send('stop')
      await ended
    },
  }
}

/** Lets one consumer process take in everything that is on the stream, and measures that. */
export async function consumeAll(lane: Lane, count: number) {
  const reports: Report[] = []
  const done = new Promise<void>((resolve) => {
    const consumer = startConsumer(lane, (report) => {
      reports.push(report)
      if (report.received >= count) void consumer.stop().then(resolve)
    })
  })
  await done
  // The first batches pay for compiling and planning; they are left out, as in a process that runs on.
  const first = reports.find((r) => r.received >= count * 0.1)
  const last = reports.at(-1)
  if (first === undefined || last === undefined) throw new Error('nothing was consumed')
  return {
    perSecond: ((last.received - first.received) * 1000) / (last.at - first.at),
    awarded: last.awarded,
    cpuMicroseconds:
      (last.cpu.user + last.cpu.system - first.cpu.user - first.cpu.system) /
      (last.received - first.received),
    peakMegabytes: last.peak / 2 ** 20,
  }
}

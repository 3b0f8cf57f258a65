import { setTimeout as pause } from 'node:timers/promises'
import { createRedisSink } from '@rosette/event-bus'
import { startRedis } from '@rosette/testkit'
import { createCourseBadges, masterKey } from './shared/badges.js'
import { startDurablePostgres } from './shared/durable-postgres.js'
import { gradeHistory } from './shared/grades.js'
import { endState, openDatabaseFor, type Sink, say } from './shared/observe.js'
import { startServer } from './shared/server-process.js'

const events = 10_000
const learners = 400
const topic = 'learning-badges-lifecycle'
const kills = 5

const redis = await startRedis({ durable: true })
const postgres = await startDurablePostgres()
const history = gradeHistory({ events, learners, seed: 20_261_122 })
say(`${events} events of ${learners} learners, read from a real Redis into a real PostgreSQL`)

try {
  const calm = await run('calm', async () => {})
  const rough = await run('rough', disturb)
  say(`undisturbed: ${describe(calm)}`)
  say(`disturbed:   ${describe(rough)}`)
  const faults = compare(calm, rough)
  if (faults.length > 0) throw new Error(faults.join('\n'))
  say(
    `proved: after ${kills} kills of the server and one each of Redis and PostgreSQL, ${events} of ${events} events count, ` +
      `the same ${rough.awards.length} badges are held, none twice, each signed and announced`,
  )
} finally {
  await redis.stop()
  await postgres.stop()
}

type World = Awaited<ReturnType<typeof openWorld>>

async function run(name: string, disturbance: (world: World) => Promise<void>) {
  const world = await openWorld(name)
  await publish(world.sink)
  await world.server.start()
  await disturbance(world)
  await world.server.ready()
  const state = await settled(world)
  await world.server.stop()
  await world.close()
  return state
}

async function openWorld(name: string) {
  const database = await openDatabaseFor(postgres, `crash_${name}`)
  await createCourseBadges(database.db)
  const sink: Sink = createRedisSink({ url: redis.url, prefix: name, maxLen: 1_000_000 })
  const server = startServer({
    DATABASE_URL: database.url,
    ROSETTE_MASTER_KEY: masterKey.toString('base64'),
    EVENT_BUS_REDIS_CONNECTION_URL: redis.url,
    EVENT_BUS_TOPIC_PREFIX: name,
    EVENT_BUS_REDIS_STREAM_MAX_LEN: '1000000',
    // Small batches, so that every kill lands in the middle of something.
    ROSETTE_BATCH_SIZE: '100',
  })
  const close = async () => {
    await sink.close()
    await database.close()
  }
  return { name, database, sink, server, close }
}

async function publish(sink: Sink): Promise<void> {
  for (let i = 0; i < history.length; i += 500) {
    await sink.publish(history.slice(i, i + 500).map((message) => ({ ...message, topic })))
  }
}

async function disturb({ database, server }: World): Promise<void> {
  for (let kill = 1; kill <= kills; kill++) {
    const seen = await database.reaches((kill * events) / (kills + 3))
    await server.kill()
    say(`kill -9 of the server after ${seen} events`)
    await server.start()
  }
  await database.reaches((events * (kills + 1)) / (kills + 3))
  await redis.kill()
  await pause(300)
  await redis.restart()
  say('kill -9 of Redis, started again')
  await database.reaches((events * (kills + 2)) / (kills + 3))
  await postgres.kill()
  say('kill -9 of PostgreSQL, started again')
}

type State = Awaited<ReturnType<typeof endState>>

// Ends when nothing moves any more; a proof that hangs is ended by whoever runs it.
async function settled({ name, database }: World): Promise<State> {
  for (;;) {
    const state = await endState(database, { redisUrl: redis.url, stream: `${name}-${topic}` })
    if (state.events === events && state.waiting === 0 && state.pending === 0) return state
    await pause(200)
  }
}

function describe({ events, marks, awards, signals, credentials }: State): string {
  return `${events} events, ${marks.length} marks, ${awards.length} badges held, ${credentials} signed, ${signals.length} signals on the bus (${new Set(signals).size} distinct)`
}

function compare(calm: State, rough: State): string[] {
  const faults: string[] = []
  const same = (what: string, a: readonly string[], b: readonly string[]) => {
    if (a.join('\n') !== b.join('\n')) faults.push(`The ${what} differ from the undisturbed run.`)
  }
  same('marks', calm.marks, rough.marks)
  same('badges held', calm.awards, rough.awards)
  for (const state of [calm, rough]) {
    if (new Set(state.awards).size !== state.awards.length) faults.push('A badge is held twice.')
    if (state.credentials < state.awards.length) faults.push('A badge is not signed.')
    if (state.deadLetters > 0) faults.push('An event was parked.')
    const missing = state.announced.filter((id) => !state.signals.includes(id))
    if (missing.length > 0) faults.push(`${missing.length} signals never reached the bus.`)
  }
  return faults
}

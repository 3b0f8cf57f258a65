import { setTimeout as pause } from 'node:timers/promises'
import { createRedisSink } from '@rosette/event-bus'
import { createAccredibleSimulator, createCredlySimulator } from '@rosette/providers'
import { startRedis } from '@rosette/testkit'
import { createIssuer, masterKey } from './shared/badges.js'
import { startDurablePostgres } from './shared/durable-postgres.js'
import { courses, grade } from './shared/grades.js'
import { openDatabaseFor, say } from './shared/observe.js'
import { type Place, placeAtAccredible, placeAtCredly } from './shared/places.js'
import { startServer } from './shared/server-process.js'

const learners = 1000
/** Of the server, in both halves together. */
const kills = 6
const topic = 'learning-badges-lifecycle'

const redis = await startRedis({ durable: true })
const postgres = await startDurablePostgres()
const database = await openDatabaseFor(postgres, 'issuing')
const simulators = {
  credly: createCredlySimulator({ seed: 1 }),
  accredible: createAccredibleSimulator({ seed: 2, rateLimit: false }),
}
const server = startServer({
  DATABASE_URL: database.url,
  ROSETTE_MASTER_KEY: masterKey.toString('base64'),
  EVENT_BUS_REDIS_CONNECTION_URL: redis.url,
})
const sink = createRedisSink({ url: redis.url, prefix: '', maxLen: 1_000_000 })

const issuer = await createIssuer(database.db)
const credly = await placeAtCredly(database.db, issuer, simulators.credly)
const accredible = await placeAtAccredible(database.db, issuer, simulators.accredible)

try {
  await server.start()
  say(`${learners} learners pass a course: one badge at Credly for each, and one at Accredible`)
  await publish({ passing: true })
  await through('issued', { away: credly, meanwhile: accredible })
  say(`${learners} learners fail it: both badges of each are taken back`)
  await publish({ passing: false })
  await through('revoked', { away: accredible, meanwhile: credly })
  await server.stop()
  say(
    `proved: ${learners} badges at each of two providers, each issued once and taken back once, and every award says so, ` +
      `after ${kills} kills of the server, both providers away for a while, timeouts, resets, 429, 500, 502 and lost answers`,
  )
} finally {
  await server.stop()
  await sink.close()
  await database.close()
  for (const place of [credly, accredible]) await place.shut()
  for (const simulator of Object.values(simulators)) await simulator.close()
  await postgres.stop()
  await redis.stop()
}

/**
 * One provider is away while the other fails in every way it can; then the first comes back, failing too.
 * Ends when every award says so; a proof that hangs is ended by whoever runs it.
 */
async function through(
  state: 'issued' | 'revoked',
  { away, meanwhile }: { readonly away: Place; readonly meanwhile: Place },
): Promise<void> {
  await away.shut()
  troubles(meanwhile)
  await killAfter(meanwhile, state, learners / 4)
  const seen = await atLeast(meanwhile, state, learners / 2)
  const held = await count(away, state)
  say(`  ${seen} ${state} at ${meanwhile.name}, while ${away.name} is away (${held} there)`)
  if (held > 0) throw new Error(`${away.name} is away and yet ${held} are ${state} there.`)
  await away.open()
  troubles(away)
  await killAfter(away, state, learners / 4)
  await killAfter(away, state, learners / 2)
  for (const place of [away, meanwhile]) {
    await atLeast(place, state, learners)
    place.faults.clear()
    compare(place, state)
  }
}

async function killAfter(place: Place, state: string, wanted: number): Promise<void> {
  const seen = await atLeast(place, state, wanted)
  await server.kill()
  say(`  kill -9 of the server after ${seen} ${state} at ${place.name}`)
  await server.start()
}

async function atLeast(place: Place, state: string, wanted: number): Promise<number> {
  for (;;) {
    const seen = await count(place, state)
    if (seen >= wanted) return seen
    server.assertRunning()
    await pause(50)
  }
}

function troubles({ faults }: Place): void {
  faults.add({ fault: { kind: 'rate-limit', retryAfter: 1 }, share: 0.02, times: 8 })
  faults.add({ fault: { kind: 'lost-answer' }, share: 0.05, times: 60 })
  faults.add({ fault: { kind: 'lost-answer', hang: true }, share: 0.01, times: 3 })
  faults.add({ fault: { kind: 'hang' }, share: 0.01, times: 3 })
  faults.add({ fault: { kind: 'reset' }, share: 0.02, times: 20 })
  faults.add({ fault: { kind: 'status', status: 500 }, share: 0.02, times: 20 })
  faults.add({ fault: { kind: 'status', status: 502, html: true }, share: 0.02, times: 20 })
  faults.add({ fault: { kind: 'delay', ms: 200 }, share: 0.2 })
}

async function publish({ passing }: { readonly passing: boolean }): Promise<void> {
  const first = passing ? 0 : learners
  const course = courses[0] ?? ''
  await sink.publish(
    Array.from({ length: learners }, (_, i) => {
      const learner = i + 1
      const name = `Learner Number${learner}`
      return { ...grade({ number: first + i, learner, course, passing, name }), topic }
    }),
  )
}

async function count({ accountId }: Place, state: string): Promise<number> {
  const { rows } = await database.pool.query<{ count: number }>(
    'select count(*)::int as count from issuance where account_id = $1 and state = $2',
    [accountId, state],
  )
  return rows[0]?.count ?? 0
}

function compare(place: Place, state: 'issued' | 'revoked'): void {
  const badges = place.badges()
  const holders = new Set(badges.map(({ email }) => email))
  const wrong = badges.filter(({ isLive }) => isLive !== (state === 'issued'))
  say(
    `  at ${place.name}: ${badges.length} badges of ${holders.size} learners, ${badges.length - wrong.length} ${state === 'issued' ? 'valid' : 'taken back'}`,
  )
  if (badges.length !== learners) throw new Error(`${badges.length} badges instead of ${learners}.`)
  if (holders.size !== learners) throw new Error(`Only ${holders.size} learners have one.`)
  if (wrong.length > 0) throw new Error(`${wrong.length} badges are not ${state}.`)
}

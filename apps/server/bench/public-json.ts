import { fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import Fastify from 'fastify'
import { createApp } from '#src/app.js'
import { settingsFrom } from '#src/config/load.js'
import { createPool, inTransaction } from '#src/db/database.js'
import { carryOut } from '#src/features/awards/awards.js'
import { createIssuer, masterKey } from '../proofs/shared/badges.js'
import { startDurablePostgres } from '../proofs/shared/durable-postgres.js'
import { passingType } from '../proofs/shared/grades.js'
import { openDatabaseFor, say } from '../proofs/shared/observe.js'
import { anActiveTemplate } from '../src/testing/sample-templates.js'

const ana = { username: 'ana', email: 'ana@learners.example', name: 'Ana' }
const ROUNDS = 7
const ROUND_MS = 1500

const postgres = await startDurablePostgres()
const database = await openDatabaseFor(postgres, 'bench_public')
const settings = settingsFrom({
  BADGES_ENABLED: 'true',
  ROSETTE_LOG_LEVEL: 'silent',
  ROSETTE_MASTER_KEY: masterKey.toString('base64'),
  ROSETTE_BASE_URL: 'https://badges.example',
  DATABASE_URL: database.url,
})
const app = createApp(settings, createPool(database.url, 8))
const server = app.createServer()
const empty = Fastify({ logger: false })
const clients = fork(fileURLToPath(new URL('./shared/request-child.js', import.meta.url)))

try {
  const path = `/credentials/${await signBadge()}`
  const { rawPayload: body } = await server.inject(path)
  empty.get('/empty', (_request, reply) => reply.type('application/json').send(body))
  const sides = {
    ours: `${await server.listen({ port: 0, host: '127.0.0.1' })}${path}`,
    empty: `${await empty.listen({ port: 0, host: '127.0.0.1' })}/empty`,
  }
  const { ours, other } = await race(sides)
  const ratio = Math.round((100 * ours) / other)
  say(`GET /credentials/:id (${body.length} B), requests in a second of processor time`)
  say(`ours ${Math.round(ours)}, an empty route of the framework ${Math.round(other)}: ${ratio} %`)
  say(ratio >= 80 ? 'met: at least 80 %' : 'MISSED: at least 80 %')
} finally {
  clients.disconnect()
  await server.close()
  await empty.close()
  await app.close()
  await database.close()
  await postgres.stop()
}

/** A badge of the real application, granted by hand and signed. */
async function signBadge(): Promise<string> {
  const { db, consequences, issuances } = app
  const rules = { name: 'Course', requirements: [{ eventType: passingType }] }
  const templateId = await anActiveTemplate(db, rules, await createIssuer(db))
  const id = randomUUID()
  await inTransaction(db, async (tx) => {
    const { id: learnerId } = await tx
      .insertInto('learner')
      .values({ ...ana, lms_user_id: 1 })
      .returning('id')
      .executeTakeFirstOrThrow()
    const awardedAt = '2026-03-12T08:30:00.000000Z'
    const given = { instance: '*', source: 'hand' as const, expiresAt: null, cause: {} }
    const award = { id, templateId, learnerId, awardedAt, evidence: [], ...given }
    const learner = { ...ana, id: learnerId, lmsUserId: 1, isActive: true }
    const template = { id: templateId, name: '', description: '', origin: 'openedx' as const }
    const change = { change: 'grant' as const, award, learner, template }
    await carryOut(tx, [change], consequences)
  })
  await issuances.issue({ awardId: id }, { number: 1, isLast: false })
  return id
}

// The sides take turns, in one process; who asks is another one. The first round warms up.
async function race(sides: { readonly ours: string; readonly empty: string }) {
  const seen = { ours: [] as number[], empty: [] as number[] }
  for (let round = 0; round <= ROUNDS; round++) {
    for (const side of ['ours', 'empty'] as const) {
      const perSecond = await measure(sides[side])
      if (round > 0) seen[side].push(perSecond)
    }
  }
  return { ours: median(seen.ours), other: median(seen.empty) }
}

async function measure(url: string): Promise<number> {
  const before = process.cpuUsage()
  clients.send({ url, milliseconds: ROUND_MS })
  const [count] = await once(clients, 'message')
  const { user, system } = process.cpuUsage(before)
  return (Number(count) * 1_000_000) / (user + system)
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

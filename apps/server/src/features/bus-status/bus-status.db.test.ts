import { randomUUID } from 'node:crypto'
import { createMetadata } from '@rosette/openedx-events'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ApiClient, createApiClient } from '../../testing/api-client.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

let app: TestApp
let api: ApiClient

beforeAll(async () => {
  app = await createTestApp({ ROSETTE_TOPICS: 'learning' })
  api = await createApiClient(app)
})

afterAll(async () => await app.drop())

function message() {
  const eventType = 'org.openedx.learning.course.passing.status.updated.v1'
  const metadata = createMetadata({
    eventType,
    id: randomUUID(),
    time: new Date().toISOString(),
    source: 'openedx/lms/web',
    sourcehost: 'lms',
  })
  return { topic: 'learning', metadata, value: Buffer.from('x') }
}

it('tells topics, groups and how far ours is behind', async () => {
  const source = app.bus.source({
    topic: 'learning',
    consumerGroup: 'rosette',
    consumerName: 'one',
  })
  await source.open()
  await app.bus.sink.publish([message(), message(), message()])
  const running = app.running.began({ topic: 'learning', group: 'rosette', name: 'one' })
  running.handled(30)
  const { body } = await api.get('bus')
  expect(body).toMatchObject({ kind: 'memory', isEnabled: true, problem: null })
  const [learning] = body.topics
  expect(learning).toMatchObject({ name: 'learning', length: 3, isConsumed: true })
  expect(learning.groups).toEqual([
    { name: 'rosette', isOurs: true, pending: 0, behind: 3, consumers: [] },
  ])
  expect(body.running[0]).toMatchObject({ topic: 'learning', name: 'one', batchesPerSecond: 1 })
  running.ended()
  expect((await api.get('bus')).body.running).toEqual([])
  const types = body.signals.map(({ eventType }: { eventType: string }) => eventType)
  expect(types).toContain('org.openedx.learning.badge.awarded.v1')
})

it('puts signals that stopped back into the queue, and writes down who did', async () => {
  const signal = { event_type: 'x', occurred_at: new Date().toISOString(), data: '{}' }
  for (const state of ['stopped', 'stopped', 'sent'] as const) {
    await app.db
      .insertInto('outbox')
      .values({ ...signal, event_id: randomUUID(), state, last_error: 'no' })
      .execute()
  }
  expect((await api.get('bus')).body.outbox).toMatchObject({ waiting: 0, stopped: 2 })
  const answers = await Promise.all([api.post('bus/outbox/retry'), api.post('bus/outbox/retry')])
  expect(answers.map(({ body }) => body.retried).sort()).toEqual([0, 2])
  expect((await api.get('bus')).body.outbox).toMatchObject({ waiting: 2, stopped: 0 })
  const log = await app.db
    .selectFrom('audit_log')
    .selectAll()
    .where('action', '=', 'signals.retry')
    .execute()
  expect(log).toHaveLength(1)
})

it('says that Redis is away, with what is known without it', async () => {
  const away = await createTestApp({ EVENT_BUS_REDIS_CONNECTION_URL: 'redis://127.0.0.1:1' })
  try {
    const { status, body } = await (await createApiClient(away)).get('bus')
    expect(status).toBe(200)
    expect(body.kind).toBe('redis')
    expect(body.problem).toContain('Redis at 127.0.0.1:1 cannot be reached')
    expect(body.topics[0]).toMatchObject({ name: 'learning-badges-lifecycle', length: null })
  } finally {
    await away.drop()
  }
})

it('shows the settings with their origin, the database and its migrations', async () => {
  const { status, body } = await api.get('configuration')
  expect(status).toBe(200)
  expect(body.version).toMatch(/^\d+\.\d+\.\d+/)
  expect(body.database.kind).toBe('server')
  expect(body.database.bytes).toBeGreaterThan(1e6)
  expect(body.database.missingMigrations).toEqual([])
  expect(body.database.migrations.length).toBeGreaterThan(4)
  const names = body.settings.map(({ name }: { name: string }) => name)
  expect(names).toContain('ROSETTE_EVENT_RETENTION_MONTHS')
  expect(JSON.stringify(body)).not.toContain(app.adminToken)
})

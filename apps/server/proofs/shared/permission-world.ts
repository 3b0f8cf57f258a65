import { randomBytes, randomUUID } from 'node:crypto'
import { createTestDatabase } from '@rosette/testkit'
import type { InjectOptions } from 'fastify'
import { createApp } from '#src/app.js'
import { settingsFrom } from '#src/config/load.js'
import { createPool } from '#src/db/database.js'
import type { Access } from '#src/http/access.js'
import { migrate } from '#src/runtime.js'
import { createFakeProvider } from '../../src/testing/fake-provider.js'
import { passingType } from './grades.js'
import {
  type Ask,
  another,
  course,
  type FreshKind,
  type InstallationThings,
  type Maker,
  personOf,
  sha256,
  type Things,
  thingsOf,
} from './permission-things.js'

/** A route of the server, and who may use it; pages for everybody need not say it. */
export type Route = {
  readonly method: string
  readonly url: string
  readonly access: Access | undefined
}

export type Answer = { readonly status: number; readonly text: string }
export type Send = (options: InjectOptions) => Promise<Answer>

export const baseUrl = 'https://badges.example'

/**
 * The real application on a database of its own, with two organizations that have one of everything.
 * What belongs to the first says Astral, what belongs to the second Boreal.
 */
export async function openPermissionWorld({ serverUrl }: { readonly serverUrl?: string } = {}) {
  const database = await createTestDatabase(migrateAt, serverUrl === undefined ? {} : { serverUrl })
  const adminToken = `proof_${randomBytes(16).toString('hex')}`
  const settings = settingsFrom({
    BADGES_ENABLED: 'true',
    ROSETTE_LOG_LEVEL: 'silent',
    ROSETTE_MASTER_KEY: randomBytes(32).toString('base64'),
    ROSETTE_BASE_URL: baseUrl,
    DATABASE_URL: database.url,
  })
  const { provider } = createFakeProvider()
  const pool = createPool(database.url, 8)
  const app = createApp(settings, pool, { freshFor: 0, createProvider: () => provider })
  await app.db
    .insertInto('api_token')
    .values({ name: 'proof', hash: sha256(adminToken) })
    .execute()
  const { routes, send, close } = await openServer(app)

  const ask: Ask = async (method, path, payload) => {
    const type = path === '/events' ? 'application/cloudevents+json' : typeOf(payload)
    const headers = {
      authorization: `Bearer ${adminToken}`,
      ...(payload && { 'content-type': type }),
    }
    const url = path.startsWith('/') ? path : `/api/v1/${path}`
    const { status, text } = await send({ method, url, headers, ...(payload && { payload }) })
    if (status >= 300) throw new Error(`${method} ${url}: ${status} ${text}`)
    return parseAnswer(text)
  }
  const maker = { db: app.db, ask }
  const first = await thingsOf('Astral', maker)
  const second = await thingsOf('Boreal', maker)
  const installation = await installationThings(maker)
  const share = { ...maker, installation }
  return {
    app,
    db: app.db,
    pool,
    routes,
    send,
    installation,
    /** A thing of the first organization that a request may use up. */
    another: (kind: FreshKind) => another(kind, 'Astral', { maker, of: first }),
    /** May do everything; what it sees is all there is. */
    administrator: {
      name: 'administrator',
      kind: 'token' as const,
      may: () => true,
      mayAnywhere: () => true,
      headers: async () => ({ authorization: `Bearer ${adminToken}` }),
    },
    first: await awarded(first, share),
    second: await awarded(second, share),
    async close() {
      await close()
      await app.close()
      await database.drop()
    },
  }
}

export type PermissionWorld = Awaited<ReturnType<typeof openPermissionWorld>>
async function openServer(app: ReturnType<typeof createApp>) {
  const server = app.createServer()
  const routes: Route[] = []
  server.addHook('onRoute', ({ method, url, config }) => {
    for (const one of [method].flat()) routes.push({ method: one, url, access: config?.access })
  })
  await server.ready()
  let sent = 0
  const send: Send = async (options) => {
    sent += 1
    // From everywhere: tries from one address are limited.
    const remoteAddress = `10.${(sent >> 16) & 255}.${(sent >> 8) & 255}.${sent & 255}`
    const { statusCode, payload } = await server.inject({ remoteAddress, ...options })
    return { status: statusCode, text: payload }
  }
  return { routes, send, close: () => server.close() }
}

/** What belongs to all: a learner, what was heard of them, and what could not be read. */
async function installationThings({ db, ask }: Maker): Promise<InstallationThings> {
  const event = randomUUID()
  const pii = { username: 'ada', email: 'ada@learners.example', name: 'Ada Lovelace' }
  const data = {
    is_passing: true,
    course: { course_key: course, display_name: '' },
    user: { id: 17, is_active: true, pii },
  }
  const attributes = { specversion: '1.0', type: passingType, source: '/lms', id: event }
  const time = '2026-03-01T10:00:00Z'
  // Rules of both organizations wait for it: it has two effects.
  await ask('POST', '/events', { ...attributes, time, data: { course_passing_status: data } })
  const { public_id } = await db
    .selectFrom('learner')
    .select('public_id')
    .where('username', '=', 'ada')
    .executeTakeFirstOrThrow()
  const logged = await db.selectFrom('event_log').select('id').executeTakeFirstOrThrow()
  const deadLetter = await db
    .insertInto('dead_letter')
    .values({
      topic: 'learning',
      consumer_group: 'rosette',
      position: '1',
      event_type: null,
      event_id: null,
      headers: '{}',
      value: null,
      reason: 'undecodable',
      detail: 'Nobody can read it.',
      settled_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return {
    learner: public_id,
    event: logged.id,
    deadLetter: deadLetter.id,
    user: await personOf('Common', { db }),
  }
}

type Sharing = Maker & { readonly installation: InstallationThings }

/** What has come of that event in an organization: an award, and an issuance that has failed. */
async function awarded(things: Omit<Things, 'award' | 'issuance'>, { db }: Sharing) {
  const { id: award } = await db
    .selectFrom('award')
    .select('id')
    .where('template_id', '=', things.template)
    .executeTakeFirstOrThrow()
  const { id: issuance } = await db
    .updateTable('issuance')
    .set({ state: 'failed' })
    .where('award_id', '=', award)
    .returning('id')
    .executeTakeFirstOrThrow()
  return { ...things, award, issuance }
}

function typeOf(payload: object | string | undefined): string {
  if (typeof payload !== 'string') return 'application/json'
  return payload.startsWith('<') ? 'image/svg+xml' : 'text/csv'
}

function parseAnswer(text: string) {
  return JSON.parse(text) as { readonly id: string }
}

async function migrateAt(url: string): Promise<void> {
  const pool = createPool(url, 1)
  await migrate(pool)
  await pool.end()
}

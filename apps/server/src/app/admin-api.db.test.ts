import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiClient, createApiClient } from '../testing/api-client.js'
import { createTestApp, type TestApp } from '../testing/test-app.js'

let app: TestApp
let api: ApiClient
beforeAll(async () => {
  app = await createTestApp()
  api = await createApiClient(app)
})
afterAll(async () => {
  await api.server.close()
  await app.drop()
})

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const

async function operations() {
  const { body } = await api.get('/api/openapi.json')
  return Object.entries<Record<string, object>>(body.paths).flatMap(([path, item]) =>
    methods.flatMap((method) => (item[method] ? [{ method, path, operation: item[method] }] : [])),
  )
}

/** What strangers may do. Whoever adds to this list opens a door to everybody. */
const open: readonly string[] = [
  'GET /api/v1/sign-in-options',
  'POST /api/v1/session',
  'DELETE /api/v1/session',
  'POST /api/v1/set-up',
  'POST /api/v1/password-resets',
  'POST /api/v1/password-resets/use',
  'POST /api/v1/invitations/find',
  'POST /api/v1/invitations/accept',
  'POST /api/v1/sign-in-links',
  'POST /api/v1/sign-in-links/use',
  'POST /api/v1/endorsement-requests/read',
  'POST /api/v1/endorsement-requests/answer',
  'GET /api/v1/appearance',
  'POST /api/v1/verifications',
]

describe('the OpenAPI document', () => {
  it('is open, of version 3.1, and has no reference that leads nowhere', async () => {
    const response = await api.server.inject('/api/openapi.json')
    expect(response.statusCode).toBe(200)
    const document = response.json()
    expect(document.openapi).toBe('3.1.0')
    const references = [...response.payload.matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref]) => ref)
    expect(references.length).toBeGreaterThan(50)
    const missing = references.filter((ref) => {
      const name = ref?.replace('#/components/schemas/', '') ?? ''
      return document.components.schemas[name] === undefined
    })
    expect([...new Set(missing)]).toEqual([])
  })

  it('tells of each operation what it does, what it needs, and how it refuses', async () => {
    const all = await operations()
    expect(all.length).toBeGreaterThan(45)
    for (const { method, path, operation } of all) {
      expect(operation, `${method} ${path}`).toMatchObject({
        summary: expect.any(String),
        security: isOpen(method, path) ? [] : [{ token: [] }, { session: [] }],
        description: expect.stringMatching(needs(method, path)),
        responses: {
          '4XX': { content: { 'application/problem+json': { schema: expect.any(Object) } } },
        },
      })
    }
  })

  it('has a page to read it, which loads nothing from elsewhere', async () => {
    const page = await api.server.inject('/api/docs')
    expect(page.statusCode).toBe(200)
    expect(page.headers['content-security-policy']).toContain("default-src 'none'")
    expect(page.payload).not.toMatch(/https?:\/\//)
    expect((await api.server.inject('/api/docs/static/swagger-ui.css')).statusCode).toBe(200)
  })
})

const isOpen = (method: string, path: string) => open.includes(`${method.toUpperCase()} ${path}`)
const needs = (method: string, path: string) =>
  isOpen(method, path) ? /Open to everybody\.$/ : /Needs (`[a-z]+:[a-z]+`|somebody) .*\.$/

describe('without a token', () => {
  const registered = () =>
    api.routes.filter(
      ({ method, url }) =>
        !['HEAD', 'OPTIONS'].includes(method) && /^\/(api\/v\d|events)/.test(url),
    )

  it('every route of the API is refused, but those for everybody', async () => {
    const guarded = registered().filter(({ access }) => access !== 'open')
    expect(guarded.length).toBeGreaterThan(45)
    const others = registered().filter(({ access }) => access === 'open')
    expect(others.map(({ method, url }) => `${method} ${url}`).sort()).toEqual([...open].sort())
    for (const { method, url } of guarded) {
      const answer = await api.server.inject({
        method,
        url: url.replaceAll(/:\w+/g, '00000000-0000-4000-8000-000000000000'),
      } as InjectOptions)
      expect(answer.statusCode, `${method} ${url}`).toBe(401)
      expect(answer.headers['www-authenticate']).toBe('Bearer')
      expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
      expect(answer.json()).toEqual({
        type: 'about:blank',
        title: expect.stringContaining('Sign in'),
        status: 401,
        code: 'not-signed-in',
      })
    }
  })

  it('no route of the API is left out of the document', async () => {
    const documented = (await operations()).map(({ method, path }) => `${method} ${path}`)
    const found = registered().map(
      ({ method, url }) => `${method.toLowerCase()} ${url.replaceAll(/:(\w+)/g, '{$1}')}`,
    )
    expect(found.sort()).toEqual(documented.sort())
  })

  it('a wrong token is refused like none', async () => {
    const answer = await api.send({
      method: 'GET',
      url: '/api/v1/learners',
      headers: { authorization: 'Bearer rosette_wrong' },
    })
    expect(answer.status).toBe(401)
  })
})

it('an address that cannot be read is refused like any other request', async () => {
  const answer = await api.get('learners/%ff')
  expect(answer).toMatchObject({ status: 400, body: { code: 'request-invalid' } })
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
})

describe('health and metrics', () => {
  it('tells that the process lives and may serve', async () => {
    expect((await api.server.inject('/health/live')).json()).toEqual({ status: 'live' })
    expect((await api.server.inject('/health/ready')).json()).toEqual({ status: 'ready' })
  })

  it('shows counts of what waits', async () => {
    const { statusCode, headers, payload } = await api.server.inject('/metrics')
    expect(statusCode).toBe(200)
    expect(headers['content-type']).toMatch(/^text\/plain/)
    for (const line of [
      'rosette_outbox{state="waiting"} 0',
      'rosette_dead_letters{state="parked"} 0',
      'rosette_issuances{state="queued"} 0',
    ]) {
      expect(payload).toContain(line)
    }
  })
})

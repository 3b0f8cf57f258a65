import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiClient, createApiClient } from '../../testing/api-client.js'
import { openBadgrClient } from '../../testing/badgr-client.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

const ours = /^\/(v1|v2|api\/badges\/v1)\//
/** Where nobody has to say who they are; each does nothing for strangers but what it is there for. */
const open = new Set([
  'POST /v2/auth/forgot-password',
  'PUT /v2/auth/forgot-password',
  'GET /v2/auth/forgot-password',
  'GET /v2/backpack/share/assertion/:id',
  'GET /v2/backpack/share/collection/:id',
  'GET /v1/earner/share/badge/:id',
  'GET /v1/earner/share/collection/:id',
  'POST /v2/backpack/assertions',
  'POST /v1/user/auth-token',
  'POST /v1/user/profile',
])

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

describe('every address of Badgr', () => {
  it('wants to know who asks before it looks at anything', async () => {
    const routes = api.routes.filter(({ url, method }) => ours.test(url) && method !== 'HEAD')
    expect(routes.length).toBeGreaterThan(60)
    const guessed = openBadgrClient(api.server, 'Bearer guessed')
    const answers: string[] = []
    for (const { method, url } of routes) {
      if (open.has(`${method} ${url}`) || /\*|OPTIONS|QUERY|TRACE/.test(`${method}${url}`)) continue
      const path = url.replace(/:\w+/g, 'AAAAAAAAQACAAAAAAAAAAA')
      for (const client of [openBadgrClient(api.server), guessed]) {
        const asked = { method: parseMethod(method), url: path }
        const { status } = await client.send(asked)
        if (status !== 401) answers.push(`${method} ${url}: ${status}`)
      }
    }
    expect(answers).toEqual([])
  })

  it('names what its tokens may reach, and nothing of the API of the console', async () => {
    const { body } = await api.post('tokens', { name: 'console' })
    const whole = openBadgrClient(api.server, `Bearer ${body.token}`)
    expect((await whole.get('/v2/issuers')).status).toBe(200)
    const given = await openBadgrClient(api.server).form('/o/token', {
      username: 'any',
      password: body.token,
    })
    const badgr = openBadgrClient(api.server, `Bearer ${given.body.access_token}`)
    expect((await badgr.get('/v2/issuers')).status).toBe(200)
    expect((await badgr.get('/api/v1/organizations')).status).toBe(401)
  })
})

describe('pages of other sites', () => {
  const headers = { origin: 'https://app.example', cookie: 'rosette_session=somebody' }
  const stranger = () => openBadgrClient(api.server)

  it.each(['/v2/issuers', '/v1/issuer/issuers', '/o/token', '/v2/nothing'])(
    'may ask %s, without cookies, and read refusals',
    async (url) => {
      const { headers: answered } = await stranger().send({ method: 'GET', url, headers })
      expect(answered['access-control-allow-origin']).toBe('*')
      expect(answered['access-control-allow-credentials']).toBeUndefined()
      const asking = { 'access-control-request-method': 'PUT', ...headers }
      const preflight = await stranger().send({ method: 'OPTIONS', url, headers: asking })
      expect(preflight).toMatchObject({ status: 204, body: '' })
      expect(preflight.headers['access-control-allow-headers']).toContain('authorization')
      expect(preflight.headers['access-control-allow-methods']).toContain('PUT')
      expect(preflight.headers['access-control-allow-credentials']).toBeUndefined()
    },
  )

  it('are told by a method that is not known there, in the words of each version', async () => {
    const id = 'AAAAAAAAQACAAAAAAAAAAA'
    const wrong = await stranger().send({ method: 'PATCH', url: `/v2/issuers/${id}?x=1` })
    expect(wrong).toMatchObject({
      status: 405,
      body: {
        status: { success: false, description: 'miscellaneous error' },
        result: [],
        fieldErrors: { detail: 'Method "PATCH" not allowed.' },
      },
    })
    expect(String(wrong.headers['allow']).split(', ')).toEqual(
      expect.arrayContaining(['GET', 'PUT', 'DELETE']),
    )
    const old = await stranger().send({ method: 'PATCH', url: '/v1/issuer/issuers' })
    expect(old).toMatchObject({ status: 405, body: { detail: 'Method "PATCH" not allowed.' } })
    expect((await stranger().send({ method: 'DELETE', url: '/o/token' })).status).toBe(405)
    for (const url of ['/v2/nothing', '/v2/issuers/', '/v2']) {
      expect((await stranger().send({ method: 'PATCH', url })).status).toBe(404)
    }
  })
})

function parseMethod(method: string) {
  return method as 'GET'
}

import { createServer, type IncomingMessage, type Server } from 'node:http'
import { text } from 'node:stream/consumers'
import { findFreePort } from '@rosette/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { HttpServer } from '../../http/http-server.js'
import { aSignedIn } from '../../testing/person.js'
import { aSignedBadge } from '../../testing/signed-badges.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

let app: TestApp
let server: HttpServer
let there: Server
let base = ''
let people = 0
type Reply = { readonly status?: number; readonly body?: unknown; readonly to?: string }
/** What the other host answers, by its path. */
let replies: Record<string, Reply> = {}
let asked: { path: string; body: string; authorization: string | undefined }[] = []

beforeAll(async () => {
  const port = await findFreePort()
  base = `http://localhost:${port}`
  there = createServer(async (request: IncomingMessage, response) => {
    const path = request.url ?? ''
    const { authorization } = request.headers
    asked.push({ path, body: await text(request), authorization })
    const { status = 200, body, to } = replies[path] ?? { status: 404 }
    response.writeHead(status, {
      'content-type': 'application/json',
      ...(to !== undefined && { location: to }),
    })
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  })
  await new Promise<void>((resolve) => there.listen(port, 'localhost', resolve))
  app = await createTestApp({ ROSETTE_VERIFIER_ALLOWED_HOSTS: `localhost:${port}` })
  server = app.createServer()
  await server.ready()
})

afterAll(async () => {
  there.close()
  await app.drop()
})

beforeEach(() => {
  asked = []
  replies = {
    '/.well-known/badgeconnect.json': { body: manifest() },
    '/register': { status: 201, body: { client_id: 'c', client_secret: 's%:' } },
    '/token': { body: { access_token: 'at', refresh_token: 'rt', expires_in: 3600 } },
    '/revoke': { body: {} },
    '/api/assertions': { status: 201, body: {} },
  }
})

const manifest = (changed: object = {}) => ({
  '@context': 'https://purl.imsglobal.org/spec/ob/v2p1/ob_v2p1.jsonld',
  id: `${base}/.well-known/badgeconnect.json`,
  badgeConnectAPI: [
    {
      name: 'Har\u202ebour\nHost',
      apiBase: `${base}/api`,
      version: 'v2p1',
      scopesOffered: ['https://purl.imsglobal.org/spec/ob/v2p1/scope/assertion.create'],
      registrationUrl: `${base}/register`,
      authorizationUrl: `${base}/authorize?tenant=1`,
      tokenUrl: `${base}/token`,
      tokenRevocationUrl: `${base}/revoke`,
      ...changed,
    },
  ],
})

async function aLearner() {
  people += 1
  const email = `ada${people}@learners.example`
  const person = await aSignedIn(app, server, { email })
  await app.db
    .updateTable('app_user')
    .set({ email_proven_at: new Date().toISOString() })
    .where('id', '=', person.user.id)
    .execute()
  const begin = (url = base) => person.post('me/hosts', { url })
  /** Connects, and answers with the id of the host. */
  async function connect(): Promise<string> {
    const { body } = await begin()
    const { searchParams } = new URL(body.authorizeAt)
    const state = searchParams.get('state')
    const back = `/backpack-hosts/callback/${body.host.id}?code=x&state=${state}`
    expect((await person.get(back)).status).toBe(303)
    return body.host.id
  }
  const badge = async () =>
    (await aSignedBadge(app, {}, { learner: { email, username: email } })).awardId
  const send = (id: string, badgeId: string) => person.post(`me/hosts/${id}/badges`, { badgeId })
  return { ...person, begin, connect, badge, send }
}

describe('connecting', () => {
  it('registers this site, and asks with PKCE, a state and a way back of its own', async () => {
    const ada = await aLearner()
    const { status, body } = await ada.begin()
    expect(status).toBe(201)
    expect(body.host).toMatchObject({
      name: 'Har bour Host',
      kind: 'badge-connect-2.1',
      state: 'connecting',
      badgesSent: 0,
    })
    const way = `https://badges.example/backpack-hosts/callback/${body.host.id}`
    const registered = JSON.parse(asked.find(({ path }) => path === '/register')?.body ?? '')
    expect(registered).toMatchObject({
      client_name: 'Rosette',
      redirect_uris: [way],
      token_endpoint_auth_method: 'client_secret_basic',
      scope: 'https://purl.imsglobal.org/spec/ob/v2p1/scope/assertion.create',
    })
    const { origin, searchParams } = new URL(body.authorizeAt)
    expect(origin).toBe(base)
    expect(Object.fromEntries(searchParams)).toMatchObject({
      tenant: '1',
      response_type: 'code',
      client_id: 'c',
      redirect_uri: way,
      state: expect.stringMatching(/^.{43}$/),
      code_challenge: expect.stringMatching(/^.{43}$/),
      code_challenge_method: 'S256',
    })
  })

  it.each([
    'http://127.0.0.1:9/',
    'http://169.254.169.254/latest/meta-data',
    'http://[::1]/',
    'http://10.0.0.1/',
    'http://localhost:1/',
    'ftp://hosts.example/',
    'http://user:secret@hosts.example/',
    'https://badges.example',
    'https://badges.example/backpack/settings',
  ])('does not ask %s', async (url) => {
    const answer = await (await aLearner()).begin(url)
    expect(answer).toMatchObject({ status: 422, body: { code: 'host-refused' } })
    expect(asked).toEqual([])
  })

  it('is led by no host into a private network', async () => {
    const ada = await aLearner()
    for (const member of ['registrationUrl', 'tokenUrl']) {
      const private_ = manifest({ [member]: 'http://127.0.0.1:9/' })
      replies['/.well-known/badgeconnect.json'] = { body: private_ }
      const begun = await ada.begin()
      if (member === 'registrationUrl') expect(begun.status).toBe(422)
      else {
        const state = new URL(begun.body.authorizeAt).searchParams.get('state')
        const back = `/backpack-hosts/callback/${begun.body.host.id}?code=x&state=${state}`
        expect((await ada.get(back)).status).toBe(303)
        const { items } = (await ada.get('/api/v1/me/hosts')).body
        expect(items).toMatchObject([{ state: 'ended', lastError: expect.stringMatching(/\w/) }])
      }
    }
    replies['/register'] = { status: 307, to: 'http://127.0.0.1:9/' }
    replies['/.well-known/badgeconnect.json'] = { body: manifest() }
    expect((await ada.begin()).status).toBe(422)
  })

  it.each([
    ['nothing', {}],
    ['no JSON', { body: '<html>' }],
    ['JSON of another kind', { body: { badgeConnectAPI: [] } }],
    ['no addresses', { body: { badgeConnectAPI: [{ name: 'x', tokenUrl: 'javascript:x' }] } }],
    ['too much', { body: 'x'.repeat(5_000_000) }],
  ])('refuses a host that says %s', async (_what, reply) => {
    replies['/.well-known/badgeconnect.json'] = reply
    const answer = await (await aLearner()).begin()
    expect(answer).toMatchObject({ status: 422, body: { code: 'host-refused' } })
  })

  it.each([
    [
      { status: 400, body: { error: 'x', error_description: 'No new\u0000 clients' } },
      'No new clients',
    ],
    [{ status: 500, body: '<b>' }, 'status 500'],
    [{ status: 200, body: {} }, 'status 200'],
  ])('tells what a host says to its registration: %j', async (reply, words) => {
    replies['/register'] = reply
    const { status, body } = await (await aLearner()).begin()
    expect(status).toBe(422)
    expect(body.title).toContain(words)
  })

  it('keeps what it was given sealed', async () => {
    const ada = await aLearner()
    const id = await ada.connect()
    const { rows } = await app.pool.query('select * from badge_host where id = $1', [id])
    const stored = Buffer.concat(Object.values(rows[0]).map((value) => Buffer.from(String(value))))
    expect(rows[0].sealed_secret.length).toBeGreaterThan(60)
    for (const secret of ['accessToken', 's%:', '"rt"']) expect(stored.includes(secret)).toBe(false)
    const token = asked.find(({ path }) => path === '/token')
    expect(token?.authorization).toBe(`Basic ${Buffer.from('c:s%25%3A').toString('base64')}`)
    expect(Object.fromEntries(new URLSearchParams(token?.body))).toMatchObject({
      grant_type: 'authorization_code',
      code: 'x',
      code_verifier: expect.stringMatching(/^.{43}$/),
    })
  })

  it('has room for twenty', async () => {
    const ada = await aLearner()
    const id = await ada.connect()
    await app.pool.query(
      `insert into badge_host (user_id, name, url, kind, state, endpoints, client_id, sealed_secret)
       select user_id, name, url, kind, state, endpoints, client_id, sealed_secret
       from badge_host, generate_series(1, 19) where id = $1`,
      [id],
    )
    expect(await ada.begin()).toMatchObject({ status: 422, body: { code: 'host-refused' } })
  })
})

describe('sending', () => {
  it('tells in the words of the host why a badge was refused', async () => {
    const ada = await aLearner()
    const id = await ada.connect()
    const badgeId = await ada.badge()
    for (const [reply, words] of [
      [{ status: 400, body: { status: { error: 'Not yours', statusText: 'X' } } }, 'Not yours'],
      [{ status: 422, body: { imsx_description: 'Not signed' } }, 'Not signed'],
      [{ status: 503, body: '' }, 'status 503'],
      [{ status: 302, to: 'http://127.0.0.1/' }, 'status 302'],
    ] as const) {
      replies['/api/assertions'] = reply
      const { status, body } = await ada.send(id, badgeId)
      expect(status).toBe(422)
      expect(body.title).toContain(words)
      expect((await ada.get('me/hosts')).body.items[0].lastError).toContain(words)
    }
    replies['/api/assertions'] = { status: 409, body: {} }
    expect((await ada.send(id, badgeId)).body.outcome).toBe('there-already')
    expect((await ada.get('me/hosts')).body.items[0].lastError).toBeNull()
  })

  it('is for one’s own badges and one’s own hosts', async () => {
    const ada = await aLearner()
    const grace = await aLearner()
    const id = await ada.connect()
    const badgeId = await ada.badge()
    expect((await grace.send(id, badgeId)).status).toBe(404)
    const own = await grace.connect()
    expect(await grace.send(own, badgeId)).toMatchObject({ body: { code: 'badge-not-found' } })
    expect((await ada.send(id, badgeId)).body.outcome).toBe('created')
    expect((await grace.delete(`me/hosts/${id}`)).status).toBe(404)
  })

  it('waits until the host has answered', async () => {
    const ada = await aLearner()
    const { body } = await ada.begin()
    const refused = await ada.send(body.host.id, await ada.badge())
    expect(refused).toMatchObject({ status: 422, body: { code: 'host-refused' } })
  })

  it('does not end the connection when the host is away for a while', async () => {
    const ada = await aLearner()
    const id = await ada.connect()
    const badgeId = await ada.badge()
    await app.db
      .updateTable('badge_host')
      .set({ endpoints: JSON.stringify({ ...endpointsOf(), token: 'http://localhost:1/' }) })
      .where('id', '=', id)
      .execute()
    replies['/api/assertions'] = { status: 401, body: {} }
    expect((await ada.send(id, badgeId)).status).toBe(422)
    expect((await ada.get('me/hosts')).body.items[0].state).toBe('connected')
  })

  it('ends here in any case when it is removed', async () => {
    const ada = await aLearner()
    const id = await ada.connect()
    replies['/revoke'] = { status: 500, body: 'x' }
    expect((await ada.delete(`me/hosts/${id}`)).status).toBe(204)
    const revoked = asked.filter(({ path }) => path === '/revoke').map(({ body }) => body)
    expect(revoked).toEqual(['token=rt', 'token=at'])
    expect((await ada.get('me/hosts')).body.items).toEqual([])
  })
})

const endpointsOf = () => ({
  authorization: `${base}/authorize`,
  token: `${base}/token`,
  badges: `${base}/api/assertions`,
  scopes: [],
})

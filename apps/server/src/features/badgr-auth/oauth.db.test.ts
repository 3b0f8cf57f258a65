import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiClient, anOrganization, createApiClient } from '../../testing/api-client.js'
import { aBadgrSite, openBadgrClient } from '../../testing/badgr-client.js'
import { aPerson, aSignedIn, goodPassword } from '../../testing/person.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

let app: TestApp
let api: ApiClient
let clock = Date.now()
beforeAll(async () => {
  app = await createTestApp({}, { now: () => new Date(clock) })
  api = await createApiClient(app)
})
afterAll(async () => {
  await api.server.close()
  await app.drop()
})

const stranger = () => openBadgrClient(api.server)
const bearer = (token: string) => openBadgrClient(api.server, `Bearer ${token}`)

describe('a token for a password', () => {
  it('is given for nothing but the two, and is good for issuers, backpack and profile', async () => {
    const user = await aPerson(app)
    const answer = await stranger().form('/o/token', {
      username: user.email,
      password: goodPassword,
    })
    expect(answer).toMatchObject({
      status: 200,
      body: {
        access_token: expect.any(String),
        refresh_token: expect.any(String),
        token_type: 'Bearer',
        expires_in: 86_400,
        scope: 'rw:profile rw:issuer rw:backpack',
      },
    })
    const client = bearer(answer.body.access_token)
    for (const url of ['/v2/issuers', '/v2/backpack/assertions', '/v2/users/self'])
      expect((await client.get(url)).status, url).toBe(200)
    const stored = await app.db.selectFrom('badgr_token').selectAll().execute()
    expect(JSON.stringify(stored)).not.toContain(answer.body.access_token)
  })

  it('is given to the client `public` that asks for no scope, and narrowed to what is asked', async () => {
    const user = await aPerson(app)
    const password = { username: user.email, password: goodPassword, client_id: 'public' }
    const whole = await stranger().form('/o/token', { ...password, grant_type: 'password' })
    expect(whole.body.scope).toBe('rw:profile rw:issuer rw:backpack')
    const narrow = await stranger().form('/o/token', { ...password, scope: 'r:backpack' })
    expect(narrow.body.scope).toBe('r:backpack')
    const client = bearer(narrow.body.access_token)
    expect((await client.get('/v2/backpack/assertions')).status).toBe(200)
    const beyond = await client.get('/v2/issuers')
    expect(beyond).toMatchObject({
      status: 404,
      body: { status: { description: 'entity not found or insufficient privileges' } },
    })
    expect((await client.get('/v2/users/self')).status).toBe(404)
  })

  it('is refused in the words that its clients know', async () => {
    const { email: username } = await aPerson(app)
    const ask = (fields: Record<string, string>) =>
      stranger().form('/o/token', { username, password: goodPassword, ...fields })
    expect(await ask({ client_id: 'unknown' })).toMatchObject({
      status: 400,
      body: { error: 'invalid client_id' },
    })
    expect(await ask({ client_id: 'public', scope: 'rw:everything' })).toMatchObject({
      status: 400,
      body: { error: 'invalid scope requested' },
    })
    expect(await ask({ password: 'wrong' })).toMatchObject({
      status: 401,
      body: { error: 'invalid_grant' },
    })
    expect(await ask({ grant_type: 'implicit' })).toMatchObject({
      status: 400,
      body: { error: 'unsupported_grant_type' },
    })
    const inQuery = await stranger().form(`/o/token?username=${username}&password=x`, {})
    expect(inQuery).toMatchObject({
      status: 400,
      body: { error: 'Token grant parameters must be sent in post body, not query parameters' },
    })
  })

  it('has to wait after many wrong ones, together with those at the console', async () => {
    const { email: username } = await aPerson(app)
    const wrong = { username, password: 'wrong' }
    const statuses: number[] = []
    for (let i = 0; i < 6; i += 1) {
      statuses.push((await stranger().form('/o/token', wrong)).status)
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429])
    const waiting = await stranger().form('/o/token', { username, password: goodPassword })
    expect(waiting).toMatchObject({
      status: 429,
      body: {
        error: 'login attempts throttled',
        error_description: 'Too many login attempts. Please wait and try again.',
        expires: expect.any(Number),
      },
    })
    const console = await api.server.inject({
      method: 'POST',
      url: '/api/v1/session',
      payload: { email: username, password: goodPassword },
    })
    expect(console.statusCode).toBe(429)
    clock += 60_000
    expect((await stranger().form('/o/token', { username, password: goodPassword })).status).toBe(
      200,
    )
    expect((await stranger().form('/o/token', wrong)).status).toBe(401)
  })

  it('ends with the account, and with the password', async () => {
    const user = await aPerson(app)
    const fields = { username: user.email, password: goodPassword }
    const { body } = await stranger().form('/o/token', fields)
    const client = bearer(body.access_token)
    const own = app.db.updateTable('app_user').where('id', '=', user.id)
    await own.set({ disabled_at: new Date().toISOString() }).execute()
    expect((await client.get('/v2/users/self')).status).toBe(401)
    await own.set({ disabled_at: null, password_hash: 'another' }).execute()
    expect((await client.get('/v2/users/self')).status).toBe(401)
    const refreshed = { grant_type: 'refresh_token', refresh_token: body.refresh_token }
    expect((await stranger().form('/o/token', refreshed)).status).toBe(401)
  })
})

describe('a refresh token', () => {
  it('is exchanged without a client, several times within a while, and by many at once', async () => {
    const { email: username } = await aPerson(app)
    const first = await stranger().form('/o/token', { username, password: goodPassword })
    const { refresh_token } = first.body
    const fields = { grant_type: 'refresh_token', refresh_token }
    const answers = await Promise.all([1, 2, 3, 4].map(() => stranger().form('/o/token', fields)))
    answers.push(await stranger().form('/o/token', { ...fields, client_id: 'public' }))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
    const tokens = answers.map(({ body }) => String(body.access_token))
    expect(new Set(tokens).size).toBe(5)
    for (const token of tokens) expect((await bearer(token).get('/v2/users/self')).status).toBe(200)
    clock += 11 * 60_000
    expect(await stranger().form('/o/token', fields)).toMatchObject({
      status: 401,
      body: { error: 'invalid_grant' },
    })
    const [next] = answers
    const later = { grant_type: 'refresh_token', refresh_token: next?.body.refresh_token }
    expect((await stranger().form('/o/token', later)).status).toBe(200)
  })

  it('lives through a summer, while access ends with the day', async () => {
    const { email: username } = await aPerson(app)
    const { body } = await stranger().form('/o/token', { username, password: goodPassword })
    clock += 120 * 86_400_000
    expect((await bearer(body.access_token).get('/v2/users/self')).status).toBe(401)
    const fields = { grant_type: 'refresh_token', refresh_token: body.refresh_token }
    const { body: fresh } = await stranger().form('/o/token', fields)
    expect((await bearer(fresh.access_token).get('/v2/users/self')).status).toBe(200)
  })
})

describe('one of our own tokens', () => {
  it('is good under both schemes, within its organization and its permissions', async () => {
    const { organizationId, issuerId } = await anOrganization(api)
    await anOrganization(api)
    const { body } = await api.post('tokens', { name: 'lms', organizationId, role: 'staff' })
    for (const scheme of ['Token', 'Bearer']) {
      const client = openBadgrClient(api.server, `${scheme} ${body.token}`)
      const { status, body: answer } = await client.get('/v2/issuers')
      expect(status).toBe(200)
      expect(answer.result).toHaveLength(1)
      const { entityId } = answer.result[0]
      const refused = await client.post(`/v2/issuers/${entityId}/badgeclasses`, { name: 'x' })
      expect(refused.status).toBe(404)
      expect((await client.get('/v2/backpack/assertions')).status).toBe(404)
    }
    expect(issuerId).toBeDefined()
  })

  it('stands in the place of a password, and its tokens end with it', async () => {
    const { organizationId } = await anOrganization(api)
    const { body } = await api.post('tokens', { name: 'lms', organizationId, role: 'editor' })
    const given = await stranger().form('/o/token', { username: 'lms', password: body.token })
    expect(given.status).toBe(200)
    const client = bearer(given.body.access_token)
    expect((await client.get('/v2/issuers')).body.result).toHaveLength(1)
    const basic = Buffer.from(`lms:${body.token}`).toString('base64')
    const byClient = await openBadgrClient(api.server, `Basic ${basic}`).form('/o/token', {
      grant_type: 'client_credentials',
    })
    expect(byClient.status).toBe(200)
    expect(
      await stranger().form('/o/token', {
        grant_type: 'client_credentials',
        client_id: 'lms',
        client_secret: 'guessed',
      }),
    ).toMatchObject({ status: 400, body: { error: 'invalid client_secret' } })
    await api.post(`tokens/${body.id}/revocation`)
    expect((await client.get('/v2/issuers')).status).toBe(401)
  })
})

describe('what somebody has let in', () => {
  it('is listed, and ended', async () => {
    const { client } = await aBadgrSite(app, api)
    const list = await client.get('/v2/auth/tokens')
    expect(list.body.result).toMatchObject([
      { entityType: 'AccessToken', application: { clientId: 'public' } },
    ])
    const { entityId } = list.body.result[0]
    expect((await client.get(`/v2/auth/tokens/${entityId}`)).status).toBe(200)
    const { client: other } = await aBadgrSite(app, api)
    expect((await other.delete(`/v2/auth/tokens/${entityId}`)).status).toBe(404)
    expect((await client.delete(`/v2/auth/tokens/${entityId}`)).status).toBe(204)
    expect((await client.get('/v2/auth/tokens')).status).toBe(401)
  })

  it('may be a key that does not end, and one for an issuer alone', async () => {
    const { client, issuer, user } = await aBadgrSite(app, api)
    const { body } = await client.get('/v2/auth/token')
    const byKey = openBadgrClient(api.server, `Token ${body.result[0].token}`)
    expect((await byKey.get('/v2/issuers')).status).toBe(200)
    const renewed = await byKey.put('/v2/auth/token')
    expect(renewed.status).toBe(200)
    expect((await byKey.get('/v2/issuers')).status).toBe(401)

    const given = await client.post('/v2/tokens/issuers', { issuers: [issuer] })
    expect(given).toMatchObject({ status: 200, body: { result: [{ issuer }] } })
    const bound = bearer(given.body.result[0].token)
    expect((await bound.get(`/v2/issuers/${issuer}`)).status).toBe(200)
    expect((await bound.get('/v2/users/self')).status).toBe(404)
    const second = await anOrganization(api)
    await app.db
      .insertInto('membership')
      .values({ organization_id: second.organizationId, user_id: user.id, role: 'owner' })
      .execute()
    expect((await client.get('/v2/issuers')).body.result).toHaveLength(2)
    const own = await client.get('/v2/issuers')
    const elsewhere = own.body.result.find(
      ({ entityId }: { entityId: string }) => entityId !== issuer,
    )
    expect((await bound.get(`/v2/issuers/${elsewhere.entityId}`)).status).toBe(404)
    expect(await client.post('/v2/tokens/issuers', {})).toMatchObject({
      status: 400,
      body: { fieldErrors: { issuers: 'field is required' } },
    })
    const unknown = await client.post('/v2/tokens/issuers', { issuers: ['AAAAAAAAQACAAAAAAAAAAA'] })
    expect(unknown.body.fieldErrors).toEqual({ issuers: 'unknown issuer' })
  })
})

describe('a key', () => {
  it('is good for no more than the token that asked for it', async () => {
    const user = await aPerson(app)
    const fields = { username: user.email, password: goodPassword, client_id: 'public' }
    const { body } = await stranger().form('/o/token', { ...fields, scope: 'rw:profile' })
    const narrow = bearer(body.access_token)
    for (const path of ['/v2/auth/token', '/v1/user/auth-token']) {
      const { body: made } = await narrow.get(path)
      const key = made.token ?? made.result[0].token
      const holder = openBadgrClient(api.server, `Token ${key}`)
      expect((await holder.get('/v2/users/self')).status, path).toBe(200)
      expect((await holder.get('/v2/backpack/assertions')).status, path).toBe(404)
      expect((await holder.get('/v2/issuers')).status, path).toBe(404)
    }
  })

  it('made in a browser ends with the password, and is not made by another site', async () => {
    const person = await aSignedIn(app, api.server)
    const headers = { 'sec-fetch-site': 'cross-site' }
    const led = await person.send({ url: '/v2/auth/token', headers })
    expect(led.status).toBe(404)
    const [{ token }] = (await person.get('/v2/auth/token')).body.result
    const holder = openBadgrClient(api.server, `Token ${token}`)
    expect((await holder.get('/v2/backpack/assertions')).status).toBe(200)
    const own = app.db.updateTable('app_user').where('id', '=', person.user.id)
    await own.set({ password_hash: 'another' }).execute()
    expect((await holder.get('/v2/backpack/assertions')).status).toBe(401)
  })

  it('of an account without a password chooses none for it', async () => {
    const person = await aSignedIn(app, api.server)
    const own = app.db.updateTable('app_user').where('id', '=', person.user.id)
    await own.set({ password_hash: null }).execute()
    const [{ token }] = (await person.get('/v2/auth/token')).body.result
    const holder = openBadgrClient(api.server, `Token ${token}`)
    const password = 'four small grey donkeys'
    expect((await holder.put('/v2/users/self', { password })).status).toBe(400)
    expect((await person.put('/v2/users/self', { password })).status).toBe(200)
  })
})

describe('a forgotten password', () => {
  it('is asked for a few times a minute from one address', async () => {
    const client = stranger()
    const statuses: number[] = []
    for (let n = 0; n < 40; n += 1) {
      const email = `nobody${n}@nowhere.example`
      statuses.push((await client.post('/v2/auth/forgot-password', { email })).status)
    }
    expect(statuses[0]).toBe(200)
    expect(statuses.at(-1)).toBe(429)
  })
})

describe('applications of other standards', () => {
  it('register, ask and get tokens by the addresses that they know from Badgr', async () => {
    const client = stranger()
    const asked = await client.get('/o/authorize?client_id=x&response_type=code')
    expect(asked).toMatchObject({
      status: 302,
      headers: { location: '/oauth/auth?client_id=x&response_type=code' },
    })
    const bad = await client.post('/o/register', { client_name: 'Nothing else' })
    expect(bad).toMatchObject({ status: 400, body: { error: expect.any(String) } })
    const code = { grant_type: 'authorization_code', code: 'guessed', client_id: 'unknown' }
    const refused = await client.form('/o/token', code)
    expect(refused).toMatchObject({ body: { error: 'invalid_client' } })
    expect([400, 401]).toContain(refused.status)
    expect((await client.post('/o/code', { code: 'x' })).body).toEqual({
      error: 'Invalid authcode',
    })
  })
})

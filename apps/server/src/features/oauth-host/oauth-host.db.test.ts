import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { HttpServer } from '../../http/http-server.js'
import {
  type Application,
  allOpenBadgesScopes,
  anApplication,
  goodClient,
} from '../../testing/connected-application.js'
import { aSignedIn, openBrowser } from '../../testing/person.js'
import { runTask } from '../../testing/run-task.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

let app: TestApp
let server: HttpServer
let application: Application

beforeAll(async () => {
  app = await createTestApp()
  server = app.createServer()
  await server.ready()
  application = await anApplication(server)
})

afterAll(async () => {
  await app.drop()
})

const read = 'https://purl.imsglobal.org/spec/ob/v3p0/scope/credential.readonly'

async function asks(token: string) {
  const headers = { authorization: `Bearer ${token}` }
  const answer = await server.inject({ url: '/ims/ob/v3p0/profile', headers })
  return answer.statusCode
}

describe('registration', () => {
  it('answers with everything that was said, an id and a secret', async () => {
    expect(application.registered.statusCode).toBe(201)
    expect(application.registered.headers['cache-control']).toBe('no-store')
    expect(application.client).toMatchObject({
      ...goodClient,
      token_endpoint_auth_method: 'client_secret_basic',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      client_id: expect.any(String),
      client_secret: expect.any(String),
      client_id_issued_at: expect.any(Number),
      client_secret_expires_at: 0,
    })
  })

  it.each([
    ['client_name', ''],
    ['client_uri', undefined],
    ['logo_uri', 'http://portfolio.example/logo.png'],
    ['tos_uri', 'javascript:alert(1)'],
    ['policy_uri', 'https://elsewhere.example/privacy'],
    ['software_id', 7],
    ['scope', 'everything'],
    ['token_endpoint_auth_method', 'none'],
    ['grant_types', ['implicit']],
    ['grant_types', ['refresh_token']],
    ['response_types', ['token']],
    ['client_uri', 'http://localhost:3000'],
  ])('refuses a %s of %j', async (member, value) => {
    const { registered } = await anApplication(server, { [member]: value })
    expect(registered.statusCode).toBe(400)
    expect(registered.json()).toEqual({
      error: 'invalid_client_metadata',
      error_description: expect.any(String),
    })
  })

  it.each([
    [[]],
    [['https://portfolio.example/back#top']],
    [['https://user:secret@portfolio.example/back']],
    [['http://portfolio.example/back']],
    [['no address']],
  ])('refuses to lead back to %j', async (redirect_uris) => {
    const { registered } = await anApplication(server, { redirect_uris })
    expect(registered.json()).toMatchObject({ error: 'invalid_redirect_uri' })
  })

  it('refuses what is no JSON, and what is too much', async () => {
    const headers = { 'content-type': 'application/json' }
    const at = { method: 'POST', url: '/oauth/register', headers } as const
    for (const payload of ['{', '[]', 'null', '"x"']) {
      const answer = await server.inject({ ...at, payload, remoteAddress: '10.9.9.9' })
      expect(answer.statusCode, payload).toBe(400)
      expect(answer.json()).toMatchObject({ error: 'invalid_client_metadata' })
    }
    const payload = JSON.stringify({ ...goodClient, client_name: 'x'.repeat(70_000) })
    expect((await server.inject({ ...at, payload, remoteAddress: '10.9.9.8' })).statusCode).toBe(
      413,
    )
  })

  it('takes invisible characters out of names', async () => {
    const made = await anApplication(server, { client_name: '\u202eoilof\u200btroP\u0007' })
    expect(made.client.client_name).toBe('oiloftroP')
  })

  it('keeps no secret as it is', async () => {
    const { rows } = await app.pool.query('select payload::text from oauth_record')
    const all = rows.map(({ payload }) => payload).join()
    expect(all).toContain(application.client.client_id)
    expect(all).not.toContain(application.client.client_secret)
  })
})

describe('authorization', () => {
  it('asks a person, gives a code, and for the code tokens', async () => {
    const ada = await aSignedIn(app, server)
    const { answer, location, uid, verifier } = await application.ask(ada, allOpenBadgesScopes)
    expect(answer.status).toBe(303)
    expect(location).toBe(`https://badges.example/backpack/allow/${uid}`)
    expect((await ada.get(`me/authorizations/${uid}`)).body).toEqual({
      uid,
      application: {
        name: 'Portfolio',
        url: 'https://portfolio.example/',
        logoUrl: 'https://portfolio.example/logo.png',
        policyUrl: 'https://portfolio.example/privacy',
        termsUrl: 'https://portfolio.example/terms',
      },
      scopes: allOpenBadgesScopes.split(' ').map((scope) => ({ scope, does: expect.any(String) })),
      returnsTo: 'portfolio.example',
    })
    const { decided, back } = await application.allow(ada, uid)
    expect(decided.body.redirectTo).toMatch(/^https:\/\/badges\.example\/oauth\/auth\//)
    expect(Object.fromEntries(back)).toEqual({
      code: expect.any(String),
      state: 'kept',
      scope: allOpenBadgesScopes,
      iss: 'https://badges.example/oauth',
    })
    const exchanged = await application.exchange(back.get('code') ?? '', verifier)
    expect(exchanged).toEqual({
      status: 200,
      body: {
        access_token: expect.any(String),
        token_type: 'Bearer',
        expires_in: 3600,
        scope: allOpenBadgesScopes,
        refresh_token: expect.any(String),
      },
    })
    expect(await asks(exchanged.body.access_token)).toBe(200)
    const { rows } = await app.pool.query('select key || payload::text as text from oauth_record')
    const stored = rows.map(({ text }) => text).join()
    for (const secret of [exchanged.body.access_token, exchanged.body.refresh_token]) {
      expect(stored).not.toContain(secret)
    }
  })

  it('tells the application when it is refused', async () => {
    const ada = await aSignedIn(app, server)
    const { uid } = await application.ask(ada, read)
    const { back } = await application.allow(ada, uid, false)
    expect(Object.fromEntries(back)).toMatchObject({ error: 'access_denied', state: 'kept' })
    expect((await ada.get('me/applications')).body.items).toEqual([])
  })

  it.each([
    [{ code_challenge: '' }, 'invalid_request'],
    [{ code_challenge_method: 'plain' }, 'invalid_request'],
    [{ state: '' }, 'invalid_request'],
    [{ response_type: 'token' }, 'unsupported_response_type'],
    [{ scope: 'openid' }, 'invalid_scope'],
    [{ prompt: 'none' }, 'login_required'],
  ])('sends back %j with %s', async (changed, error) => {
    const { location } = await application.ask(openBrowser(server), read, changed)
    expect(location).toMatch(/^https:\/\/portfolio\.example\/back[?#]/)
    expect(location).toContain(`error=${error}&`)
  })

  it.each([
    [{ redirect_uri: 'https://evil.example/back' }],
    [{ redirect_uri: 'https://portfolio.example/back/../other' }],
    [{ client_id: 'nobody' }],
    [{ client_id: '' }],
  ])('leads nobody away with %j, but shows a page', async (changed) => {
    const { answer, location } = await application.ask(openBrowser(server), read, changed)
    expect(answer.status).toBe(400)
    expect(location).toBe('')
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8')
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'")
  })

  it('is not confused by addresses that are written in other ways', async () => {
    for (const url of [
      '/%6Fauth/auth',
      '/oauth/auth/',
      '/oauth/auth/..%2f..%2fapi',
      '/oauth/auth/x',
    ]) {
      const answer = await server.inject({ url })
      expect([400, 404], url).toContain(answer.statusCode)
      expect(answer.headers['location']).toBeUndefined()
    }
    for (const url of ['/oauth/jwks', '/oauth/me', '/oauth/.well-known/openid-configuration']) {
      expect((await server.inject({ url })).statusCode, url).toBe(404)
    }
  })

  it('takes a code once, for its own application, address and verifier', async () => {
    const ada = await aSignedIn(app, server)
    const other = await anApplication(server, { client_name: 'Other' })
    const ask = async () => {
      const { uid, verifier } = await application.ask(ada, allOpenBadgesScopes)
      const { back } = await application.allow(ada, uid)
      return { code: back.get('code') ?? '', verifier }
    }
    const first = await ask()
    const refused = { status: 400, body: { error: 'invalid_grant' } }
    expect(await other.exchange(first.code, first.verifier)).toMatchObject(refused)
    expect(await application.exchange(first.code, 'w'.repeat(43))).toMatchObject(refused)
    const elsewhere = { redirect_uri: 'https://portfolio.example/other' }
    expect(await application.exchange(first.code, first.verifier, elsewhere)).toMatchObject(refused)
    const good = await application.exchange(first.code, first.verifier)
    expect(good.status).toBe(200)
    // A code that comes a second time was stolen, by the one or the other: nobody keeps anything.
    expect(await application.exchange(first.code, first.verifier)).toMatchObject(refused)
    expect(await asks(good.body.access_token)).toBe(401)

    const second = await ask()
    const both = await Promise.all([
      application.exchange(second.code, second.verifier),
      application.exchange(second.code, second.verifier),
    ])
    expect(both.filter(({ status }) => status === 200).length).toBeLessThan(2)
  })

  it('forgets a code after ten minutes at most', async () => {
    const ada = await aSignedIn(app, server)
    const { uid, verifier } = await application.ask(ada, read)
    const { back } = await application.allow(ada, uid)
    const { rows } = await app.pool.query(
      `select max(expires_at - now()) <= interval '600 seconds' as "isShort" from oauth_record where model = 'AuthorizationCode'`,
    )
    expect(rows).toEqual([{ isShort: true }])
    await app.pool.query(
      `update oauth_record set expires_at = now() - interval '1 second' where model = 'AuthorizationCode'`,
    )
    const late = await application.exchange(back.get('code') ?? '', verifier)
    expect(late).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
  })

  it('refuses what is asked of the token endpoint wrongly', async () => {
    const { form, client } = application
    expect(await form('/oauth/token', { grant_type: 'password' })).toMatchObject({
      status: 400,
      body: { error: 'unsupported_grant_type' },
    })
    expect(await form('/oauth/token', {})).toMatchObject({ body: { error: 'invalid_request' } })
    const wrong = Buffer.from(`${client.client_id}:wrong`).toString('base64')
    const asked = { grant_type: 'refresh_token', refresh_token: 'x' }
    expect(await form('/oauth/token', asked, `Basic ${wrong}`)).toMatchObject({
      status: 401,
      body: { error: 'invalid_client' },
    })
    const inBody = { ...asked, client_id: client.client_id, client_secret: client.client_secret }
    expect((await form('/oauth/token', inBody, '')).body.error).toMatch(/invalid_(client|request)/)
    expect(await form('/oauth/token', asked)).toMatchObject({ body: { error: 'invalid_grant' } })
  })
})

describe('whose answer it is', () => {
  it('lets nobody answer what was asked in another browser', async () => {
    const mallory = openBrowser(server)
    const ada = await aSignedIn(app, server)
    const { uid } = await application.ask(mallory, read)
    expect((await ada.get(`me/authorizations/${uid}`)).status).toBe(404)
    const { decided } = await application.allow(ada, uid)
    expect(decided).toMatchObject({ status: 404, body: { code: 'application-not-found' } })
    // What Mallory would need for it is in her own browser only.
    const [proof] = [...mallory.jar].filter(([name]) => name === 'rosette_consent')
    expect(proof).toBeDefined()
  })

  it('keeps a question for the first who looked at it', async () => {
    const ada = await aSignedIn(app, server)
    const grace = await aSignedIn(app, server)
    const { uid } = await application.ask(ada, read)
    expect((await ada.get(`me/authorizations/${uid}`)).status).toBe(200)
    grace.jar.set('rosette_consent', ada.jar.get('rosette_consent') ?? '')
    expect((await grace.get(`me/authorizations/${uid}`)).status).toBe(404)
    expect((await grace.post(`me/authorizations/${uid}`, { isAllowed: true })).status).toBe(404)
    expect((await application.allow(ada, uid)).back.get('code')).toBeTruthy()
    expect((await ada.post(`me/authorizations/${uid}`, { isAllowed: true })).status).toBe(404)
  })

  it('is for people who are signed in, from our own pages', async () => {
    const stranger = openBrowser(server)
    const { uid } = await application.ask(stranger, read)
    expect((await stranger.get(`me/authorizations/${uid}`)).status).toBe(401)
    const headers = { authorization: `Bearer ${app.adminToken}` }
    const byToken = await stranger.send({ url: '/api/v1/me/applications', headers })
    expect(byToken.status).toBe(401)
    const ada = await aSignedIn(app, server)
    const forged = await ada.send({
      method: 'POST',
      url: `/api/v1/me/authorizations/${uid}`,
      payload: { isAllowed: true },
      headers: { 'sec-fetch-site': 'cross-site' },
    })
    expect(forged.status).toBe(403)
  })

  it('gives each of two people at one browser their own', async () => {
    const first = await aSignedIn(app, server)
    await application.connect(first)
    const second = await aSignedIn(app, server)
    for (const [name, value] of second.jar) first.jar.set(name, value)
    await application.connect(first)
    expect((await second.get('me/applications')).body.items).toHaveLength(1)
  })
})

describe('connected applications', () => {
  it('are listed with what they may do, and lose all of it at once', async () => {
    const ada = await aSignedIn(app, server)
    const { accessToken, refreshToken } = await application.connect(ada, allOpenBadgesScopes)
    expect((await ada.get('me/applications')).body.items).toEqual([
      {
        id: application.client.client_id,
        name: 'Portfolio',
        url: 'https://portfolio.example/',
        logoUrl: 'https://portfolio.example/logo.png',
        scopes: expect.arrayContaining([{ scope: read, does: expect.stringContaining('badges') }]),
        connectedAt: expect.any(String),
        lastUsedAt: null,
      },
    ])
    expect(await asks(accessToken)).toBe(200)
    const [{ lastUsedAt }] = (await ada.get('me/applications')).body.items
    expect(lastUsedAt).not.toBeNull()

    const grace = await aSignedIn(app, server)
    const path = `me/applications/${application.client.client_id}`
    expect((await grace.delete(path)).status).toBe(404)
    expect((await ada.delete(path)).status).toBe(204)
    expect(await asks(accessToken)).toBe(401)
    expect(await application.refresh(refreshToken)).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    })
    expect((await ada.get('me/applications')).body.items).toEqual([])
    expect((await ada.delete(path)).status).toBe(404)
  })

  it('get new tokens for old ones', async () => {
    const ada = await aSignedIn(app, server)
    const { refreshToken } = await application.connect(ada, allOpenBadgesScopes)
    const { status, body } = await application.refresh(refreshToken)
    expect(status).toBe(200)
    expect(await asks(body.access_token)).toBe(200)
    const brief = await application.connect(ada, read)
    expect(brief.refreshToken).toBe('undefined')
  })

  it('can give their tokens back', async () => {
    const ada = await aSignedIn(app, server)
    const { accessToken, refreshToken } = await application.connect(ada, allOpenBadgesScopes)
    const other = await anApplication(server)
    expect((await other.form('/oauth/revoke', { token: accessToken })).status).toBe(200)
    expect(await asks(accessToken)).toBe(200)
    const given = { token: refreshToken, token_type_hint: 'refresh_token' }
    expect((await application.form('/oauth/revoke', given)).status).toBe(200)
    expect((await application.form('/oauth/revoke', { token: 'unknown' })).status).toBe(200)
    expect(await asks(accessToken)).toBe(401)
  })

  it('get nothing of an account that is disabled', async () => {
    const ada = await aSignedIn(app, server)
    const { accessToken } = await application.connect(ada, allOpenBadgesScopes)
    await app.db
      .updateTable('app_user')
      .set({ disabled_at: new Date().toISOString() })
      .where('id', '=', ada.user.id)
      .execute()
    expect(await asks(accessToken)).toBe(401)
  })

  it('are forgotten when they were never let in, as is what is over', async () => {
    const idle = await anApplication(server)
    await app.pool.query(
      `update oauth_record set created_at = now() - interval '31 days' where model = 'Client'`,
    )
    await app.pool.query(
      `update oauth_record set expires_at = now() - interval '1 day' where model = 'Interaction'`,
    )
    await runTask(app, 'remove-old-oauth-records')
    const { rows } = await app.pool.query(
      `select model, client_id from oauth_record where model in ('Client', 'Interaction')`,
    )
    expect(rows).toContainEqual({ model: 'Client', client_id: application.client.client_id })
    expect(rows).not.toContainEqual({ model: 'Client', client_id: idle.client.client_id })
    expect(rows.filter(({ model }) => model === 'Interaction')).toEqual([])
  })
})

describe('behind a proxy and a base path', () => {
  it('leads to addresses below the base, whatever the proxy says', async () => {
    const deep = await createTestApp({ ROSETTE_BASE_URL: 'https://campus.example/badges' })
    try {
      const deepServer = deep.createServer()
      await deepServer.ready()
      const client = await anApplication(deepServer)
      const ada = await aSignedIn(deep, deepServer)
      const { answer, location, uid, verifier } = await client.ask(ada, read)
      expect(location).toBe(`https://campus.example/badges/backpack/allow/${uid}`)
      const cookies = [answer.headers['set-cookie']].flat().map(String)
      const proof = cookies.find((cookie) => cookie.startsWith('rosette_consent='))
      expect(proof).toContain(`path=/badges/api/v1/me/authorizations/${uid}`)
      for (const cookie of cookies) expect(cookie).toMatch(/secure.*httponly|httponly.*secure/i)
      for (const cookie of cookies) expect(cookie).toMatch(/samesite=lax/i)
      const { decided, back } = await client.allow(ada, uid)
      expect(decided.body.redirectTo).toMatch(/^https:\/\/campus\.example\/badges\/oauth\/auth\//)
      expect((await client.exchange(back.get('code') ?? '', verifier)).status).toBe(200)
    } finally {
      await deep.drop()
    }
  })
})

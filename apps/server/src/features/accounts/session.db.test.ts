import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type ApiClient, anOrganization, createApiClient } from '../../testing/api-client.js'
import { aPerson, aSignedIn, goodPassword, openBrowser } from '../../testing/person.js'
import { runTask } from '../../testing/run-task.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

let app: TestApp
let api: ApiClient
const start = Date.parse('2026-05-01T08:00:00Z')
let time = start
beforeAll(async () => {
  app = await createTestApp({}, { now: () => new Date(time) })
  api = await createApiClient(app)
})
afterAll(async () => {
  await api.server.close()
  await app.drop()
})
beforeEach(() => {
  time = start
})

const browse = () => openBrowser(api.server)
const cookieName = '__Host-rosette_session'
const day = 86_400_000

describe('a session', () => {
  it('tells who is signed in and what they may do, and ends', async () => {
    const { organizationId } = await anOrganization(api)
    const { user, ...browser } = await aSignedIn(app, api.server, {
      roles: { [organizationId]: 'staff' },
    })
    const { body } = await browser.get('session')
    expect(body).toMatchObject({
      user: { id: user.id, email: user.email, isAdministrator: false, hasPassword: true },
      organizations: [{ id: organizationId, role: 'staff' }],
      permissions: [],
    })
    expect(body.organizations[0].permissions).toContain('award:edit')
    expect(body.organizations[0].permissions).not.toContain('template:edit')
    expect((await browser.delete('session')).status).toBe(204)
    expect(browser.jar.size).toBe(0)
    expect(await browser.get('session')).toMatchObject({
      status: 401,
      body: { code: 'not-signed-in' },
    })
  })

  it('lives in a cookie that scripts and other sites cannot reach', async () => {
    const { email } = await aPerson(app)
    const { headers } = await browse().signIn(email.toUpperCase())
    expect(headers['set-cookie']).toMatch(
      /^__Host-rosette_session=[\w-]{43}; Max-Age=5184000; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    )
  })

  it('gets a new secret at each sign-in, whatever the browser came with', async () => {
    const { email } = await aPerson(app)
    const browser = browse()
    browser.jar.set(cookieName, 'a'.repeat(43))
    await browser.signIn(email)
    const first = browser.jar.get(cookieName) ?? ''
    expect(first).not.toBe('a'.repeat(43))
    await browser.signIn(email)
    expect(browser.jar.get(cookieName)).not.toBe(first)
    const old = await browse().send({
      method: 'GET',
      url: '/api/v1/session',
      headers: { cookie: `${cookieName}=${first}` },
    })
    expect(old.status).toBe(401)
    const kept = await app.db.selectFrom('session').select('hash').execute()
    expect(kept.map(({ hash }) => hash.toString('latin1')).join()).not.toContain(first)
  })

  it('changes nothing for a page of another site', async () => {
    const browser = await aSignedIn(app, api.server)
    const rename = (headers: Record<string, string>) =>
      browser.send({ method: 'PATCH', url: '/api/v1/profile', payload: { name: 'X' }, headers })
    const foreign = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }
    expect(await rename(foreign)).toMatchObject({ status: 403, body: { code: 'forbidden' } })
    expect((await rename({ 'sec-fetch-site': 'same-site' })).status).toBe(403)
    expect((await browser.get('session')).body.user.name).toBe(browser.user.name)
    expect((await rename({})).status).toBe(200)
    const forged = await browse().send({
      method: 'POST',
      url: '/api/v1/session',
      headers: foreign,
      payload: { email: browser.user.email, password: goodPassword },
    })
    expect(forged.status).toBe(403)
    const out = await browser.send({ method: 'DELETE', url: '/api/v1/session', headers: foreign })
    expect(out.status).toBe(403)
    expect((await browser.get('session')).status).toBe(200)
  })

  it('is not taken from a cookie that another host could have set', async () => {
    const attacker = await aSignedIn(app, api.server)
    const secret = attacker.jar.get(cookieName)
    for (const name of ['rosette_session', '__Secure-rosette_session']) {
      const headers = { cookie: `${name}=${secret}` }
      const answer = await browse().send({ method: 'GET', url: '/api/v1/session', headers })
      expect(answer.status, name).toBe(401)
    }
  })

  it.each([
    [{ 'sec-fetch-site': 'none' }],
    [{ 'sec-fetch-site': 'cross-site', origin: 'https://badges.example' }],
    [{ 'sec-fetch-site': '' }],
    [{ 'sec-fetch-site': 'same-site', 'x-http-method-override': 'GET' }],
  ])('is not used by a request that changes something with %o', async (headers) => {
    const browser = await aSignedIn(app, api.server)
    for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded']) {
      const answer = await browser.send({
        method: 'PATCH',
        url: '/api/v1/profile',
        payload: '{"name":"X"}',
        headers: { 'content-type': type, ...headers },
      })
      expect(answer.status, type).toBe(403)
    }
    const unsaid = await api.server.inject({
      method: 'PATCH',
      url: '/api/v1/profile',
      payload: { name: 'X' },
      headers: { cookie: `${cookieName}=${browser.jar.get(cookieName)}` },
    })
    expect(unsaid.statusCode).toBe(403)
  })

  it('ends two weeks after its last use, and after sixty days in any case', async () => {
    const idle = await aSignedIn(app, api.server)
    const busy = await aSignedIn(app, api.server)
    time = start + 13 * day
    expect((await busy.get('session')).status).toBe(200)
    time = start + 15 * day
    expect((await idle.get('session')).status).toBe(401)
    for (const days of [26, 39, 52, 59.9]) {
      time = start + days * day
      expect((await busy.get('session')).status, `after ${days} days`).toBe(200)
    }
    time = start + 60 * day
    expect((await busy.get('session')).status).toBe(401)
    await runTask(app, 'remove-old-sessions')
    const ids = [idle.user.id, busy.user.id]
    const left = app.db.selectFrom('session').select('id').where('user_id', 'in', ids)
    expect(await left.execute()).toEqual([])
  })

  it('ends when the account is switched off, and what it may do follows its roles at once', async () => {
    const { organizationId } = await anOrganization(api)
    const browser = await aSignedIn(app, api.server, { roles: { [organizationId]: 'viewer' } })
    const path = `organizations/${organizationId}`
    expect((await browser.patch(path, { name: 'Mine' })).status).toBe(403)
    await app.db.updateTable('membership').set({ role: 'owner' }).execute()
    const after = (await browser.get('session')).body.organizations[0]
    expect(after.permissions).toContain('organization:edit')
    const off = { disabled_at: new Date(time).toISOString() }
    await app.db.updateTable('app_user').set(off).where('id', '=', browser.user.id).execute()
    expect((await browser.get('session')).status).toBe(401)
    expect((await browse().signIn(browser.user.email)).body.code).toBe('user-disabled')
    const wrong = await browse().signIn(browser.user.email, 'wrong password')
    expect(wrong.body.code).toBe('sign-in-refused')
  })

  it('is listed with its device, and ended one by one or all at once', async () => {
    const browser = await aSignedIn(app, api.server)
    const other = browse()
    time += 1000
    await other.signIn(browser.user.email)
    const { body } = await browser.get('sessions')
    expect(body.items).toMatchObject([
      { device: 'Firefox on Linux', method: 'password', isCurrent: false },
      { isCurrent: true },
    ])
    const stranger = await aSignedIn(app, api.server)
    expect((await stranger.delete(`sessions/${body.items[0].id}`)).status).toBe(404)
    expect((await browser.delete(`sessions/${body.items[0].id}`)).status).toBe(204)
    expect((await other.get('session')).status).toBe(401)
    await other.signIn(browser.user.email)
    expect((await browser.delete('sessions')).status).toBe(204)
    expect((await browser.get('session')).status).toBe(401)
    expect((await other.get('session')).status).toBe(401)
  })

  it('is nothing for a program with a token', async () => {
    expect((await api.get('session')).body.code).toBe('not-signed-in')
    expect((await api.get('sessions')).body.code).toBe('not-signed-in')
  })
})

describe('a wrong password', () => {
  it('is refused in the same words, whether somebody has the address or not', async () => {
    const { email } = await aPerson(app)
    const known = await browse().signIn(email, 'wrong password')
    const unknown = await browse().signIn('nobody@university.example', 'wrong password')
    expect(known).toMatchObject({ status: 401, body: { code: 'sign-in-refused' } })
    expect(unknown.body).toEqual(known.body)
  })

  it.each(['known', 'unknown'])(
    'makes the next try wait ever longer (%s address)',
    async (kind) => {
      const email = kind === 'known' ? (await aPerson(app)).email : 'stranger@university.example'
      for (let i = 0; i < 5; i++)
        expect((await browse().signIn(email, `wrong ${i}`)).status).toBe(401)
      const waiting = await browse().signIn(email)
      expect(waiting).toMatchObject({
        status: 429,
        headers: { 'retry-after': '2' },
        body: { code: 'too-many-requests', title: expect.stringContaining('from 08:00:02 UTC') },
      })
      time += 2000
      expect((await browse().signIn(email)).status).toBe(kind === 'known' ? 200 : 401)
    },
  )

  it('is tried no more often by many at once', async () => {
    const { email } = await aPerson(app)
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, i) => browse().signIn(email, `wrong ${i}`)),
    )
    const refused = answers.filter(({ status }) => status === 401)
    expect(refused).toHaveLength(5)
  })

  it('is tried from one address no more than thirty times in a minute', async () => {
    const browser = browse()
    const statuses = new Set<number>()
    for (let i = 0; i < 31; i++) {
      statuses.add((await browser.signIn(`guess${i}@university.example`, 'wrong')).status)
    }
    expect([...statuses]).toEqual([401, 429])
  })
})

describe('a profile', () => {
  it('keeps a name and what the interface looks like', async () => {
    const browser = await aSignedIn(app, api.server)
    const { organizationId } = await anOrganization(api)
    await browser.patch('profile', {
      preferences: { language: 'es-419', organization: organizationId },
    })
    const changed = await browser.patch('profile', {
      name: 'Ada',
      preferences: { colorScheme: 'dark' },
    })
    expect(changed.body).toMatchObject({
      name: 'Ada',
      preferences: { language: 'es-419', colorScheme: 'dark', organization: organizationId },
    })
    expect((await browser.get('session')).body.user).toEqual(changed.body)
  })

  it('gets a new password by the old one, and all other devices are signed out', async () => {
    const browser = await aSignedIn(app, api.server)
    const other = browse()
    await other.signIn(browser.user.email)
    const password = 'a password that is new'
    const wrong = await browser.post('profile/password', { currentPassword: 'no', password })
    expect(wrong).toMatchObject({ status: 401, body: { faults: [{ path: 'currentPassword' }] } })
    const current = { currentPassword: goodPassword }
    const weak = await browser.post('profile/password', { ...current, password: 'short' })
    expect(weak.body.code).toBe('password-refused')
    expect((await browser.post('profile/password', { ...current, password })).status).toBe(204)
    expect((await browser.get('session')).status).toBe(200)
    expect((await other.get('session')).status).toBe(401)
    expect((await other.signIn(browser.user.email)).status).toBe(401)
    expect((await other.signIn(browser.user.email, password)).status).toBe(200)
  })
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ApiClient, createApiClient } from '../../testing/api-client.js'
import { aPerson, goodPassword, openBrowser, secretIn } from '../../testing/person.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

let app: TestApp
let api: ApiClient
let time = Date.parse('2026-05-01T08:00:00Z')
beforeEach(async () => {
  app = await createTestApp({}, { now: () => new Date(time) })
  api = await createApiClient(app)
})
afterEach(async () => {
  await api.server.close()
  await app.drop()
})

const ada = { name: 'Ada Lovelace', email: 'ada@university.example', password: goodPassword }
const browse = () => openBrowser(api.server)
const firstSecret = async () => secretIn(await app.people.setUp.firstLink())

describe('the first administrator', () => {
  it('comes by the link of the start, gets an organization that can issue, and is signed in', async () => {
    const browser = browse()
    expect((await browser.get('sign-in-options')).body).toEqual({
      needsSetUp: true,
      password: true,
      providers: [],
      hasMail: false,
      mailLink: false,
    })
    const link = await app.people.setUp.firstLink()
    expect(link).toMatch(/^https:\/\/badges\.example\/console\/set-up#[\w-]{43}$/)
    const secret = secretIn(link)
    const done = await browser.post('set-up', { ...ada, secret, organizationName: 'Example U' })
    expect(done).toMatchObject({
      status: 201,
      body: {
        user: {
          name: ada.name,
          email: ada.email,
          isAdministrator: true,
          hasPassword: true,
          preferences: { language: null, colorScheme: null, organization: null },
        },
        organizations: [{ slug: 'example-u', name: 'Example U', role: 'owner', isDemo: false }],
        permissions: expect.arrayContaining(['platform:edit', 'award:read']),
        installation: { baseUrl: 'https://badges.example', badgesEnabled: true, hasMail: false },
      },
    })
    expect((await browser.get('session')).body).toEqual(done.body)
    const issuers = await browser.get('issuers')
    expect(issuers.body.items).toMatchObject([{ name: 'Example U', url: 'https://badges.example' }])
    expect((await browser.get('sign-in-options')).body.needsSetUp).toBe(false)
    expect(await app.people.setUp.firstLink()).toBeNull()
    const log = await app.db
      .selectFrom('audit_log')
      .select(['actor', 'action'])
      .orderBy('id')
      .execute()
    expect(log.slice(0, 2)).toEqual([
      { actor: ada.email, action: 'installation.set-up' },
      { actor: ada.email, action: 'organization.create' },
    ])
  })

  it('is one, when two use the link at once', async () => {
    const secret = await firstSecret()
    const answers = await Promise.all(
      ['one', 'two', 'three'].map((name) =>
        browse().post('set-up', { ...ada, email: `${name}@university.example`, secret }),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 410, 410])
    expect(await app.db.selectFrom('app_user').select('id').execute()).toHaveLength(1)
  })

  it('is one, when two use the links of two starts at once', async () => {
    const secrets = [await firstSecret(), await firstSecret()]
    const answers = await Promise.all(
      secrets.map((secret, i) =>
        browse().post('set-up', { ...ada, email: `person${i}@university.example`, secret }),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 410])
    expect(await app.db.selectFrom('app_user').select('id').execute()).toHaveLength(1)
  })

  it('needs a link that is right and fresh, and a password that is not easily guessed', async () => {
    const wrong = await browse().post('set-up', { ...ada, secret: 'x'.repeat(43) })
    expect(wrong).toMatchObject({ status: 410, body: { code: 'link-refused' } })
    const secret = await firstSecret()
    const weak = await browse().post('set-up', { ...ada, secret, password: 'ada lovelace' })
    expect(weak).toMatchObject({
      status: 422,
      body: { code: 'password-refused', faults: [{ path: 'password' }] },
    })
    time += 24 * 3_600_000
    const late = await browse().post('set-up', { ...ada, secret })
    expect(late).toMatchObject({ status: 410, body: { code: 'link-refused' } })
    expect(late.body.title).toContain('expired')
  })

  it('leaves nothing behind when the organization cannot be made', async () => {
    await api.post('organizations', { name: 'Example U' })
    const secret = await firstSecret()
    const taken = { ...ada, secret, organizationName: 'Example U' }
    expect((await browse().post('set-up', taken)).body.code).toBe('organization-exists')
    expect((await browse().post('set-up', { ...ada, secret })).status).toBe(201)
  })
})

it('whoever is locked out gets the account back with a link of the command line', async () => {
  const user = await aPerson(app, { ...ada, isAdministrator: true })
  const before = openBrowser(api.server)
  await before.signIn(ada.email)
  await app.db.updateTable('app_user').set({ is_administrator: false }).execute()
  const secret = secretIn(await app.people.setUp.makeLink('create-administrator-link'))
  const password = 'another cup of tea'
  const done = await browse().post('set-up', {
    ...ada,
    email: 'ADA@university.example',
    password,
    secret,
  })
  expect(done).toMatchObject({
    status: 201,
    body: { user: { id: user.id, isAdministrator: true } },
  })
  expect((await before.get('session')).status).toBe(401)
  expect((await browse().signIn(ada.email)).status).toBe(401)
  expect((await browse().signIn(ada.email, password)).status).toBe(200)
})

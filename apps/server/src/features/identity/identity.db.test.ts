import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type ApiClient, createApiClient } from '../../testing/api-client.js'
import { type FakeLms, startFakeLms } from '../../testing/fake-lms.js'
import {
  type Account,
  clientSecret,
  type IdentityProvider,
  startIdentityProvider,
  walkThrough,
} from '../../testing/identity-provider.js'
import {
  aPerson,
  aSignedIn,
  type Browser,
  goodPassword,
  openBrowser,
  secretIn,
} from '../../testing/person.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

let campus: IdentityProvider
let lms: FakeLms
let app: TestApp
let api: ApiClient
let arts: string
let ahead = 0
const base = 'https://badges.example'

beforeAll(async () => {
  campus = await startIdentityProvider(
    ['campus', 'strict'].map((id) => `${base}/auth/${id}/callback`),
  )
  lms = await startFakeLms('lms secret')
  const openid = { name: 'Campus', issuer: campus.issuer, clientId: 'rosette', clientSecret }
  const group = (value: string) => ({ claim: 'groups', value })
  const providers = [
    {
      ...openid,
      id: 'campus',
      signUp: true,
      roles: [
        { ...group('badges'), role: 'editor', organization: 'arts' },
        { ...group('deans'), role: 'owner', organization: 'arts' },
        { ...group('badges'), role: 'viewer', organization: 'not-there' },
        { ...group('operators'), administrator: true },
      ],
    },
    { ...openid, id: 'strict', domains: ['university.example'] },
    {
      id: 'lms',
      name: 'LMS',
      kind: 'open-edx',
      issuer: lms.address,
      clientId: 'rosette',
      clientSecret: 'lms secret',
      signUp: true,
      roles: [{ claim: 'superuser', value: true, administrator: true }],
    },
    { ...openid, id: 'away', issuer: 'http://127.0.0.1:9' },
  ]
  const env = { ROSETTE_OIDC_PROVIDERS: JSON.stringify(providers) }
  app = await createTestApp(env, { now: () => new Date(Date.now() + ahead) })
  api = await createApiClient(app)
  arts = (await api.post('organizations', { name: 'Arts', slug: 'arts' })).body.id
})
afterAll(async () => {
  await api.server.close()
  await app.drop()
  await campus.stop()
  await lms.stop()
})
beforeEach(() => {
  ahead = 0
})

let made = 0
function somebody(more: Partial<Account> = {}): Account {
  made += 1
  const email = `somebody${made}@university.example`
  return { sub: `sub-${made}`, email, email_verified: true, name: `Somebody ${made}`, ...more }
}

const browse = () => openBrowser(api.server)

/** To the provider and back; the address of the callback, not asked yet. */
async function come(browser: Browser, change: (url: URL) => void = () => {}): Promise<string> {
  const begun = await browser.get('/auth/campus?to=/console/badges%3Fpage%3D2')
  const url = new URL(String(begun.headers['location']))
  change(url)
  const back = await walkThrough(url.href)
  return `${back.pathname}${back.search}`
}

async function signInAs(account: Account | undefined, browser = browse()) {
  campus.signInAs(account)
  const answer = await browser.get(await come(browser))
  return { browser, location: String(answer.headers['location']), answer }
}

const problem = (name: string, provider = 'campus') =>
  `${base}/console/sign-in?problem=${name}&provider=${provider}`

describe('an OpenID provider', () => {
  it('is offered, and asked with everything that protects the answer', async () => {
    const options = await browse().get('sign-in-options')
    expect(options.body.providers).toMatchObject([{ id: 'campus', name: 'Campus' }, {}, {}, {}])
    const begun = await browse().get('/auth/campus')
    expect(begun.status).toBe(303)
    const asked = new URL(String(begun.headers['location'])).searchParams
    expect(Object.fromEntries(asked)).toMatchObject({
      response_type: 'code',
      redirect_uri: `${base}/auth/campus/callback`,
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
    })
    expect(begun.headers['set-cookie']).toMatch(/; Path=\/auth; HttpOnly; Secure; SameSite=Lax$/)
    expect(begun.headers['set-cookie']).not.toContain(String(asked.get('state')))
    expect((await browse().get('/auth/nobody')).status).toBe(404)
  })

  it('lets in somebody new, and knows them again by their subject alone', async () => {
    const ada = somebody()
    const first = await signInAs(ada)
    expect(first.location).toBe(`${base}/console/badges?page=2`)
    const { body } = await first.browser.get('session')
    expect(body).toMatchObject({
      user: { email: ada.email, name: ada.name, hasPassword: false, isAdministrator: false },
      organizations: [],
    })
    expect((await first.browser.get('sessions')).body.items).toMatchObject([{ method: 'campus' }])
    const moved = { ...ada, email: 'elsewhere@university.example', email_verified: false }
    const again = await signInAs(moved)
    expect((await again.browser.get('session')).body.user.id).toBe(body.user.id)
    const users = await api.get(`users?search=${ada.email}`)
    expect(users.body.items).toMatchObject([{ providers: ['campus'] }])
  })

  it('joins an account by an address that it has verified, and by no other', async () => {
    const user = await aPerson(app)
    const email = user.email.toUpperCase()
    const unverified = await signInAs(somebody({ email, email_verified: false }))
    expect(unverified.location).toBe(problem('unverified-email'))
    expect(unverified.browser.jar.has('__Host-rosette_session')).toBe(false)
    const { email_verified: _, ...silent } = somebody({ email })
    expect((await signInAs(silent)).location).toBe(problem('unverified-email'))
    const joined = await signInAs(somebody({ email }))
    expect((await joined.browser.get('session')).body.user.id).toBe(user.id)
    const { email: __, ...nameless } = somebody()
    expect((await signInAs(nameless)).location).toBe(problem('no-email'))
  })

  it('takes an account from whoever made it with an invitation that was handed over', async () => {
    const ada = somebody({ groups: ['operators'] })
    const sent = await api.post(`organizations/${arts}/invitations`, {
      email: ada.email,
      role: 'viewer',
    })
    const squatter = browse()
    const joined = await squatter.post('invitations/accept', {
      secret: secretIn(sent.body.link),
      name: 'Not Ada',
      password: goodPassword,
    })
    expect(joined.status).toBe(200)
    const { browser } = await signInAs(ada)
    const { user } = (await browser.get('session')).body
    expect(user).toMatchObject({ id: joined.body.user.id, isAdministrator: true })
    expect(user.hasPassword).toBe(false)
    expect((await squatter.get('session')).status).toBe(401)
    expect((await squatter.signIn(String(ada.email))).status).toBe(401)
    // From now on the account is theirs, with what they choose for it.
    await browser.post('profile/password', { password: 'another good password' })
    const strict = await signInAs(ada)
    expect((await strict.browser.get('session')).body.user.hasPassword).toBe(true)
  })

  it('keeps out those who are switched off', async () => {
    const ada = somebody()
    const { browser } = await signInAs(ada)
    const { id } = (await browser.get('session')).body.user
    await api.patch(`users/${id}`, { isDisabled: true })
    expect((await signInAs(ada)).location).toBe(problem('disabled'))
  })

  it('gives one session a secret of its own, and ends the one that was there', async () => {
    const person = await aSignedIn(app, api.server)
    const before = person.jar.get('__Host-rosette_session')
    await signInAs(somebody(), person)
    expect(person.jar.get('__Host-rosette_session')).not.toBe(before)
    const old = await browse().send({
      method: 'GET',
      url: '/api/v1/session',
      headers: { cookie: `__Host-rosette_session=${before}` },
    })
    expect(old.status).toBe(401)
  })
})

describe('an answer that is not right', () => {
  it('has another state', async () => {
    campus.signInAs(somebody())
    const browser = browse()
    const back = (await come(browser)).replace(/state=[^&]+/, 'state=forged')
    expect((await browser.get(back)).headers['location']).toBe(problem('failed'))
    expect(browser.jar.size).toBe(0)
  })

  it('has another nonce', async () => {
    campus.signInAs(somebody())
    const browser = browse()
    const back = await come(browser, (url) => url.searchParams.set('nonce', 'forged'))
    expect((await browser.get(back)).headers['location']).toBe(problem('failed'))
  })

  it('has a code that was asked for with another verifier', async () => {
    campus.signInAs(somebody())
    const browser = browse()
    const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'
    const back = await come(browser, (url) => url.searchParams.set('code_challenge', challenge))
    expect((await browser.get(back)).headers['location']).toBe(problem('failed'))
  })

  it('comes too late, to another browser, or twice', async () => {
    campus.signInAs(somebody())
    const late = browse()
    const back = await come(late)
    ahead = 11 * 60_000
    expect((await late.get(back)).headers['location']).toBe(problem('expired'))
    ahead = 0
    const victim = await come(browse())
    expect((await browse().get(victim)).headers['location']).toBe(problem('expired'))
    const { browser } = await signInAs(somebody())
    expect((await browser.get(back)).headers['location']).toBe(problem('expired'))
  })

  it('is a no of the person', async () => {
    expect((await signInAs(undefined)).location).toBe(problem('refused-there'))
  })

  it('cannot be had where the provider does not answer', async () => {
    const away = await browse().get('/auth/away')
    expect(away.headers['location']).toBe(problem('unreachable', 'away'))
  })

  it('leads nowhere but to the console', async () => {
    for (const to of [
      'https://evil.example/console',
      '//evil.example/console',
      '/\\evil',
      '/admin',
      '/console/../admin',
      '/consoles',
    ]) {
      campus.signInAs(somebody())
      const browser = browse()
      const begun = await browser.get(`/auth/campus?to=${encodeURIComponent(to)}`)
      const back = await walkThrough(String(begun.headers['location']))
      const answer = await browser.get(`${back.pathname}${back.search}`)
      expect(answer.headers['location'], to).toBe(`${base}/console`)
    }
  })
})

describe('a provider that brings nobody new, and people of one domain', () => {
  async function comeStrictly(account: Account) {
    campus.signInAs(account)
    const browser = browse()
    const begun = await browser.get('/auth/strict')
    const back = await walkThrough(String(begun.headers['location']))
    const answer = await browser.get(`${back.pathname}${back.search}`)
    return answer.headers['location']
  }

  it('lets in whoever has an account, and nobody else', async () => {
    const user = await aPerson(app)
    expect(await comeStrictly(somebody({ email: user.email }))).toBe(`${base}/console`)
    expect(await comeStrictly(somebody())).toBe(problem('unknown-person', 'strict'))
    const { email } = await aPerson(app, { email: `x${made}@elsewhere.example` })
    expect(await comeStrictly(somebody({ email }))).toBe(problem('foreign-domain', 'strict'))
    const look = 'x@university.example.evil.example'
    expect(await comeStrictly(somebody({ email: look }))).toBe(problem('foreign-domain', 'strict'))
  })

  it('has its answers accepted for itself alone', async () => {
    campus.signInAs(somebody())
    const browser = browse()
    const back = await come(browser)
    const other = back.replace('/auth/campus/', '/auth/strict/')
    expect((await browser.get(other)).headers['location']).toBe(problem('expired', 'strict'))
  })
})

describe('roles from claims', () => {
  it('are given and taken back at each sign-in; the one that may do most counts', async () => {
    const ada = somebody()
    const roleOf = async (groups: readonly string[]) => {
      const { browser } = await signInAs({ ...ada, groups })
      const { body } = await browser.get('session')
      return { role: body.organizations[0]?.role, isAdministrator: body.user.isAdministrator }
    }
    expect(await roleOf(['badges'])).toEqual({ role: 'editor', isAdministrator: false })
    expect(await roleOf(['badges', 'deans'])).toEqual({ role: 'owner', isAdministrator: false })
    expect(await roleOf([])).toEqual({ role: undefined, isAdministrator: false })
    expect((await roleOf(['operators'])).isAdministrator).toBe(true)
    expect(await roleOf(['badges'])).toEqual({ role: 'editor', isAdministrator: false })
    const log = await api.get(`audit-log?action=member.claim&organizationId=${arts}`)
    expect(log.body.items[0]).toMatchObject({
      actor: ada.email,
      before: { role: null },
      after: { role: 'editor' },
    })
  })

  it('leave alone what people gave', async () => {
    const user = await aPerson(app, { roles: { [arts]: 'viewer' }, isAdministrator: true })
    const account = somebody({ email: user.email, groups: ['badges'] })
    const { browser } = await signInAs(account)
    const { body } = await browser.get('session')
    expect(body.user.isAdministrator).toBe(true)
    expect(body.organizations).toMatchObject([{ role: 'viewer' }])
    const members = await api.get(`organizations/${arts}/members`)
    const found = members.body.items.find((one: { email: string }) => one.email === user.email)
    expect(found).toMatchObject({ role: 'viewer', claimedFrom: null })
  })
})

describe('two at once', () => {
  it('make one account of one new person', async () => {
    const ada = somebody()
    campus.signInAs(ada)
    const browsers = [browse(), browse(), browse()]
    const backs = await Promise.all(browsers.map((browser) => come(browser)))
    const answers = await Promise.all(browsers.map((browser, i) => browser.get(backs[i] ?? '')))
    for (const { headers } of answers) expect(headers['location']).toContain('/console/badges')
    const users = await api.get(`users?search=${ada.email}`)
    expect(users.body.items).toHaveLength(1)
  })

  it('use one code once', async () => {
    campus.signInAs(somebody())
    const browser = browse()
    const back = await come(browser)
    const cookie = [...browser.jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const ask = () => browse().send({ method: 'GET', url: back, headers: { cookie } })
    const answers = await Promise.all([ask(), ask()])
    const signedIn = answers.filter(({ headers }) =>
      String(headers['location']).startsWith(`${base}/console/badges`),
    )
    expect(signedIn.length).toBeLessThanOrEqual(1)
  })
})

describe('an LMS of Open edX', () => {
  const learner = {
    sub: 'anonymous',
    email: 'staff@lms.example',
    email_verified: true,
    name: 'Staff',
  }

  async function comeFromLms(person: object) {
    lms.signInAs({ ...learner, ...person })
    const browser = browse()
    const begun = await browser.get('/auth/lms')
    const asked = new URL(String(begun.headers['location']))
    expect(asked.pathname).toBe('/oauth2/authorize/')
    expect(asked.searchParams.get('scope')).toBe('user_id profile email')
    const back = await walkThrough(asked.href)
    const answer = await browser.get(`${back.pathname}${back.search}`)
    return { browser, location: answer.headers['location'] }
  }

  it('says by its token who comes, and makes its superusers administrators', async () => {
    const { browser, location } = await comeFromLms({ superuser: true })
    expect(location).toBe(`${base}/console`)
    expect((await browser.get('session')).body.user).toMatchObject({
      email: learner.email,
      name: 'Staff',
      isAdministrator: true,
    })
    const later = await comeFromLms({ superuser: false })
    expect((await later.browser.get('session')).body.user.isAdministrator).toBe(false)
  })

  it('is not believed when the token has expired, or the address is not verified', async () => {
    const past = Math.floor(Date.now() / 1000) - 60
    expect((await comeFromLms({ exp: past })).location).toBe(problem('failed', 'lms'))
    const inactive = { sub: 'other', email: 'other@lms.example', email_verified: false }
    expect((await comeFromLms(inactive)).location).toBe(problem('unverified-email', 'lms'))
  })
})

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiClient, createApiClient } from '../../testing/api-client.js'
import { type FakeLms, startFakeLms } from '../../testing/fake-lms.js'
import {
  clientSecret,
  type IdentityProvider,
  startIdentityProvider,
  walkThrough,
} from '../../testing/identity-provider.js'
import { openBrowser } from '../../testing/person.js'
import { aBadge, anAward } from '../../testing/sample-awards.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

let lms: FakeLms
let campus: IdentityProvider
let app: TestApp
let api: ApiClient
const base = 'https://badges.example'
beforeAll(async () => {
  lms = await startFakeLms('lms secret')
  campus = await startIdentityProvider([`${base}/auth/campus/callback`])
  const known = { signUp: true, clientId: 'rosette' }
  const providers = [
    {
      ...known,
      id: 'lms',
      name: 'LMS',
      kind: 'open-edx',
      issuer: lms.address,
      clientSecret: 'lms secret',
    },
    { ...known, id: 'campus', name: 'Campus', issuer: campus.issuer, clientSecret },
  ]
  app = await createTestApp({ ROSETTE_OIDC_PROVIDERS: JSON.stringify(providers) })
  api = await createApiClient(app)
})
afterAll(async () => {
  await api.server.close()
  await app.drop()
  await campus.stop()
  await lms.stop()
})

/** Signs in through a provider, and leads into the backpack. */
async function through(provider: 'lms' | 'campus') {
  const browser = openBrowser(api.server)
  const begun = await browser.get(`/auth/${provider}?to=/backpack/import`)
  const back = await walkThrough(String(begun.headers.location))
  const done = await browser.get(`${back.pathname}${back.search}`)
  return { browser, location: String(done.headers.location) }
}

async function awardTo(learner: { username?: string; lmsUserId?: number | null }) {
  const { templateId } = await aBadge(app)
  const email = `${randomUUID()}@elsewhere.example`
  return await anAward(app, { templateId, learner: { username: randomUUID(), email, ...learner } })
}

const badgesIn = async (browser: ReturnType<typeof openBrowser>): Promise<readonly string[]> =>
  (await browser.get('backpack/badges')).body.items.map(({ id }: { id: string }) => id)

let made = 0
function claims(more: object = {}) {
  made += 1
  const email = `lms${made}@university.example`
  const names = { preferred_username: `student${made}`, name: `Student ${made}` }
  return { sub: `lms-${made}`, email, email_verified: true, ...names, ...more }
}

describe('somebody who signs in through an LMS', () => {
  it('has the badges of its user id, though their address is another one', async () => {
    lms.signInAs(claims({ user_id: 4711 }))
    const mine = await awardTo({ lmsUserId: 4711 })
    await awardTo({ lmsUserId: 4712 })
    const { browser, location } = await through('lms')
    expect(location).toBe(`${base}/backpack/import`)
    expect(await badgesIn(browser)).toEqual([mine])
  })

  it('has the badges of the user name where the LMS tells no id, in any case', async () => {
    const who = claims()
    lms.signInAs(who)
    const mine = await awardTo({ username: who.preferred_username.toUpperCase() })
    expect(await badgesIn((await through('lms')).browser)).toEqual([mine])
  })

  it('has not those of somebody who had the user name before, when the ids differ', async () => {
    const who = claims({ user_id: '815' })
    lms.signInAs(who)
    await awardTo({ username: who.preferred_username, lmsUserId: 814 })
    const byHand = await awardTo({ username: who.preferred_username })
    expect(await badgesIn((await through('lms')).browser)).toEqual([byHand])
  })

  it('loses them when the account in the LMS is another one now', async () => {
    const who = claims({ user_id: 900 })
    const mine = await awardTo({ lmsUserId: 900 })
    lms.signInAs(who)
    expect(await badgesIn((await through('lms')).browser)).toEqual([mine])
    lms.signInAs({ ...who, user_id: 901 })
    expect(await badgesIn((await through('lms')).browser)).toEqual([])
  })

  it.each([{ user_id: 'x' }, { user_id: -1 }, { user_id: 1e300 }, { preferred_username: '  ' }])(
    'has none by claims that say nothing: %j',
    async (odd) => {
      await awardTo({ username: '' })
      lms.signInAs(claims(odd))
      expect(await badgesIn((await through('lms')).browser)).toEqual([])
    },
  )
})

describe('any other provider', () => {
  it('cannot say who somebody is in the LMS', async () => {
    await awardTo({ username: 'victim', lmsUserId: 31_337 })
    const email = 'attacker@university.example'
    const more = { preferred_username: 'victim', user_id: 31_337 }
    campus.signInAs({ sub: 'attacker', email, email_verified: true, name: 'victim', ...more })
    const { browser } = await through('campus')
    expect((await browser.get('session')).body.user.email).toBe(email)
    expect(await badgesIn(browser)).toEqual([])
    const stored = app.db.selectFrom('user_identity').select(['lms_username', 'lms_user_id'])
    expect(await stored.where('subject', '=', 'attacker').execute()).toEqual([
      { lms_username: null, lms_user_id: null },
    ])
  })
})

describe('what goes wrong on the way into the backpack', () => {
  it('is told on its own page of sign-in', async () => {
    campus.signInAs(undefined)
    const { location } = await through('campus')
    expect(location).toBe(`${base}/backpack/sign-in?problem=refused-there&provider=campus`)
  })
})

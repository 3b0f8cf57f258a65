import { ProviderError } from '@rosette/providers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signInToAdmin } from '../../testing/admin-browser.js'
import { anOrganization } from '../../testing/api-client.js'
import { createFakeProvider } from '../../testing/fake-provider.js'
import {
  createProviderWorld,
  type ProviderWorld,
  type TestAccount,
} from '../../testing/provider-world.js'

let world: ProviderWorld
let browser: Awaited<ReturnType<typeof signInToAdmin>>
let account: TestAccount
let page: string

const day = 86_400_000
const inDays = (days: number) => new Date(Date.now() + days * day + 3_600_000).toISOString()

beforeAll(async () => {
  world = await createProviderWorld()
  browser = await signInToAdmin(world.app, world.api.server)
  account = await world.anAccount()
  page = `/admin/providers/${account.id}`
})
afterAll(() => world.close())

const pageNow = async () => (await browser.get(page)).body

async function stored() {
  const rows = world.app.db.selectFrom('provider_account').selectAll()
  return await rows.where('id', '=', account.id).executeTakeFirstOrThrow()
}

describe('the page of an account', () => {
  it('says how it is, and what its provider does with a revocation', async () => {
    const body = await pageNow()
    expect(body).toContain('Working')
    expect(body).toContain('Revoking at Credly marks the badge there as revoked')
    expect(body).toContain('Learners must accept the badge')
    const accredible = await world.anAccount({
      fake: createFakeProvider({
        kind: 'accredible',
        capabilities: { revocation: 'expire', changes: 'polling', reissue: 'renew' },
      }),
    })
    const other = (await browser.get(`/admin/providers/${accredible.id}`)).body
    expect(other).toContain(
      'Revoking at Accredible sets an end date; the credential stays visible there as expired.',
    )
    expect(other).not.toContain('Webhook')
  })

  it.each([
    [20, 'ends on', false],
    [13, 'ends in 13 days, on', true],
    [1, 'ends in one day, on', true],
    [-2, 'ended on', true],
  ])('tells of a key that ends in %d days: %s', async (days, words, isWarned) => {
    await world.app.db
      .updateTable('provider_account')
      .set({ key_expires_at: inDays(days) })
      .where('id', '=', account.id)
      .execute()
    const body = await pageNow()
    expect(body).toContain(words)
    expect(/class="state (warn|bad)"/.test(body)).toBe(isWarned)
  })

  it('reads the templates and shows what each issues here', async () => {
    account.fake.addTemplate({ id: 'one', name: 'Welding & <Safety>' })
    const answer = await browser.post(`${page}/sync`)
    expect(answer.statusCode).toBe(200)
    expect(answer.body).toContain('One template: 1 new.')
    expect(answer.body).toContain('<b>Welding &#38; &#60;Safety&#62;</b>')
    expect(answer.body).toContain('Welding &#38; &#60;Safety&#62; <span class="soft">draft</span>')
  })

  it('says on the page why a sync or a test failed', async () => {
    account.replace({
      testConnection: async () => {
        throw new ProviderError('Credly says no.', { kind: 'unauthorized' })
      },
      listTemplates: () => {
        throw new ProviderError('Credly did not answer.', { kind: 'unanswered' })
      },
    })
    const test = await browser.post(`${page}/test`)
    expect(test.statusCode).toBe(422)
    expect(test.body).toContain('role="alert"')
    expect(test.body).toContain('Credly says no')
    const sync = await browser.post(`${page}/sync`)
    expect(sync.statusCode).toBe(502)
    expect(sync.body).toContain('Credly did not answer.')
    account.restore()
  })

  it('pauses and resumes, and tells afterwards', async () => {
    const paused = await browser.post(`${page}/pause`)
    expect(paused.headers['location']).toBe(`${page}?done=paused`)
    expect(await pageNow()).toContain('Paused by token: ROSETTE_ADMIN_TOKEN.')
    const resumed = await browser.post(`${page}/resume`)
    expect((await browser.get(String(resumed.headers['location']))).body).toContain(
      'The account works again.',
    )
    expect((await stored()).paused_at).toBeNull()
  })

  it('takes a new key, and shows none', async () => {
    const before = (await stored()).sealed_secret
    const empty = await browser.post(`${page}/key`)
    expect(empty.statusCode).toBe(400)
    expect(empty.body).toContain('aria-invalid="true"')
    expect(empty.body).toContain('Enter what opens the account.')
    const changed = await browser.post(`${page}/key`, { token: 'a-new-key' })
    expect(changed.headers['location']).toBe(`${page}?done=key-changed`)
    expect((await stored()).sealed_secret).not.toEqual(before)
    expect(await pageNow()).not.toContain('a-new-key')
  })

  it('makes a secret for the webhook, shows it once, and removes it', async () => {
    const made = await browser.post(`${page}/webhook-secret`)
    const address = /https:\/\/[^<]+secret=([\w-]+)/.exec(made.body)
    expect(address?.[1]).toHaveLength(32)
    expect(await pageNow()).not.toContain(address?.[1])
    expect(await pageNow()).toContain('Make a new secret')
    await browser.post(`${page}/clear-webhook-secret`)
    expect((await stored()).webhook_secret_hash).toBeNull()
  })

  it('of an account that does not exist is not found', async () => {
    const nobody = '/admin/providers/00000000-0000-4000-8000-000000000000'
    expect((await browser.get(nobody)).statusCode).toBe(404)
    expect((await browser.post(`${nobody}/pause`)).statusCode).toBe(404)
  })
})

describe('the form for a new account', () => {
  it('names every fault at its field, and keeps what was entered but the key', async () => {
    const { issuerId } = await anOrganization(world.api)
    const answer = await browser.post('/admin/providers/new/credly', {
      name: 'Mine & yours',
      issuerId,
      externalId: 'no uuid',
      token: 'secret-key',
    })
    expect(answer.statusCode).toBe(400)
    expect(answer.body).toContain('value="Mine &#38; yours"')
    expect(answer.body).toContain(`<option value="${issuerId}" selected>`)
    expect(answer.body).toContain('id="externalId-fault">Must be the UUID')
    expect(answer.body).not.toContain('secret-key')
  })

  it('needs a name and an issuer', async () => {
    const answer = await browser.post('/admin/providers/new/accredible', { token: 'key' })
    expect(answer.statusCode).toBe(400)
    expect(answer.body).toContain('The account needs a name and an issuer.')
  })
})

describe('the list of accounts', () => {
  it('counts what each has issued, with links', async () => {
    await world.anIssuedBadge(account)
    const { body } = await browser.get('/admin/providers')
    expect(body).toContain(
      `href="/admin/issuances?state=issued&#38;account=${account.id}">Issued</a> 1`,
    )
    expect(body).toContain('<span class="unseen">Add an account at </span>Badgr')
  })
})

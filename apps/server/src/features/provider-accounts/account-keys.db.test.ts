import { createHash, randomUUID } from 'node:crypto'
import { ProviderError } from '@rosette/providers'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type ApiClient, anOrganization, createApiClient } from '../../testing/api-client.js'
import { createFakeProvider, type FakeProvider } from '../../testing/fake-provider.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

let app: TestApp
let api: ApiClient
let now = new Date('2026-05-01T00:00:00Z')
let fake: FakeProvider
/** Providers of their own, by the organization at Credly. */
const fakes = new Map<string, FakeProvider>()

beforeAll(async () => {
  app = await createTestApp(
    {},
    {
      now: () => now,
      createProvider: (account) => (fakes.get(account.external_id ?? '') ?? fake).provider,
    },
  )
  api = await createApiClient(app)
})
beforeEach(() => {
  now = new Date('2026-05-01T00:00:00Z')
  fake = createFakeProvider()
})
// Only the accounts of one test are watched at a time.
afterEach(async () => {
  await app.db.deleteFrom('provider_account').execute()
})
afterAll(async () => {
  await api.server.close()
  await app.drop()
})

const root = 'provider-accounts'
const credentials = { kind: 'token', token: 'first-key' }
const refusal = new ProviderError('Credly does not accept the key.', { kind: 'unauthorized' })
const silence = new ProviderError('Credly did not answer in time.', { kind: 'unanswered' })
const soon = '2026-05-10T00:00:00.000Z'
const late = '2026-10-01T00:00:00.000Z'

async function anAccount(more: object = {}) {
  const owner = await anOrganization(api)
  const about = { provider: 'credly', name: 'Ours', externalId: randomUUID(), credentials }
  const created = await api.post(root, { ...owner, ...about, ...more })
  expect(created.status).toBe(201)
  return created.body
}

async function stored(id: string) {
  const accounts = app.db.selectFrom('provider_account').selectAll()
  return await accounts.where('id', '=', id).executeTakeFirstOrThrow()
}

async function openNotices(id: string) {
  return await app.db
    .selectFrom('notice')
    .select(['kind', 'detail'])
    .where('subject', '=', `provider-account/${id}`)
    .where('resolved_at', 'is', null)
    .execute()
}

async function actionsOn(id: string) {
  const rows = await app.db
    .selectFrom('audit_log')
    .select(['action', 'detail'])
    .where('subject', '=', `provider-account/${id}`)
    .orderBy('id')
    .execute()
  return rows.slice(1).map(({ action, detail }) => ({ action, detail }))
}

describe('the test of a connection', () => {
  it('tells what the provider says of the account, and keeps when the key ends', async () => {
    const { id } = await anAccount()
    Object.assign(fake.facts, { name: 'Open University', keyExpiresAt: late, credits: 12 })
    const answer = await api.post(`${root}/${id}/test`)
    expect(answer).toMatchObject({ status: 200 })
    expect(answer.body).toEqual({ name: 'Open University', keyExpiresAt: late, credits: 12 })
    expect((await stored(id)).key_expires_at).toBe('2026-10-01T00:00:00Z')
  })

  it.each([
    [refusal, 422, 'provider-refused'],
    [silence, 502, 'provider-unreachable'],
  ])('says why it failed, and changes nothing: %s', async (error, status, code) => {
    const { id } = await anAccount()
    const before = await stored(id)
    fake.failNext(error)
    const answer = await api.post(`${root}/${id}/test`)
    expect(answer).toMatchObject({ status, body: { code, title: error.message } })
    expect(await stored(id)).toEqual(before)
  })

  it('resumes what had paused by itself, and not what a person paused', async () => {
    const { id } = await anAccount()
    await app.accountHealth.pause(await stored(id), 'It failed five times.')
    expect((await api.get(`${root}/${id}`)).body).toMatchObject({
      state: 'paused',
      pauseReason: 'It failed five times.',
      nextProbeAt: expect.any(String),
    })
    await api.post(`${root}/${id}/test`)
    expect((await api.get(`${root}/${id}`)).body).toMatchObject({ state: 'working' })
    await api.post(`${root}/${id}/pause`)
    await api.post(`${root}/${id}/test`)
    expect((await api.get(`${root}/${id}`)).body).toMatchObject({ state: 'paused' })
  })
})

describe('a pause', () => {
  it('lasts until a person ends it: it is not probed', async () => {
    const { id } = await anAccount()
    const paused = await api.post(`${root}/${id}/pause`)
    expect(paused.body).toMatchObject({
      state: 'paused',
      pausedAt: '2026-05-01T00:00:00Z',
      pauseReason: 'Paused by token: ROSETTE_ADMIN_TOKEN.',
      nextProbeAt: null,
    })
    now = new Date('2026-06-01T00:00:00Z')
    expect(await app.accountHealth.claimProbe(id)).toBeUndefined()
    const resumed = await api.post(`${root}/${id}/resume`)
    expect(resumed.body).toMatchObject({ state: 'working', pausedAt: null, pauseReason: null })
    expect(await actionsOn(id)).toEqual([
      { action: 'provider-account.pause', detail: {} },
      { action: 'provider-account.resume', detail: {} },
    ])
  })

  it('by a person takes over one that would have been probed', async () => {
    const { id } = await anAccount()
    await app.accountHealth.pause(await stored(id), 'It failed five times.')
    const paused = await api.post(`${root}/${id}/pause`)
    expect(paused.body).toMatchObject({ state: 'paused', nextProbeAt: null })
  })
})

describe('the rotation of a key', () => {
  it('seals the new key, uses it from then on, and never shows it', async () => {
    const { id } = await anAccount()
    fake.facts.keyExpiresAt = late
    const rotated = await api.post(`${root}/${id}/rotate-key`)
    expect(rotated).toMatchObject({
      status: 200,
      body: { id, keyExpiresAt: '2026-10-01T00:00:00Z' },
    })
    expect(JSON.stringify(rotated)).not.toContain('fake-key-1')
    const account = await stored(id)
    expect(account.sealed_secret?.includes('fake-key-1')).toBe(false)
    expect(app.accounts.secretOf(account)).toEqual({ kind: 'token', token: 'fake-key-1' })
    expect(await actionsOn(id)).toEqual([{ action: 'provider-account.rotate-key', detail: {} }])
  })

  it.each([
    [refusal, 'provider-refused'],
    [silence, 'provider-unreachable'],
  ])('that fails leaves the old key: %s', async (error, code) => {
    const { id } = await anAccount()
    const before = await stored(id)
    fake.failNext(error)
    expect((await api.post(`${root}/${id}/rotate-key`)).body.code).toBe(code)
    expect(await stored(id)).toEqual(before)
  })

  it('says so when the key was made and could not be stored', async () => {
    const { id } = await anAccount()
    const made = fake.provider.rotateKey
    const provider = {
      ...fake.provider,
      rotateKey: async () => {
        await app.db.deleteFrom('provider_account').where('id', '=', id).execute()
        return (await made?.()) ?? { key: '', expiresAt: null }
      },
    }
    fake = { ...fake, provider }
    await app.db
      .updateTable('provider_account')
      .set({ requests_per_minute: 5 })
      .where('id', '=', id)
      .execute()
    const answer = await api.post(`${root}/${id}/rotate-key`)
    expect(answer).toMatchObject({ status: 500, body: { code: 'internal' } })
    expect(answer.body.title).toContain('the old key stays in use')
    expect(answer.body.title).not.toContain('fake-key')
  })

  it('keeps no key of one host for an account that has gone to another meanwhile', async () => {
    const { id } = await anAccount()
    const { rotateKey: make } = fake.provider
    const moved = { apiBaseUrl: 'https://other.example/', credentials, skipTest: true }
    const provider = {
      ...fake.provider,
      rotateKey: async () => {
        expect((await api.patch(`${root}/${id}`, moved)).status).toBe(200)
        return (await make?.()) ?? { key: '', expiresAt: null }
      },
    }
    fake = { ...fake, provider }
    await app.db
      .updateTable('provider_account')
      .set({ requests_per_minute: 5 })
      .where('id', '=', id)
      .execute()
    const answer = await api.post(`${root}/${id}/rotate-key`)
    const { sealed_secret: sealed, api_base_url: address } = await stored(id)
    expect(address).toBe(moved.apiBaseUrl)
    expect(answer).toMatchObject({ status: 409, body: { code: 'conflict' } })
    expect(answer.body.title).toContain('Delete the newest key at Credly')
    const { provider: _, ...account } = await app.accounts.open(id)
    expect(app.accounts.secretOf(account.account)).toEqual(credentials)
    expect(sealed).not.toBeNull()
  })

  it('is not offered where the provider makes no keys', async () => {
    fake = createFakeProvider({ kind: 'accredible' })
    const { id } = await anAccount({ provider: 'accredible', externalId: undefined })
    const answer = await api.post(`${root}/${id}/rotate-key`)
    expect(answer).toMatchObject({ status: 422, body: { code: 'provider-refused' } })
    expect(answer.body.title).toContain('Make one at Accredible')
  })
})

describe('the secret of the webhook', () => {
  it('is shown once, in the address, and kept as a hash', async () => {
    const { id } = await anAccount()
    const { status, body } = await api.put(`${root}/${id}/webhook-secret`)
    expect(status).toBe(200)
    const url = new URL(body.webhookUrl)
    expect(`${url.origin}${url.pathname}`).toBe('https://badges.example/badges/credly/webhook/')
    const secret = url.searchParams.get('secret') ?? ''
    expect(secret).toMatch(/^[\w-]{32}$/)
    const { webhook_secret_hash: hash } = await stored(id)
    expect(hash).toEqual(createHash('sha256').update(secret).digest())
    const read = await api.get(`${root}/${id}`)
    expect(read.body.hasWebhookSecret).toBe(true)
    expect(JSON.stringify([read, await actionsOn(id)])).not.toContain(secret)
    const cleared = await api.delete(`${root}/${id}/webhook-secret`)
    expect(cleared).toMatchObject({ status: 200, body: { hasWebhookSecret: false } })
  })

  it('is another one each time', async () => {
    const { id } = await anAccount()
    const first = await api.put(`${root}/${id}/webhook-secret`)
    const second = await api.put(`${root}/${id}/webhook-secret`)
    expect(second.body.webhookUrl).not.toBe(first.body.webhookUrl)
  })

  it('is refused where changes are polled', async () => {
    fake = createFakeProvider({ kind: 'accredible', capabilities: { changes: 'polling' } })
    const { id } = await anAccount({ provider: 'accredible', externalId: undefined })
    const answer = await api.put(`${root}/${id}/webhook-secret`)
    expect(answer).toMatchObject({ status: 400, body: { code: 'request-invalid' } })
  })
})

describe('the watch over keys', () => {
  it('opens a notice two weeks before a key ends, once, and resolves it for a new key', async () => {
    fake.facts.keyExpiresAt = late
    const { id } = await anAccount()
    await app.providerAccounts.tasks['watch-provider-keys']()
    expect(await openNotices(id)).toEqual([])
    now = new Date('2026-09-18T00:00:00Z')
    await app.providerAccounts.tasks['watch-provider-keys']()
    await app.providerAccounts.tasks['watch-provider-keys']()
    expect(await openNotices(id)).toEqual([
      {
        kind: 'key-ends-soon',
        detail: { account: 'Ours', provider: 'credly', keyExpiresAt: late },
      },
    ])
    fake.facts.keyExpiresAt = '2027-03-01T00:00:00.000Z'
    await api.post(`${root}/${id}/rotate-key`)
    expect(await openNotices(id)).toEqual([])
  })

  it('tells of a key that ends soon when it is entered, and of its new end', async () => {
    fake.facts.keyExpiresAt = soon
    const { id } = await anAccount()
    expect(await openNotices(id)).toMatchObject([{ detail: { keyExpiresAt: soon } }])
    const other = '2026-05-12T00:00:00.000Z'
    fake.facts.keyExpiresAt = other
    await api.patch(`${root}/${id}`, { credentials: { kind: 'token', token: 'second-key' } })
    expect(await openNotices(id)).toMatchObject([{ detail: { keyExpiresAt: other } }])
    await api.patch(`${root}/${id}`, { credentials, skipTest: true })
    expect(await openNotices(id)).toEqual([])
  })

  it('goes on to the next account when one fails, and looks at no paused one', async () => {
    const [first, second, third] = [randomUUID(), randomUUID(), randomUUID()]
    for (const id of [first, second, third]) fakes.set(id, createFakeProvider())
    const dead = await anAccount({ externalId: first })
    const refused = await anAccount({ externalId: second })
    const fine = await anAccount({ externalId: third })
    const paused = await anAccount()
    await api.post(`${root}/${paused.id}/pause`)
    fakes.get(first)?.failNext(silence)
    fakes.get(second)?.failNext(refusal)
    Object.assign(fakes.get(third)?.facts ?? {}, { keyExpiresAt: soon })
    fake.calls.length = 0
    await app.providerAccounts.tasks['watch-provider-keys']()
    expect(await openNotices(fine.id)).toMatchObject([{ kind: 'key-ends-soon' }])
    expect((await stored(dead.id)).paused_at).toBeNull()
    expect(await stored(refused.id)).toMatchObject({ pause_reason: refusal.message })
    expect(fake.calls).toEqual([])
  })

  it('tells of a key that is known to end although the provider does not answer', async () => {
    fake.facts.keyExpiresAt = late
    const { id } = await anAccount()
    now = new Date('2026-09-30T00:00:00Z')
    fake.failNext(silence)
    await app.providerAccounts.tasks['watch-provider-keys']()
    expect(await openNotices(id)).toMatchObject([{ kind: 'key-ends-soon' }])
  })
})

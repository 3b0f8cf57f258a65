import { randomUUID } from 'node:crypto'
import { ProviderError } from '@rosette/providers'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type ApiClient, anOrganization, createApiClient } from '../../testing/api-client.js'
import { createFakeProvider, type FakeProvider } from '../../testing/fake-provider.js'
import { createRoleClient } from '../../testing/role-client.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

let app: TestApp
let api: ApiClient
let fake: FakeProvider
/** Every secret that a client was made with. */
const used: string[] = []

beforeAll(async () => {
  app = await createTestApp(
    {},
    {
      createProvider: (account, secret) => {
        used.push(JSON.stringify(secret))
        if (account.provider === 'credly') return fake.provider
        const polled = { changes: 'polling', revocation: 'expire' } as const
        return { ...createFakeProvider({ kind: account.provider, capabilities: polled }).provider }
      },
    },
  )
  api = await createApiClient(app)
})
beforeEach(() => {
  fake = createFakeProvider()
})
afterAll(async () => {
  await api.server.close()
  await app.drop()
})

const nobody = '00000000-0000-4000-8000-000000000000'
const token = 'very-secret-key-of-credly'
const credentials = { kind: 'token', token }
const root = 'provider-accounts'

async function newAccount(more: object = {}) {
  const owner = await anOrganization(api)
  return {
    ...owner,
    provider: 'credly',
    name: 'Our Credly',
    externalId: randomUUID(),
    credentials,
    ...more,
  }
}

async function anAccount(more: object = {}) {
  const created = await api.post(root, await newAccount(more))
  expect(created.status).toBe(201)
  return created.body
}

async function stored(id: string) {
  return await app.db
    .selectFrom('provider_account')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
}

async function auditOf(id: string) {
  return await app.db
    .selectFrom('audit_log')
    .select(['actor', 'action', 'detail'])
    .where('subject', '=', `provider-account/${id}`)
    .orderBy('id')
    .execute()
}

const refusal = new ProviderError(`Credly does not accept the key: ${token} is unknown`, {
  kind: 'unauthorized',
  status: 401,
})
const silence = new ProviderError('Credly did not answer in time.', { kind: 'unanswered' })

describe('provider accounts', () => {
  it.each([
    ['credly', { kind: 'token', token: 'a-key\nwith a line' }],
    ['accredible', { kind: 'token', token: 'schlüssel' }],
    ['badgr', { kind: 'token', token: 'a\u0000b' }],
  ])('take no key that cannot be sent: %s, %o', async (provider, wrong) => {
    const wanted = await newAccount({
      provider,
      credentials: wrong,
      skipTest: true,
      ...(provider === 'accredible' && { externalId: null }),
      ...(provider === 'badgr' && { apiBaseUrl: 'https://badgr.example' }),
    })
    const refused = await api.post(root, wanted)
    expect(refused).toMatchObject({ status: 400, body: { code: 'request-invalid' } })
    expect(refused.body.faults).toMatchObject([{ path: 'credentials.token' }])
    expect(JSON.stringify(refused.body)).not.toContain(wrong.token)
  })

  it('are created after their key was tried, and read again without it', async () => {
    fake.facts.keyExpiresAt = '2099-01-01T00:00:00.000Z'
    const wanted = await newAccount({ externalId: randomUUID().toUpperCase() })
    const created = await api.post(root, wanted)
    expect(created.status).toBe(201)
    expect(created.headers['location']).toBe(`/api/v1/provider-accounts/${created.body.id}`)
    expect(fake.calls).toEqual([{ name: 'testConnection', what: undefined }])
    expect(created.body).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      number: expect.any(Number),
      organizationId: wanted.organizationId,
      issuerId: wanted.issuerId,
      provider: 'credly',
      name: 'Our Credly',
      externalId: wanted.externalId.toLowerCase(),
      apiBaseUrl: null,
      requestsPerMinute: null,
      keyKind: 'token',
      keyExpiresAt: '2099-01-01T00:00:00Z',
      state: 'working',
      pausedAt: null,
      pauseReason: null,
      nextProbeAt: null,
      hasWebhookSecret: false,
      webhookUrl: 'https://badges.example/badges/credly/webhook/',
      capabilities: expect.objectContaining({ revocation: 'revoke', rotatesKey: true }),
      syncedAt: null,
      syncSummary: null,
      syncError: null,
      polledAt: null,
      issuances: {
        queued: 0,
        issuing: 0,
        issued: 0,
        failed: 0,
        stopped: 0,
        revoking: 0,
        revoked: 0,
      },
      createdAt: expect.any(String),
    })
    const read = await api.get(`${root}/${created.body.id}`)
    expect(read).toMatchObject({ status: 200, body: created.body })
    const list = await api.get(`${root}?organizationId=${wanted.organizationId}`)
    expect(list.body).toEqual({ items: [created.body], next: null })
    expect(JSON.stringify([created, read, list])).not.toContain(token)
  })

  it('keep their keys sealed, and out of the audit log', async () => {
    const { id } = await anAccount()
    const { sealed_secret: sealed } = await stored(id)
    expect(sealed?.includes(token)).toBe(false)
    const { account } = await app.accounts.open(id)
    expect(app.accounts.secretOf(account)).toEqual(credentials)
    const audit = await auditOf(id)
    expect(audit).toEqual([
      {
        actor: 'token: ROSETTE_ADMIN_TOKEN',
        action: 'provider-account.create',
        detail: { name: 'Our Credly', provider: 'credly', tested: true },
      },
    ])
  })

  it('are not stored when the provider refuses the key, and its sentence does not repeat the key', async () => {
    fake.failNext(refusal)
    const wanted = await newAccount()
    const answer = await api.post(root, wanted)
    expect(answer.status).toBe(422)
    expect(answer.body).toEqual({
      type: 'about:blank',
      title: 'Credly does not accept the key: … is unknown',
      status: 422,
      code: 'provider-refused',
    })
    const list = await api.get(`${root}?organizationId=${wanted.organizationId}`)
    expect(list.body.items).toEqual([])
    expect(await app.db.selectFrom('rate_bucket').selectAll().execute()).toEqual([])
  })

  it('are not stored when the provider cannot be reached, unless the test is left out', async () => {
    const wanted = await newAccount()
    fake.failNext(silence)
    expect(await api.post(root, wanted)).toMatchObject({
      status: 502,
      body: { code: 'provider-unreachable', title: 'Credly did not answer in time.' },
    })
    fake.failNext(silence)
    const created = await api.post(root, { ...wanted, skipTest: true })
    expect(created.status).toBe(201)
    expect(fake.calls).toHaveLength(1)
  })

  it.each([
    [{ externalId: 'ours' }, 'externalId'],
    [{ externalId: undefined }, 'externalId'],
    [{ apiBaseUrl: 'http://api.credly.com/v1/' }, 'apiBaseUrl'],
    [{ apiBaseUrl: 'https://me:secret@api.credly.com/' }, 'apiBaseUrl'],
    [{ credentials: { kind: 'password', username: 'a', password: 'b' } }, 'credentials.kind'],
    [{ provider: 'accredible' }, 'externalId'],
    [{ provider: 'badgr' }, 'apiBaseUrl'],
    [{ provider: 'badgr', externalId: null, apiBaseUrl: 'https://b.example' }, 'externalId'],
    [{ requestsPerMinute: 0 }, 'requestsPerMinute'],
    [{ credentials: { kind: 'token', token: '' } }, 'credentials.token'],
  ])('refuse what cannot be: %j', async (more, path) => {
    const answer = await api.post(root, await newAccount(more))
    expect(answer).toMatchObject({ status: 400, body: { code: 'request-invalid' } })
    expect(answer.body.faults).toMatchObject([{ path }])
    expect(JSON.stringify(answer.body)).not.toContain('secret')
    expect(fake.calls).toEqual([])
  })

  it('name an address without https only for administrators of the installation', async () => {
    const wanted = await newAccount({ apiBaseUrl: 'http://localhost:9401/api/v1/' })
    const { organizationId } = wanted
    const owner = await createRoleClient(app, api, { organizationId, role: 'owner' })
    const refused = await owner.post(root, wanted)
    expect(refused).toMatchObject({ status: 403, body: { code: 'forbidden' } })
    expect(fake.calls).toEqual([])
    const made = await api.post(root, wanted)
    expect(made.status).toBe(201)
    const moved = await owner.patch(`${root}/${made.body.id}`, { apiBaseUrl: 'http://inside/' })
    expect(moved.status).toBe(403)
    expect((await owner.patch(`${root}/${made.body.id}`, { name: 'Mine' })).status).toBe(200)
  })

  it('take what each provider asks for', async () => {
    const accredible = await anAccount({ provider: 'accredible', externalId: undefined })
    expect(accredible).toMatchObject({ externalId: null, webhookUrl: null })
    expect(accredible.capabilities).toMatchObject({ revocation: 'expire', rotatesKey: false })
    const badgr = await anAccount({
      provider: 'badgr',
      apiBaseUrl: 'https://badgr.example',
      externalId: 'entity',
      credentials: { kind: 'password', username: 'ada', password: ' with blanks ' },
    })
    expect(badgr).toMatchObject({ apiBaseUrl: 'https://badgr.example/', keyKind: 'password' })
    expect(used).toContain('{"kind":"password","username":"ada","password":" with blanks "}')
  })

  it('need an organization and an issuer of it', async () => {
    const wanted = await newAccount()
    const lost = await api.post(root, { ...wanted, organizationId: nobody })
    expect(lost).toMatchObject({ status: 404, body: { code: 'organization-not-found' } })
    const { issuerId } = await anOrganization(api)
    const other = await api.post(root, { ...wanted, issuerId })
    expect(other).toMatchObject({ status: 404, body: { code: 'issuer-not-found' } })
    const chosen = await api.post(root, { ...wanted, issuerId: undefined })
    expect(chosen).toMatchObject({ status: 201, body: { issuerId: wanted.issuerId } })
  })

  it('are there once for each organization at Credly', async () => {
    const { externalId } = await anAccount()
    const again = await api.post(root, await newAccount({ externalId: externalId.toUpperCase() }))
    expect(again).toMatchObject({ status: 409, body: { code: 'provider-account-exists' } })
    const other = await anAccount()
    const moved = await api.patch(`${root}/${other.id}`, { externalId })
    expect(moved).toMatchObject({ status: 409, body: { code: 'provider-account-exists' } })
  })

  it('come in pages by name, of one provider when asked', async () => {
    const { organizationId } = await anOrganization(api)
    for (const name of ['C', 'A', 'B'])
      await anAccount({ organizationId, issuerId: undefined, name })
    const first = await api.get(`${root}?organizationId=${organizationId}&limit=2`)
    expect(first.body.items.map(({ name }: { name: string }) => name)).toEqual(['A', 'B'])
    const rest = `${root}?organizationId=${organizationId}&limit=2&cursor=${first.body.next}`
    expect((await api.get(rest)).body).toMatchObject({ items: [{ name: 'C' }], next: null })
    const none = await api.get(`${root}?organizationId=${organizationId}&provider=badgr`)
    expect(none.body).toEqual({ items: [], next: null })
  })

  it('are changed without a call when the connection stays the same', async () => {
    const account = await anAccount()
    fake.calls.length = 0
    const changed = await api.patch(`${root}/${account.id}`, { name: 'New', requestsPerMinute: 30 })
    expect(changed.body).toEqual({ ...account, name: 'New', requestsPerMinute: 30 })
    expect(fake.calls).toEqual([])
    expect((await auditOf(account.id)).at(-1)).toEqual({
      actor: 'token: ROSETTE_ADMIN_TOKEN',
      action: 'provider-account.update',
      detail: { name: 'New', requestsPerMinute: 30, newKey: false },
    })
  })

  it('get a new key only after it was tried', async () => {
    const { id } = await anAccount()
    const before = await stored(id)
    fake.failNext(refusal)
    const refused = await api.patch(`${root}/${id}`, { credentials })
    expect(refused).toMatchObject({ status: 422, body: { code: 'provider-refused' } })
    expect(await stored(id)).toEqual(before)
    const client = { kind: 'client', clientId: 'app', clientSecret: 'hush-hush' }
    const changed = await api.patch(`${root}/${id}`, { credentials: client })
    expect(changed).toMatchObject({ status: 200, body: { keyKind: 'client' } })
    expect((await stored(id)).sealed_secret?.includes('hush-hush')).toBe(false)
    expect(JSON.stringify(await auditOf(id))).not.toContain('hush-hush')
  })

  it('are not changed over a change that was made while the key was tried', async () => {
    const { id } = await anAccount()
    const { provider } = fake
    const testConnection = async () => {
      await api.patch(`${root}/${id}`, { name: 'Meanwhile' })
      return await provider.testConnection()
    }
    fake = { ...fake, provider: { ...provider, testConnection } }
    const late = await api.patch(`${root}/${id}`, { name: 'Late', credentials })
    expect(late).toMatchObject({ status: 409, body: { code: 'conflict' } })
    expect((await stored(id)).name).toBe('Meanwhile')
  })

  it('do not take their key to another host unasked', async () => {
    const { id } = await anAccount()
    fake.calls.length = 0
    const elsewhere = { apiBaseUrl: 'https://elsewhere.example/v1' }
    const refused = await api.patch(`${root}/${id}`, { ...elsewhere, skipTest: true })
    expect(refused).toMatchObject({ status: 400, body: { faults: [{ path: 'credentials' }] } })
    expect(fake.calls).toEqual([])
    const moved = await api.patch(`${root}/${id}`, { ...elsewhere, credentials })
    expect(moved).toMatchObject({ body: { apiBaseUrl: 'https://elsewhere.example/v1/' } })
    const path = await api.patch(`${root}/${id}`, { apiBaseUrl: 'https://elsewhere.example/v2/' })
    expect(path.status).toBe(200)
  })

  it('that are missing are not found', async () => {
    const at = `${root}/${nobody}`
    for (const answer of [
      await api.get(at),
      await api.patch(at, { name: 'Any' }),
      await api.delete(at),
      await api.post(`${at}/test`),
      await api.post(`${at}/rotate-key`),
      await api.put(`${at}/webhook-secret`),
      await api.delete(`${at}/webhook-secret`),
      await api.post(`${at}/pause`),
      await api.post(`${at}/resume`),
    ]) {
      expect(answer).toMatchObject({ status: 404, body: { code: 'provider-account-not-found' } })
    }
  })

  it('are for administrators only', async () => {
    const headers = { authorization: 'Bearer nobody' }
    const answer = await api.send({ method: 'GET', url: `/api/v1/${root}`, headers })
    expect(answer).toMatchObject({ status: 401, body: { code: 'not-signed-in' } })
  })

  it('are removed with what was synced, and not while they are used', async () => {
    const account = await anAccount()
    const template = await app.db
      .insertInto('provider_template')
      .values({
        account_id: account.id,
        external_id: 't',
        name: 'T',
        state: 'active',
        image_url: null,
        url: null,
        changed_at: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    const { organizationId, issuerId } = account
    const badge = await api.post('badge-templates', { organizationId, issuerId, name: 'Bound' })
    const bind = (id: string | null) =>
      app.db
        .updateTable('badge_template')
        .set({ provider_template_id: id })
        .where('id', '=', badge.body.id)
        .execute()
    await bind(template.id)
    const refused = await api.delete(`${root}/${account.id}`)
    expect(refused).toMatchObject({ status: 409, body: { code: 'provider-account-in-use' } })
    expect(refused.body.title).toContain('Bind them to another target')
    const moved = await api.patch(`${root}/${account.id}`, { externalId: randomUUID() })
    expect(moved).toMatchObject({ status: 409, body: { code: 'provider-account-in-use' } })
    await bind(null)
    expect(await api.delete(`${root}/${account.id}`)).toMatchObject({ status: 204, body: '' })
    expect((await api.get(`${root}/${account.id}`)).status).toBe(404)
    expect((await auditOf(account.id)).at(-1)?.action).toBe('provider-account.delete')
  })

  it('that have issued are not removed, and count their issuances by state', async () => {
    const account = await anAccount()
    await anIssuance(account)
    const refused = await api.delete(`${root}/${account.id}`)
    expect(refused).toMatchObject({ status: 409, body: { code: 'provider-account-in-use' } })
    expect(refused.body.title).toContain('Pause it instead')
    const { issuances } = (await api.get(`${root}/${account.id}`)).body
    expect(issuances).toMatchObject({ issued: 1, queued: 0 })
  })
})

async function anIssuance({ id, organizationId, issuerId }: Record<string, string>) {
  const { body } = await api.post('badge-templates', { organizationId, issuerId, name: 'Used' })
  await app.db
    .updateTable('badge_template')
    .set({ state: 'active' })
    .where('id', '=', body.id)
    .execute()
  const learner = await api.post('learners', { username: 'ada', email: 'ada@example.com' })
  const award = await api.post(`badge-templates/${body.id}/awards`, { learnerId: learner.body.id })
  expect(award.status).toBe(201)
  await app.db
    .updateTable('issuance')
    .set({ account_id: id, state: 'issued' })
    .where('award_id', '=', award.body.id)
    .execute()
}

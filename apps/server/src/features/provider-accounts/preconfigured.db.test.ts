import { ProviderError } from '@rosette/providers'
import { afterEach, describe, expect, it } from 'vitest'
import { anOrganization, createApiClient } from '../../testing/api-client.js'
import { createFakeProvider } from '../../testing/fake-provider.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

const uuid = '6f1c2d3e-aaaa-4bbb-8ccc-0123456789ab'
const other = '7a1c2d3e-aaaa-4bbb-8ccc-0123456789ab'
const key = 'key-of-the-settings'
const root = 'provider-accounts'

let app: TestApp | undefined
afterEach(async () => {
  await app?.drop()
  app = undefined
})

async function start(organizations: Readonly<Record<string, string>> = { [uuid]: key }) {
  const fake = createFakeProvider()
  const used: unknown[] = []
  const BADGES_CONFIG = JSON.stringify({ credly: { ORGANIZATIONS: organizations } })
  const created = await createTestApp(
    { BADGES_CONFIG },
    {
      createProvider: (_, secret) => {
        used.push(secret)
        return fake.provider
      },
    },
  )
  app = created
  return { app: created, api: await createApiClient(created), fake, used }
}

describe('the accounts of the settings', () => {
  it('are made in the only organization, once, and opened with the key of the settings', async () => {
    const { app, api, used } = await start()
    const owner = await anOrganization(api)
    const ensure = app.providerAccounts.ensurePreconfigured
    await Promise.all([ensure(), ensure(), ensure()])
    await ensure()
    const { body } = await api.get(root)
    expect(body.items).toHaveLength(1)
    const [account] = body.items
    expect(account).toMatchObject({
      ...owner,
      name: 'Credly organization 6f1c2d3e',
      externalId: uuid,
      keyKind: 'settings',
    })
    expect(account.capabilities.rotatesKey).toBe(false)
    expect(JSON.stringify(body)).not.toContain(key)
    const tested = await api.post(`${root}/${account.id}/test`)
    expect(tested.status).toBe(200)
    expect(used).toContainEqual({ kind: 'token', token: key })
    const rows = await app.db.selectFrom('provider_account').select('sealed_secret').execute()
    expect(rows).toEqual([{ sealed_secret: null }])
  })

  it('get organizations of their own where it is not clear whose they are', async () => {
    const { app, api } = await start({ [uuid]: key, [other]: key })
    await anOrganization(api)
    await anOrganization(api)
    await app.providerAccounts.ensurePreconfigured()
    const { body } = await api.get(root)
    for (const [i, short] of ['6f1c2d3e', '7a1c2d3e'].entries()) {
      const { organizationId, issuerId } = body.items[i]
      const name = `Credly organization ${short}`
      expect((await api.get(`organizations/${organizationId}`)).body).toMatchObject({ name })
      expect((await api.get(`issuers/${issuerId}`)).body).toMatchObject({ name, organizationId })
    }
  })

  it('are not made in the organization of the demo, nor in one without an issuer', async () => {
    const { app, api } = await start()
    const { body } = await api.post('organizations', { name: 'No issuer' })
    await app.db
      .insertInto('organization')
      .values({ slug: 'd', name: 'Demo', is_demo: true })
      .execute()
    await app.providerAccounts.ensurePreconfigured()
    const [account] = (await api.get(root)).body.items
    expect(account.organizationId).not.toBe(body.id)
    const home = await api.get(`organizations/${account.organizationId}`)
    expect(home.body.name).toBe('Credly organization 6f1c2d3e')
  })

  it('leave an account alone that was made by hand', async () => {
    const { app, api } = await start()
    const owner = await anOrganization(api)
    const credentials = { kind: 'token', token: 'by-hand' }
    const about = { provider: 'credly', name: 'By hand', externalId: uuid, credentials }
    const { body } = await api.post(root, { ...owner, ...about })
    await app.providerAccounts.ensurePreconfigured()
    expect((await api.get(root)).body.items).toEqual([body])
  })

  it('cannot get another key, place or rotation by the API, nor be removed', async () => {
    const { app, api, fake } = await start()
    await app.providerAccounts.ensurePreconfigured()
    const [{ id }] = (await api.get(root)).body.items
    for (const answer of [
      await api.patch(`${root}/${id}`, { credentials: { kind: 'token', token: 'x' } }),
      await api.patch(`${root}/${id}`, { apiBaseUrl: 'https://elsewhere.example/' }),
      await api.patch(`${root}/${id}`, { externalId: other }),
      await api.post(`${root}/${id}/rotate-key`),
      await api.delete(`${root}/${id}`),
    ]) {
      expect(answer).toMatchObject({
        status: 409,
        body: { code: 'provider-account-preconfigured' },
      })
      expect(answer.body.title).not.toContain(key)
    }
    expect(fake.calls).toEqual([])
    expect((await api.patch(`${root}/${id}`, { name: 'Renamed' })).status).toBe(200)
  })

  it('that stand there no more say so, and take a key or are removed', async () => {
    const { app, api } = await start({})
    const owner = await anOrganization(api)
    const { id } = await app.db
      .insertInto('provider_account')
      .values({
        organization_id: owner.organizationId,
        issuer_id: owner.issuerId,
        provider: 'credly',
        name: 'Left over',
        external_id: uuid,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    const tested = await api.post(`${root}/${id}/test`)
    expect(tested).toMatchObject({ status: 422, body: { code: 'provider-refused' } })
    expect(tested.body.title).toContain('Enter one')
    const credentials = { kind: 'token', token: 'entered' }
    const changed = await api.patch(`${root}/${id}`, { credentials })
    expect(changed).toMatchObject({ status: 200, body: { keyKind: 'token' } })
    expect((await api.delete(`${root}/${id}`)).status).toBe(204)
  })

  it('do not repeat their key when the provider does', async () => {
    const { app, api, fake } = await start()
    await app.providerAccounts.ensurePreconfigured()
    const [{ id }] = (await api.get(root)).body.items
    fake.failNext(new ProviderError(`Unknown key ${key}.`, { kind: 'unauthorized' }))
    const answer = await api.post(`${root}/${id}/test`)
    expect(answer.body.title).toBe('Unknown key ….')
  })
})

import {
  accredibleSimulatorKey,
  badgrSimulatorAccount,
  createAccredibleSimulator,
  createBadgrSimulator,
  createCredlySimulator,
  credlySimulatorDefaults,
} from '@rosette/providers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiClient, anOrganization, createApiClient } from '../../testing/api-client.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

const credly = createCredlySimulator()
const accredible = createAccredibleSimulator()
const badgr = createBadgrSimulator()

let app: TestApp
let api: ApiClient
let at: { readonly credly: string; readonly accredible: string; readonly badgr: string }

beforeAll(async () => {
  at = {
    credly: await credly.listen(),
    accredible: await accredible.listen(),
    badgr: await badgr.listen(),
  }
  const BADGES_CONFIG = JSON.stringify({
    credly: { CREDLY_BASE_URL: at.credly, CREDLY_API_BASE_URL: `${at.credly}/v1/` },
    accredible: { ACCREDIBLE_API_BASE_URL: `${at.accredible}/v1/` },
  })
  app = await createTestApp({ BADGES_CONFIG })
  api = await createApiClient(app)
})
afterAll(async () => {
  await api.server.close()
  await app.drop()
  await Promise.all([credly.close(), accredible.close(), badgr.close()])
})

const { organizationId, token, clientId, clientSecret } = credlySimulatorDefaults
const atCredly = { provider: 'credly', name: 'Credly', externalId: organizationId }

async function create(account: object) {
  return await api.post('provider-accounts', { ...(await anOrganization(api)), ...account })
}

describe('accounts at real servers', () => {
  it('of Credly are opened by a token, which is rotated', async () => {
    const created = await create({ ...atCredly, credentials: { kind: 'token', token } })
    expect(created).toMatchObject({ status: 201, body: { keyExpiresAt: expect.any(String) } })
    const { id, keyExpiresAt } = created.body
    const rotated = await api.post(`provider-accounts/${id}/rotate-key`)
    expect(rotated.status).toBe(200)
    expect(rotated.body.keyExpiresAt >= keyExpiresAt).toBe(true)
    const { account } = await app.accounts.open(id)
    expect(app.accounts.secretOf(account)).not.toEqual({ kind: 'token', token })
    expect(await api.post(`provider-accounts/${id}/test`)).toMatchObject({
      status: 200,
      body: { name: credlySimulatorDefaults.organizationName },
    })
    expect((await api.delete(`provider-accounts/${id}`)).status).toBe(204)
  })

  it('of Credly are opened by an application too', async () => {
    const credentials = { kind: 'client', clientId, clientSecret }
    const created = await create({ ...atCredly, credentials })
    expect(created).toMatchObject({ status: 201, body: { keyKind: 'client' } })
    expect(created.body.capabilities.rotatesKey).toBe(false)
    expect((await api.delete(`provider-accounts/${created.body.id}`)).status).toBe(204)
  })

  it('of Accredible are opened by a key', async () => {
    const credentials = { kind: 'token', token: accredibleSimulatorKey }
    const created = await create({ provider: 'accredible', name: 'Accredible', credentials })
    expect(created).toMatchObject({ status: 201, body: { keyExpiresAt: null } })
  })

  it('of Badgr are opened by a user', async () => {
    const { username, password, issuerId } = badgrSimulatorAccount
    const credentials = { kind: 'password', username, password }
    const place = { apiBaseUrl: at.badgr, externalId: issuerId }
    const created = await create({ provider: 'badgr', name: 'Badgr', ...place, credentials })
    expect(created.status).toBe(201)
  })

  it('are refused with a wrong key, in the words of the provider', async () => {
    const wrong = { kind: 'token', token: 'not-the-right-one' }
    const answers = [
      await create({ ...atCredly, credentials: wrong }),
      await create({ provider: 'accredible', name: 'Accredible', credentials: wrong }),
    ]
    for (const { status, body } of answers) {
      expect(status).toBe(422)
      expect(body).toMatchObject({ code: 'provider-refused', title: expect.stringMatching(/key/) })
      expect(JSON.stringify(body)).not.toContain('not-the-right-one')
    }
  })

  it('that nobody answers for are unreachable', async () => {
    const credentials = { kind: 'token', token }
    const answer = await create({ ...atCredly, apiBaseUrl: 'http://127.0.0.1:9/v1/', credentials })
    expect(answer).toMatchObject({ status: 502, body: { code: 'provider-unreachable' } })
  })
})

import { describe, expect, it } from 'vitest'
import type { AccountRow } from './account-repository.js'
import type { AccountSecret } from './account-secret.js'
import { createProviderFactory } from './create-provider.js'
import { toNewAccount } from './new-account.js'

const settings = {
  credly: { webBaseUrl: 'https://credly.com/', apiBaseUrl: 'https://api.credly.com/v1/' },
  accredible: {
    webBaseUrl: 'https://dashboard.accredible.com/',
    apiBaseUrl: 'https://api.accredible.com/v1/',
  },
}
const token: AccountSecret = { kind: 'token', token: 'a-key' }
const client: AccountSecret = { kind: 'client', clientId: 'app', clientSecret: 'hush' }
const uuid = '6f1c2d3e-aaaa-4bbb-8ccc-0123456789ab'

function anAccount(more: Partial<AccountRow>): AccountRow {
  return toNewAccount({
    id: uuid,
    organization_id: uuid,
    issuer_id: uuid,
    provider: 'credly',
    name: 'Ours',
    external_id: uuid,
    api_base_url: null,
    requests_per_minute: null,
    at: '2026-05-01T00:00:00Z',
    ...more,
  })
}

/** The first address that a client of this account calls. */
async function firstCall(account: AccountRow, secret: AccountSecret): Promise<string> {
  const called: string[] = []
  const fetch = async (url: string) => {
    called.push(url)
    return new Response('{}', { status: 401 })
  }
  const provider = createProviderFactory(settings)(account, secret, { fetch })
  await provider.testConnection().catch(() => {})
  return called[0] ?? ''
}

describe('the client of an account', () => {
  it.each([
    [{}, token, `https://api.credly.com/v1/organizations/${uuid}`],
    [{}, client, 'https://www.credly.com/oauth/token'],
    [
      { api_base_url: 'https://sandbox-api.credly.com/v1/' },
      client,
      'https://sandbox.credly.com/oauth/token',
    ],
    [{ api_base_url: 'http://localhost:9401/v1/' }, client, 'http://localhost:9401/oauth/token'],
    [
      { api_base_url: 'http://localhost:9401/v1/' },
      token,
      `http://localhost:9401/v1/organizations/${uuid}`,
    ],
    [
      { provider: 'accredible', external_id: null },
      token,
      'https://api.accredible.com/v1/issuer/details',
    ],
    [
      { provider: 'badgr', external_id: 'entity', api_base_url: 'https://badgr.example/' },
      token,
      'https://badgr.example/v2/issuers/entity',
    ],
  ] as const)('calls where the account is: %j', async (account, secret, address) => {
    expect(await firstCall(anAccount(account), secret)).toBe(address)
  })

  it.each([
    [{ external_id: null }, token, 'names no organization'],
    [{}, { kind: 'password', username: 'a', password: 'b' }, 'no user name'],
    [{ provider: 'accredible' }, client, 'a key and nothing else'],
    [{ provider: 'badgr' }, token, 'has no address'],
    [
      { provider: 'badgr', api_base_url: 'https://b.example/', external_id: null },
      token,
      'no issuer',
    ],
  ] as const)('is not made of what does not fit: %j', (account, secret, reason) => {
    const make = () => createProviderFactory(settings)(anAccount(account), secret, {})
    expect(make).toThrow(reason)
  })
})

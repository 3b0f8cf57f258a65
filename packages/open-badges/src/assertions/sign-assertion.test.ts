import { describe, expect, it } from 'vitest'
import { generateSigningKey, publicKeyPem } from '../keys/signing-keys.js'
import { verifyCredential } from '../verify.js'
import { buildAssertion, buildBadgeClass, buildIssuer } from './build-hosted.js'
import { buildCryptographicKey, buildRevocationList } from './build-signed.js'
import { signAssertion } from './sign-assertion.js'

const HOST = 'https://badges.example'
const KEY = `${HOST}/keys/1`
const LIST = `${HOST}/revoked`
const ISSUER = `${HOST}/issuers/1`
const now = new Date('2026-06-01T00:00:00Z')
const key = generateSigningKey('RSA')
const owned = { id: KEY, owner: ISSUER, publicKeyPem: publicKeyPem(key) }

const award = {
  id: 'urn:uuid:5b09f5e0-5c4e-4d6a-9e37-2d2c7d1f6a01',
  badge: `${HOST}/badges/1`,
  recipient: { email: 'ana@example.org', salt: 'pepper' },
  issuedOn: '2026-01-01T00:00:00Z',
}
const assertion = buildAssertion({ ...award, verification: { creator: KEY } })

async function verdictOf(
  token: string,
  revoked: readonly { id: string; reason?: string }[] = [],
  keyDocument: unknown = buildCryptographicKey(owned),
) {
  const world: Record<string, unknown> = {
    [KEY]: keyDocument,
    [LIST]: buildRevocationList({ id: LIST, issuer: ISSUER, revoked }),
    [ISSUER]: buildIssuer({
      id: ISSUER,
      name: 'Example',
      url: HOST,
      email: 'badges@example.org',
      publicKeys: [KEY],
      revocationList: LIST,
    }),
    [award.badge]: buildBadgeClass({
      id: award.badge,
      name: 'Telemetry',
      description: 'Knows telemetry',
      image: `${HOST}/image`,
      criteria: { narrative: 'Pass' },
      issuer: ISSUER,
    }),
  }
  const { verdict, checks } = await verifyCredential(token, {
    documents: async (url) => world[url],
    now,
  })
  return [verdict, ...checks.flatMap(({ code, error }) => (error ? [`${code} ${error}`] : []))]
}

describe('a signed badge of Open Badges 2.0', () => {
  const token = signAssertion(assertion, key)

  it('holds the assertion and nothing else, with RS256', () => {
    const [header, payload] = token
      .split('.')
      .map((part) => Buffer.from(part, 'base64url').toString())
    expect(JSON.parse(String(header))).toEqual({ alg: 'RS256', kid: KEY })
    expect(payload).toBe(JSON.stringify(assertion))
    expect(assertion.verification).toEqual({ type: 'SignedBadge', creator: KEY })
  })

  it('is valid until it is revoked, alone or among others', async () => {
    expect(await verdictOf(token)).toEqual(['valid'])
    expect(await verdictOf(token, [{ id: 'urn:uuid:other' }])).toEqual(['valid'])
    const gone = { id: award.id, reason: 'Given by mistake' }
    for (const list of [[gone], [{ id: 'urn:uuid:other' }, gone]]) {
      expect(await verdictOf(token, list)).toEqual(['revoked', 'status ERR_OB_REVOKED'])
    }
  })

  it('may find its key as JSON, as the text of JSON, or not at all', async () => {
    const text = JSON.stringify(buildCryptographicKey(owned))
    expect(await verdictOf(token, [], text)).toEqual(['valid'])
    const broken = await verdictOf(token, [], text.slice(0, -1))
    expect(broken).toEqual(['invalid', 'key ERR_OB_JSON'])
  })

  it('is not valid when another key has signed it', async () => {
    const forged = signAssertion(assertion, generateSigningKey('RSA'))
    expect(await verdictOf(forged)).toEqual(['invalid', 'proof ERR_OB_SIGNATURE'])
  })

  it.each<[string, () => unknown]>([
    ['with an elliptic key', () => signAssertion(assertion, generateSigningKey('P-256'))],
    ['when it says that it is hosted', () => signAssertion(buildAssertion(award), key)],
    [
      'with a key document that gives away the secret',
      () => buildCryptographicKey({ ...owned, publicKeyPem: '-----BEGIN PRIVATE KEY-----' }),
    ],
  ])('is not made %s', (_name, make) => {
    expect(make).toThrow(expect.objectContaining({ code: 'ERR_OB_INPUT' }))
  })
})

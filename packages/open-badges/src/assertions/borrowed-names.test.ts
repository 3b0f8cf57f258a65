import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { verifyCredential } from '../index.js'

const CONTEXT = 'https://w3id.org/openbadges/v2'
const HOST = 'https://badges.example'
const OTHER = 'https://famous.example'
const GUILD = 'https://guild.example'
const now = new Date('2026-06-01T00:00:00Z')

const profile = (host: string, more: object = {}) => ({
  '@context': CONTEXT,
  id: `${host}/issuer`,
  type: 'Issuer',
  name: 'Example',
  url: host,
  email: 'a@example.org',
  ...more,
})
const badgeClass = (host: string, more: object = {}) => ({
  '@context': CONTEXT,
  id: `${host}/class`,
  type: 'BadgeClass',
  name: 'Telemetry',
  description: 'Knows telemetry',
  criteria: { narrative: 'Pass' },
  issuer: `${HOST}/issuer`,
  ...more,
})
const assertion = (more: object = {}) => ({
  '@context': CONTEXT,
  id: `${HOST}/1`,
  type: 'Assertion',
  badge: `${HOST}/class`,
  recipient: { type: 'email', hashed: false, identity: 'ana@example.org' },
  issuedOn: '2026-01-01T00:00:00Z',
  verification: { type: 'HostedBadge' },
  ...more,
})
const praise = {
  '@context': CONTEXT,
  id: `${GUILD}/1`,
  type: 'Endorsement',
  claim: { id: `${OTHER}/class`, endorsementComment: 'Well made' },
  issuer: `${GUILD}/issuer`,
  issuedOn: '2026-02-01T00:00:00Z',
  verification: { type: 'HostedBadge' },
}

async function verify(input: unknown, world: Record<string, unknown>) {
  const documents = async (url: string) => {
    if (url in world) return world[url]
    throw new Error('nothing')
  }
  return await verifyCredential(input, { documents, now })
}

describe('a BadgeClass written inside its assertion', () => {
  const verifyWith = async (host: string, issuer: object = {}) => {
    const badge = assertion({ badge: badgeClass(host, { endorsement: [praise] }) })
    const { verdict, checks, endorsements } = await verify(badge, {
      [`${HOST}/1`]: badge,
      [`${HOST}/issuer`]: profile(HOST, issuer),
      [praise.id]: praise,
      [praise.issuer]: profile(GUILD),
    })
    return {
      verdict,
      endorsed: endorsements?.map((one) => one.verdict),
      remarks: checks.filter(({ code, outcome }) => code === 'issuer' && outcome === 'warning'),
    }
  }

  it('borrows neither the name nor the endorsements of another host unseen', async () => {
    const { verdict, endorsed, remarks } = await verifyWith(OTHER)
    expect({ verdict, endorsed }).toEqual({ verdict: 'valid', endorsed: ['invalid'] })
    expect(remarks).toMatchObject([{ detail: { badgeClass: `${OTHER}/class` } }])
  })

  it('may have an address on a host that its issuer speaks for', async () => {
    const hosts = ['badges.example', 'famous.example']
    const found = await verifyWith(OTHER, { verification: { allowedOrigins: hosts } })
    expect(found).toEqual({ verdict: 'valid', endorsed: ['valid'], remarks: [] })
    expect((await verifyWith(HOST)).remarks).toEqual([])
  })
})

describe('a signed assertion', () => {
  const KEY = `${HOST}/key`
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const text = (alg: string) =>
    `${encode({ alg })}.${encode(assertion({ verification: { type: 'SignedBadge', creator: KEY } }))}`
  const verifyBy = async (key: ReturnType<typeof createPublicKey>, token: string) => {
    const publicKeyPem = key.export({ type: 'spki', format: 'pem' })
    const { verdict, checks } = await verify(token, {
      [`${HOST}/class`]: badgeClass(HOST),
      [`${HOST}/issuer`]: profile(HOST, { publicKey: KEY }),
      [KEY]: { id: KEY, owner: `${HOST}/issuer`, publicKeyPem },
    })
    return [verdict, ...checks.flatMap(({ code, error }) => (error ? [`${code} ${error}`] : []))]
  }

  it('is not proven by a key under which nothing need be signed', async () => {
    const point = Buffer.concat([Buffer.from([1]), Buffer.alloc(31)])
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: point.toString('base64url') }
    const signature = Buffer.concat([point, Buffer.alloc(32)]).toString('base64url')
    const found = await verifyBy(
      createPublicKey({ key: jwk, format: 'jwk' }),
      `${text('EdDSA')}.${signature}`,
    )
    expect(found.slice(1)).toContain('key ERR_OB_KEY_MATERIAL')
    expect(found[0]).toBe('invalid')
  })

  it('is not checked with a key so long that it only costs time', async () => {
    const n = Buffer.alloc(2048, 0xff).toString('base64url')
    const key = createPublicKey({ key: { kty: 'RSA', e: 'AQAB', n }, format: 'jwk' })
    const found = await verifyBy(key, `${text('RS256')}.AAAA`)
    expect(found).toEqual(['invalid', 'key ERR_OB_KEY_MATERIAL'])
  })

  it('of an ordinary key is still told by its signature', async () => {
    const { publicKey } = generateKeyPairSync('ed25519')
    const found = await verifyBy(publicKey, `${text('EdDSA')}.AAAA`)
    expect(found).toEqual(['invalid', 'proof ERR_OB_SIGNATURE'])
  })
})

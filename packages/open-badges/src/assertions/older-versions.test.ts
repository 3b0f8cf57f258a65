import { generateKeyPairSync, sign } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hashIdentity, verifyCredential } from '../index.js'

const HOST = 'https://badges.example'
const ASSERTION = `${HOST}/assertions/1`
const CLASS = `${HOST}/classes/1`
const ISSUER = `${HOST}/issuer`
const KEY = `${HOST}/key.pem`
const LIST = `${HOST}/revoked`
const V1 = 'https://w3id.org/openbadges/v1'
const now = new Date('2014-06-01T00:00:00Z')

type World = Record<string, unknown>

async function verify(badge: unknown, world: World = {}, more: object = {}) {
  const documents = async (url: string) => {
    if (world[url] === undefined) throw new Error('nothing')
    return world[url]
  }
  const report = await verifyCredential(badge, { documents, now, ...more })
  const errors = report.checks.flatMap(({ code, error }) => (error ? [`${code} ${error}`] : []))
  return { ...report, answer: [report.verdict, ...errors] }
}

const recipient = 'ana@example.org'
const identity = hashIdentity(recipient, 's')
const summary = { name: 'Telemetry', issuerName: 'Example', validFrom: '2014-01-01T00:00:00Z' }

describe('a 0.5 badge', () => {
  const badge = {
    recipient: identity,
    salt: 's',
    issued_on: '2014-01-01',
    badge: {
      version: '0.5.0',
      name: 'Telemetry',
      description: 'Knows telemetry',
      image: '/1.png',
      criteria: '/criteria',
      issuer: { origin: HOST, name: 'Example' },
    },
  }
  it('is valid at the origin of its issuer', async () => {
    const report = await verify(ASSERTION, { [ASSERTION]: badge }, { recipient })
    expect(report).toMatchObject({ answer: ['valid'], kind: 'Assertion 0.5', badge: summary })
    expect(report.checks[1]?.clause).toMatch(/^Open Badges 0\.5, /)
  })

  it('cannot be checked without its address, and says so', async () => {
    const { verdict, checks } = await verify(badge)
    expect(verdict).toBe('unknown')
    expect(checks.find(({ code }) => code === 'proof')).toMatchObject({ outcome: 'skipped' })
  })

  it('is not believed elsewhere, nor for somebody else', async () => {
    const copy = 'https://evil.example/1'
    expect((await verify(copy, { [copy]: badge })).answer).toEqual([
      'invalid',
      'issuer ERR_OB_KEY_NOT_BOUND',
    ])
    const other = await verify(ASSERTION, { [ASSERTION]: badge }, { recipient: 'bob@example.org' })
    expect(other.answer).toEqual(['invalid', 'recipient ERR_OB_RECIPIENT'])
  })

  it('may name its recipient in the clear, and lasts through its last day', async () => {
    const plain = { ...badge, recipient, expires: '2014-06-01' }
    const world = { [ASSERTION]: plain }
    const report = await verify(ASSERTION, world, { recipient })
    expect(report).toMatchObject({ answer: ['valid'], badge: { recipient } })
    const later = { now: new Date('2014-06-02T00:00:00Z') }
    expect((await verify(ASSERTION, world, later)).verdict).toBe('expired')
  })
})

const issuer = { name: 'Example', url: HOST }
const badgeClass = {
  name: 'Telemetry',
  description: 'Knows telemetry',
  image: `${HOST}/1.png`,
  criteria: `${HOST}/criteria`,
  issuer: ISSUER,
}
const version10 = {
  uid: 'a1',
  recipient: { type: 'email', hashed: true, identity, salt: 's' },
  badge: CLASS,
  verify: { type: 'hosted', url: ASSERTION },
  issuedOn: Date.parse('2014-01-01T00:00:00Z') / 1000,
}
const version11 = { '@context': V1, type: 'Assertion', id: ASSERTION, ...version10 }
const described = {
  [CLASS]: { '@context': V1, type: 'BadgeClass', id: CLASS, ...badgeClass },
  [ISSUER]: { '@context': V1, type: 'Issuer', id: ISSUER, ...issuer },
}
const bare = { [CLASS]: badgeClass, [ISSUER]: issuer }

describe('a 1.x badge', () => {
  it('is valid where it is hosted', async () => {
    const validFrom = '2014-01-01T00:00:00.000Z'
    expect(
      await verify(version10, { ...bare, [ASSERTION]: version10 }, { recipient }),
    ).toMatchObject({
      answer: ['valid'],
      kind: 'Assertion 1.0',
      badge: { ...summary, validFrom },
    })
    expect(
      await verify(version11, { ...described, [ASSERTION]: version11 }, { recipient }),
    ).toMatchObject({ answer: ['valid'], kind: 'Assertion 1.1', badge: { ...summary, validFrom } })
  })

  it('is revoked by the answer of its host', async () => {
    const world = { ...bare, [ASSERTION]: { revoked: true, revocationReason: 'Error' } }
    const { answer, checks } = await verify(version10, world)
    expect(answer).toEqual(['revoked', 'status ERR_OB_REVOKED'])
    expect(JSON.stringify(checks)).toContain('Error')
  })

  it('may have become 2.0 at its host meanwhile', async () => {
    const renewed = {
      '@context': 'https://w3id.org/openbadges/v2',
      type: 'Assertion',
      id: ASSERTION,
      recipient: version10.recipient,
      badge: CLASS,
      issuedOn: '2014-01-01T00:00:00Z',
      verification: { type: 'HostedBadge' },
    }
    expect((await verify(version11, { ...described, [ASSERTION]: renewed })).answer).toEqual([
      'valid',
    ])
  })

  it.each<[string, object, string]>([
    ['no way of being verified', { verify: undefined }, 'ERR_OB_MALFORMED'],
    ['no date', { issuedOn: 'yesterday' }, 'ERR_OB_MALFORMED'],
    ['no recipient', { recipient: {} }, 'ERR_OB_MALFORMED'],
  ])('with %s is malformed', async (_name, change, error) => {
    expect((await verify({ ...version11, ...change })).answer).toEqual([
      'invalid',
      `schema ${error}`,
    ])
  })

  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const jws = (payload: object) => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const body = `${part({ alg: 'RS256' })}.${part(payload)}`
    return `${body}.${sign('sha256', Buffer.from(body), privateKey).toString('base64url')}`
  }
  const signed = { ...version10, verify: { type: 'signed', url: KEY } }
  const world: World = {
    ...bare,
    [KEY]: String(publicKey.export({ format: 'pem', type: 'spki' })),
    [ISSUER]: { ...issuer, revocationList: LIST },
    [LIST]: { b2: 'Another one' },
  }

  it('is valid when signed by a key on the site of its issuer', async () => {
    const report = await verify(jws(signed), world)
    expect(report).toMatchObject({ answer: ['valid'], badge: { id: 'uid:a1' } })
  })

  it('is not valid when signed by a key on another site', async () => {
    const url = 'https://evil.example/key.pem'
    const stolen = jws({ ...version10, verify: { type: 'signed', url } })
    const { answer } = await verify(stolen, { ...world, [url]: world[KEY] })
    expect(answer).toEqual(['invalid', 'issuer ERR_OB_KEY_NOT_BOUND'])
  })

  it('is revoked by its uid on the list of its issuer', async () => {
    const { answer } = await verify(jws(signed), { ...world, [LIST]: { a1: 'Error' } })
    expect(answer).toEqual(['revoked', 'status ERR_OB_REVOKED'])
  })
})

describe('badges of any version', () => {
  const someBadge = fc.record(
    {
      '@context': fc.constantFrom(V1, 'https://w3id.org/openbadges/v2'),
      id: fc.constantFrom(ASSERTION, 'uid:1', 7),
      type: fc.constantFrom('Assertion', ['Assertion'], null),
      recipient: fc.oneof(fc.constant(version10.recipient), fc.string(), fc.jsonValue()),
      badge: fc.constantFrom(CLASS, badgeClass, null),
      verify: fc.constantFrom(version10.verify, { type: 'signed', url: KEY }, null),
      verification: fc.constantFrom({ type: 'hosted' }, { type: 'signed' }, 1),
      issuedOn: fc.oneof(fc.double(), fc.constant('2014-01-01'), fc.jsonValue()),
      issued_on: fc.constantFrom('2014-01-01', 1e300),
    },
    { requiredKeys: ['@context'] },
  )
  it('never throw, and are not valid while nobody answers', async () => {
    await fc.assert(
      fc.asyncProperty(someBadge, async (badge) => {
        expect((await verify(badge)).verdict).not.toBe('valid')
      }),
    )
  })

  it('never throw, whatever is hosted', async () => {
    await fc.assert(
      fc.asyncProperty(someBadge, fc.jsonValue(), fc.jsonValue(), async (badge, one, other) => {
        const served = { [ASSERTION]: badge, [CLASS]: one, [ISSUER]: other }
        const { answer } = await verify(badge, served)
        expect(answer).not.toContain('parse ERR_OB_MALFORMED')
      }),
    )
  })
})

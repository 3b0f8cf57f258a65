import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hashIdentity, verifyCredential } from '../index.js'

const HOST = 'https://badges.example'
const ISSUER = `${HOST}/issuers/1`
const CLASS = `${HOST}/classes/1`
const ASSERTION = `${HOST}/assertions/1`
const KEY = `${HOST}/keys/1`
const LIST = `${HOST}/revoked`
const CONTEXT = 'https://w3id.org/openbadges/v2'
const now = new Date('2026-06-01T00:00:00Z')

type World = Record<string, unknown>
class Gone extends Error {
  status = 410
  readonly document: unknown
  constructor(document?: unknown) {
    super('gone')
    this.document = document
  }
}

const issuer = {
  '@context': CONTEXT,
  id: ISSUER,
  type: 'Issuer',
  name: 'Example',
  url: HOST,
  email: 'badges@example.org',
}
const badgeClass = {
  '@context': CONTEXT,
  id: CLASS,
  type: 'BadgeClass',
  name: 'Telemetry',
  description: 'Knows telemetry',
  criteria: `${HOST}/criteria`,
  image: `${HOST}/1.png`,
  issuer: ISSUER,
}
const hosted = {
  '@context': CONTEXT,
  id: ASSERTION,
  type: 'Assertion',
  badge: CLASS,
  recipient: {
    type: 'email',
    hashed: true,
    salt: 'pepper',
    identity: hashIdentity('ana@example.org', 'pepper'),
  },
  issuedOn: '2026-01-01T00:00:00Z',
  verification: { type: 'hosted' },
}

async function verify(badge: unknown, changes: World = {}, more: object = {}) {
  const world: World = { [ASSERTION]: hosted, [CLASS]: badgeClass, [ISSUER]: issuer, ...changes }
  const documents = async (url: string) => {
    const answer = world[url]
    if (answer === undefined || answer instanceof Error) throw answer ?? new Error('nothing')
    return answer
  }
  const report = await verifyCredential(badge, { documents, now, ...more })
  const errors = report.checks.flatMap(({ code, error }) => (error ? [`${code} ${error}`] : []))
  const remarks = report.checks.flatMap(({ code, outcome }) =>
    outcome === 'warning' ? [code] : [],
  )
  return { ...report, answer: [report.verdict, ...errors], remarks }
}

describe('a hosted assertion', () => {
  it('names the clause of its own version', async () => {
    const { answer, checks } = await verify(hosted)
    expect(answer).toEqual(['valid'])
    expect(checks.slice(1).every(({ clause }) => clause.startsWith('Open Badges 2.0, '))).toBe(true)
    const twoOne = {
      ...hosted,
      '@context': 'https://purl.imsglobal.org/spec/ob/v2p1/ob_v2p1.jsonld',
    }
    expect(await verify(twoOne)).toMatchObject({ answer: ['valid'], kind: 'Assertion 2.1' })
  })

  it('is read and verified at its address', async () => {
    expect(await verify(ASSERTION)).toMatchObject({ answer: ['valid'], badge: { id: ASSERTION } })
    expect(await verify(ASSERTION, { [ASSERTION]: JSON.stringify(hosted) })).toMatchObject({
      answer: ['valid'],
    })
  })

  it('that is gone is revoked for the reason that was left there', async () => {
    const left = { id: ASSERTION, revoked: true, revocationReason: 'Copied' }
    const { checks, verdict } = await verify(hosted, { [ASSERTION]: new Gone(left) })
    expect(verdict).toBe('revoked')
    expect(JSON.stringify(checks)).toContain('Copied')
    expect((await verify(hosted, { [ASSERTION]: new Gone('<html>') })).verdict).toBe('revoked')
  })

  const elsewhere = 'https://other.example/1'
  const scoped = (verification: object) => ({ [ISSUER]: { ...issuer, verification } })
  const unbound = ['invalid', 'issuer ERR_OB_KEY_NOT_BOUND']
  it.each<[string, World, string[]]>([
    ['its address is gone', { [ASSERTION]: new Gone() }, ['revoked', 'status ERR_OB_REVOKED']],
    [
      'its address serves something malformed',
      { [ASSERTION]: { ...hosted, issuedOn: 'today' } },
      ['invalid', 'schema ERR_OB_MALFORMED'],
    ],
    [
      'its address serves the badge of somebody else',
      { [ASSERTION]: { ...hosted, recipient: { ...hosted.recipient, identity: 'sha256$00' } } },
      ['invalid', 'proof ERR_OB_HOSTED_MISMATCH'],
    ],
    [
      'its address serves a document that its own address denies',
      { [ASSERTION]: { ...hosted, id: elsewhere }, [elsewhere]: hosted },
      ['invalid', 'proof ERR_OB_HOSTED_MISMATCH'],
    ],
    ['its host is not allowed', scoped({ allowedOrigins: 'other.example' }), unbound],
    ['an origin is written as an address', scoped({ allowedOrigins: [HOST] }), unbound],
    ['its path is not allowed', scoped({ startsWith: `${HOST}/other/` }), unbound],
    [
      'one of many beginnings fits',
      scoped({ startsWith: [`${HOST}/a/`, `${HOST}/as`] }),
      ['valid'],
    ],
    [
      'its origin is allowed among several',
      scoped({ allowedOrigins: ['a.example', 'BADGES.example'] }),
      ['valid'],
    ],
    [
      'nobody describes the badge',
      { [CLASS]: undefined },
      ['unknown', 'issuer ERR_OB_BADGE_CLASS_UNREACHABLE'],
    ],
    [
      'its issuer is gone',
      { [ISSUER]: new Gone() },
      ['unknown', 'issuer ERR_OB_ISSUER_UNREACHABLE'],
    ],
    [
      'its issuer has no email',
      { [ISSUER]: { ...issuer, email: undefined } },
      ['invalid', 'schema ERR_OB_MALFORMED'],
    ],
    [
      'its issuer is written inside, and has no address',
      { [CLASS]: { ...badgeClass, issuer: { ...issuer, id: undefined } } },
      ['invalid', 'schema ERR_OB_MALFORMED'],
    ],
    [
      'its issuer is written inside, and claims another host',
      {
        [CLASS]: {
          ...badgeClass,
          issuer: { url: 'https://mit.example', verification: { allowedOrigins: HOST.slice(8) } },
        },
      },
      ['invalid', 'issuer ERR_OB_KEY_NOT_BOUND', 'schema ERR_OB_MALFORMED'],
    ],
    [
      'there are two criteria',
      { [CLASS]: { ...badgeClass, criteria: ['a', 'b'] } },
      ['invalid', 'schema ERR_OB_MALFORMED'],
    ],
    [
      'it expires before it begins',
      { [ASSERTION]: { ...hosted, expires: '2025-01-01T00:00:00Z' } },
      ['invalid', 'dates ERR_OB_MALFORMED'],
    ],
  ])('is judged when %s', async (...[, world, answer]) => {
    expect(await verify(hosted, world)).toMatchObject({ answer })
  })

  it('that moved is believed at its new address, if the issuer speaks there', async () => {
    const moved = { ...hosted, id: `${HOST}/assertions/2` }
    const report = await verify(hosted, { [ASSERTION]: moved, [moved.id]: moved })
    expect(report).toMatchObject({ answer: ['valid'], remarks: ['proof'], badge: { id: moved.id } })
    const stolen = { ...hosted, id: elsewhere }
    const { answer } = await verify(hosted, { [ASSERTION]: stolen, [elsewhere]: stolen })
    expect(answer).toEqual(unbound)
  })

  it('that was changed in the copy only is told, and its host is believed', async () => {
    const copy = { ...hosted, narrative: 'With honours', expires: '2099-01-01T00:00:00Z' }
    const report = await verify(copy)
    expect(report).toMatchObject({ answer: ['valid'], remarks: ['proof'] })
    expect(report.badge.validUntil).toBeUndefined()
  })

  it('may carry extensions, which are named', async () => {
    const extended = { ...hosted, 'extensions:ApplyLink': { type: ['Extension', 'extensions:A'] } }
    const { answer, checks } = await verify(extended, { [ASSERTION]: extended })
    expect(answer).toEqual(['valid'])
    expect(JSON.stringify(checks)).toContain('extensions:ApplyLink')
  })

  it('belongs to whoever has one of its addresses, in any case', async () => {
    const of = async (recipient: string | string[], changes: object = {}) => {
      const badge = { ...hosted, recipient: { ...hosted.recipient, ...changes } }
      return (await verify(badge, { [ASSERTION]: badge }, { recipient })).verdict
    }
    expect(await of(['bob@example.org', 'ANA@Example.org'])).toBe('valid')
    expect(await of(['bob@example.org'])).toBe('invalid')
    expect(await of([])).toBe('invalid')
    const plain = { hashed: false, identity: 'Ana@Example.org', salt: undefined }
    expect(await of('ana@example.org', plain)).toBe('valid')
    const loud = { identity: hosted.recipient.identity.toUpperCase() }
    expect(await of('ana@example.org', loud)).toBe('valid')
  })

  it('given as a BadgeClass is no award', async () => {
    expect(await verify(badgeClass)).toMatchObject({
      answer: ['invalid', 'schema ERR_OB_MALFORMED'],
    })
  })

  it('is never valid by what its own copy says', async () => {
    const member = fc.constantFrom(...Object.keys(hosted))
    await fc.assert(
      fc.asyncProperty(member, fc.jsonValue(), async (name, value) => {
        const { verdict } = await verify({ ...hosted, [name]: value }, { [ASSERTION]: undefined })
        expect(verdict).not.toBe('valid')
      }),
    )
  })
})

const pair = {
  rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  weak: generateKeyPairSync('rsa', { modulusLength: 1024 }),
  ec: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  ed: generateKeyPairSync('ed25519'),
}
const pemOf = (key: KeyObject) => String(key.export({ format: 'pem', type: 'spki' }))
const cryptographicKey = (key: KeyObject, more: object = {}) => ({
  '@context': CONTEXT,
  id: KEY,
  type: 'CryptographicKey',
  owner: ISSUER,
  publicKeyPem: pemOf(key),
  ...more,
})

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
function jwsOf(payload: unknown, key: KeyObject = pair.rsa.privateKey, header: object = {}) {
  const body = `${base64url({ alg: 'RS256', ...header })}.${base64url(payload)}`
  const hash = key.asymmetricKeyType === 'ed25519' ? null : 'sha256'
  const value = sign(hash, Buffer.from(body), { key, dsaEncoding: 'ieee-p1363' })
  return `${body}.${value.toString('base64url')}`
}

const signed = { ...hosted, verification: { type: 'SignedBadge', creator: KEY } }
const listing = { ...issuer, publicKey: KEY, revocationList: LIST }
const list = (...revokedAssertions: unknown[]) => ({
  '@context': CONTEXT,
  type: 'RevocationList',
  id: LIST,
  issuer: ISSUER,
  revokedAssertions,
})
const signedWorld: World = {
  [ASSERTION]: undefined,
  [ISSUER]: listing,
  [KEY]: cryptographicKey(pair.rsa.publicKey),
  [LIST]: list(),
}

describe('a signed assertion', () => {
  it('is valid by the key of its issuer, whatever the kind', async () => {
    const kinds: [string, { publicKey: KeyObject; privateKey: KeyObject }][] = [
      ['RS256', pair.rsa],
      ['ES256', pair.ec],
      ['EdDSA', pair.ed],
    ]
    for (const [alg, { publicKey, privateKey }] of kinds) {
      const world = { ...signedWorld, [KEY]: cryptographicKey(publicKey) }
      const report = await verify(jwsOf(signed, privateKey, { alg }), world)
      expect(report).toMatchObject({ answer: ['valid'], badge: { name: 'Telemetry' } })
    }
  })

  it('may leave its key to an issuer that has only one, even written inside', async () => {
    const token = jwsOf({ ...signed, verification: { type: 'SignedBadge' } })
    expect((await verify(token, signedWorld)).answer).toEqual(['valid'])
    const embedded = { ...listing, publicKey: { id: KEY, publicKeyPem: pemOf(pair.rsa.publicKey) } }
    const world = { ...signedWorld, [ISSUER]: embedded, [KEY]: undefined }
    expect((await verify(token, world)).answer).toEqual(['valid'])
  })

  const token = jwsOf(signed)
  const unbound = ['invalid', 'issuer ERR_OB_KEY_NOT_BOUND']
  const material = ['invalid', 'key ERR_OB_KEY_MATERIAL']
  it.each<[string, string | object, World, string[]]>([
    ['was changed', `${token.slice(0, -8)}AAAAAAAA`, {}, ['invalid', 'proof ERR_OB_SIGNATURE']],
    [
      'was signed by another',
      jwsOf(signed, pair.weak.privateKey),
      {},
      ['invalid', 'proof ERR_OB_SIGNATURE'],
    ],
    [
      'is unsigned',
      jwsOf(signed, undefined, { alg: 'none' }),
      {},
      ['invalid', 'proof ERR_OB_PROOF_SUITE'],
    ],
    [
      'has a shared secret',
      jwsOf(signed, undefined, { alg: 'HS256' }),
      {},
      ['invalid', 'proof ERR_OB_PROOF_SUITE'],
    ],
    [
      'has an algorithm of tomorrow',
      jwsOf(signed, undefined, { alg: 'X1' }),
      {},
      ['unknown', 'proof ERR_OB_PROOF_UNSUPPORTED'],
    ],
    [
      'has a critical header',
      jwsOf(signed, undefined, { crit: ['x'] }),
      {},
      ['invalid', 'proof ERR_OB_PROOF_MALFORMED'],
    ],
    ['has a key of another kind', token, { [KEY]: cryptographicKey(pair.ec.publicKey) }, material],
    ['has a short key', token, { [KEY]: cryptographicKey(pair.weak.publicKey) }, material],
    [
      'has a key that is none',
      token,
      { [KEY]: cryptographicKey(pair.rsa.publicKey, { publicKeyPem: 'x' }) },
      material,
    ],
    [
      'has a key that answers not',
      token,
      { [KEY]: undefined },
      ['unknown', 'key ERR_OB_KEY_UNREACHABLE'],
    ],
    [
      'has nothing where its key was',
      token,
      { [KEY]: {} },
      ['invalid', 'key ERR_OB_KEY_NOT_FOUND'],
    ],
    [
      'has a key of another owner',
      token,
      { [KEY]: cryptographicKey(pair.rsa.publicKey, { owner: 'https://evil.example' }) },
      unbound,
    ],
    [
      'has a key without owner',
      token,
      { [KEY]: cryptographicKey(pair.rsa.publicKey, { owner: undefined }) },
      unbound,
    ],
    [
      'has a key its issuer does not list',
      token,
      { [ISSUER]: { ...listing, publicKey: `${HOST}/keys/2` } },
      unbound,
    ],
    [
      'has an issuer without keys',
      token,
      { [ISSUER]: { ...issuer, revocationList: LIST } },
      unbound,
    ],
    ['is not in its signed form', signed, {}, ['invalid', 'proof ERR_OB_PROOF_MISSING']],
    [
      'has an issuer that answers not',
      token,
      { [ISSUER]: undefined },
      ['unknown', 'issuer ERR_OB_ISSUER_UNREACHABLE'],
    ],
    ['is on the list', token, { [LIST]: list(ASSERTION) }, ['revoked', 'status ERR_OB_REVOKED']],
    [
      'is on the list with a reason',
      token,
      { [LIST]: list({ id: ASSERTION, revocationReason: 'Error' }) },
      ['revoked', 'status ERR_OB_REVOKED'],
    ],
    ['is not on the list', token, { [LIST]: list(KEY, {}, null) }, ['valid']],
    [
      'has a list that answers not',
      token,
      { [LIST]: undefined },
      ['unknown', 'status ERR_OB_STATUS_UNREACHABLE'],
    ],
    [
      'has a list of somebody else',
      token,
      { [LIST]: { ...list(), issuer: KEY } },
      ['unknown', 'status ERR_OB_STATUS_UNTRUSTED'],
    ],
    [
      'has a page where its list should be',
      token,
      { [LIST]: { error: 'not found' } },
      ['unknown', 'status ERR_OB_STATUS_LIST'],
    ],
    ['has no list', token, { [ISSUER]: { ...listing, revocationList: undefined } }, ['valid']],
    [
      'is too late',
      jwsOf({ ...signed, expires: '2026-02-01T00:00:00Z' }),
      {},
      ['expired', 'dates ERR_OB_EXPIRED'],
    ],
    [
      'is too early',
      jwsOf({ ...signed, issuedOn: '2026-07-01T00:00:00Z' }),
      {},
      ['not-yet-valid', 'dates ERR_OB_NOT_YET_VALID'],
    ],
  ])('that %s is told apart', async (...[, badge, world, answer]) => {
    expect(await verify(badge, { ...signedWorld, ...world })).toMatchObject({ answer })
  })

  it('never holds with any byte of its text changed', async () => {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    // The last letter of each part may hold spare bits that say nothing.
    const end = [token.indexOf('.') - 1, token.lastIndexOf('.') - 1, token.length - 1]
    await fc.assert(
      fc.asyncProperty(
        fc.nat(token.length - 1).filter((at) => token[at] !== '.' && !end.includes(at)),
        fc.constantFrom(...letters),
        async (at, letter) => {
          fc.pre(token[at] !== letter)
          const changed = token.slice(0, at) + letter + token.slice(at + 1)
          expect((await verify(changed, signedWorld)).verdict).not.toBe('valid')
        },
      ),
    )
  })
})

import { createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildCredential, generateKeyPair, signCredential, verifyCredential } from '../index.js'
import type { JsonObject } from '../json/json.js'
import { encodeMultibase } from './base58.js'
import { didWebUrl } from './did.js'
import { secretKeyOf } from './keys.js'
import { publicKeyOf } from './public-keys.js'
import { assertKind, verifyBytes } from './verify-bytes.js'

const ISSUER = 'https://badges.example/issuers/1'
const KEY = `${ISSUER}#key-1`
const JWKS = 'https://badges.example/.well-known/jwks.json'
const created = '2026-01-01T00:00:00Z'
const now = new Date('2026-06-01T00:00:00Z')

const pair = generateKeyPair(new Uint8Array(32).fill(1))
const other = generateKeyPair(new Uint8Array(32).fill(2))
const { publicKeyMultibase } = pair
const jwkOf = (multibase: string): JsonObject => ({
  ...publicKeyOf(multibase).export({ format: 'jwk' }),
})
const credentialOf = (id: string) =>
  buildCredential({
    id: 'https://badges.example/credentials/1',
    issuer: { id, name: 'Exämple' },
    achievement: {
      id: 'https://badges.example/badges/1',
      name: '学习',
      description: 'Knows telemetry',
      criteria: { narrative: 'Pass' },
    },
    recipient: { email: 'ana@example.org', salt: 'pepper', name: 'Ana' },
    validFrom: created,
  })
const badge = credentialOf(ISSUER)

type World = Readonly<Record<string, unknown>>

async function check(signed: unknown, world: World) {
  const documents = async (url: string) => {
    if (world[url] === undefined) throw new Error(`nothing at ${url}`)
    return world[url]
  }
  const { verdict, checks } = await verifyCredential(signed, { documents, now })
  return [verdict, ...checks.flatMap(({ code, error }) => (error ? [`${code} ${error}`] : []))]
}

const method = { id: KEY, type: 'Multikey', controller: ISSUER, publicKeyMultibase }
const issuerOf = (...methods: readonly object[]) => ({
  id: ISSUER,
  verificationMethod: methods,
  assertionMethod: [KEY],
})
const signed = await signCredential(badge, { key: pair, verificationMethod: KEY, created })
const withMethods = (...methods: readonly object[]) =>
  check(signed, { [ISSUER]: issuerOf(...methods) })

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
const claims = { iss: ISSUER, jti: badge.id, nbf: Date.parse(created) / 1000 }
function tokenOf(header: object, payload: object = { ...badge, ...claims }): string {
  const text = `${encode({ alg: 'EdDSA', typ: 'JWT', ...header })}.${encode(payload)}`
  const value = sign(null, Buffer.from(text), secretKeyOf(pair.secretKeyMultibase))
  return `${text}.${value.toString('base64url')}`
}

describe('a published key', () => {
  it.each<[string, object, string]>([
    ['revoked', { revoked: '2026-02-01T00:00:00Z' }, 'ERR_OB_KEY_REVOKED'],
    ['revoked without a date', { revoked: true }, 'ERR_OB_KEY_REVOKED'],
    ['revoked in words', { revoked: 'yes' }, 'ERR_OB_KEY_REVOKED'],
    ['revoked by a number', { revoked: 1 }, 'ERR_OB_KEY_REVOKED'],
    ['expired before it signed', { expires: '2025-12-31T00:00:00Z' }, 'ERR_OB_KEY_REVOKED'],
    ['expired in words', { expires: 'soon' }, 'ERR_OB_KEY_REVOKED'],
    ['of two controllers', { controller: [ISSUER, 'did:x:y'] }, 'ERR_OB_KEY_MATERIAL'],
    ['of one controller in a list', { controller: [ISSUER] }, 'ERR_OB_KEY_MATERIAL'],
    ['of no controller', { controller: undefined }, 'ERR_OB_KEY_MATERIAL'],
    ['in two forms', { publicKeyJwk: jwkOf(publicKeyMultibase) }, 'ERR_OB_KEY_MATERIAL'],
    ['that is a number', { publicKeyMultibase: 7 }, 'ERR_OB_KEY_MATERIAL'],
  ])('does not count when it is %s', async (_name, more, problem) => {
    expect(await withMethods({ ...method, ...more })).toEqual(['invalid', `key ${problem}`])
  })

  it('counts when it ends later than it signed, or its end is null', async () => {
    for (const more of [
      { expires: '2026-03-01T00:00:00Z' },
      { revoked: '2026-07-01T00:00:00Z' },
      { revoked: null, expires: null },
    ]) {
      expect(await withMethods({ ...method, ...more })).toEqual(['valid'])
    }
  })

  it('that is over does not count for a proof without a date', async () => {
    const token = tokenOf({ kid: KEY }, { ...badge, iss: ISSUER })
    const late = issuerOf({ ...method, expires: '2026-03-01T00:00:00Z' })
    expect(await check(token, { [ISSUER]: issuerOf(method) })).toEqual(['valid'])
    expect(await check(token, { [ISSUER]: late })).toEqual(['invalid', 'key ERR_OB_KEY_REVOKED'])
  })

  it('does not count when two are published under its name', async () => {
    const strange = { ...method, publicKeyMultibase: other.publicKeyMultibase }
    const revoked = { ...method, revoked: '2026-02-01T00:00:00Z' }
    for (const twin of [strange, revoked]) {
      for (const methods of [
        [method, twin],
        [twin, method],
      ]) {
        expect(await withMethods(...methods)).toEqual(['invalid', 'key ERR_OB_KEY_MATERIAL'])
      }
    }
    expect(await withMethods(method, { ...method })).toEqual(['valid'])
  })

  it('does not count when its own address says less than its issuer', async () => {
    const elsewhere = 'https://badges.example/keys/1'
    const own = { ...method, id: elsewhere }
    const by = { key: pair, verificationMethod: elsewhere, created }
    const moved = await signCredential(badge, by)
    const worldOf = (more: object) => ({
      [elsewhere]: own,
      [ISSUER]: {
        id: ISSUER,
        verificationMethod: [{ ...own, ...more }],
        assertionMethod: [elsewhere],
      },
    })
    expect(await check(moved, worldOf({}))).toEqual(['valid'])
    for (const more of [
      { revoked: '2026-02-01T00:00:00Z' },
      { expires: created.replace('6', '5') },
    ]) {
      expect(await check(moved, worldOf(more))).toEqual(['invalid', 'issuer ERR_OB_KEY_REVOKED'])
    }
    const bound = ['invalid', 'issuer ERR_OB_KEY_NOT_BOUND']
    const swapped = { publicKeyMultibase: other.publicKeyMultibase }
    expect(await check(moved, worldOf(swapped))).toEqual(bound)
  })

  it('does not count when the issuer uses it for something else', async () => {
    const document = { id: ISSUER, verificationMethod: [method], authentication: [KEY] }
    expect(await check(signed, { [ISSUER]: document })).toEqual([
      'invalid',
      'issuer ERR_OB_KEY_NOT_BOUND',
    ])
    const embedded = { id: ISSUER, authentication: [method] }
    expect((await check(signed, { [ISSUER]: embedded }))[1]).toBe('key ERR_OB_KEY_NOT_FOUND')
  })

  it('does not count when another document claims to be the issuer’s', async () => {
    const foreign = { ...issuerOf(method), id: 'https://badges.example/issuers/2' }
    expect((await check(signed, { [ISSUER]: foreign }))[0]).toBe('invalid')
  })
})

describe('JSON Web Keys', () => {
  const key = jwkOf(publicKeyMultibase)
  const strange = jwkOf(other.publicKeyMultibase)
  const profile = { id: ISSUER, type: 'Profile' }
  const hosted = (...keys: readonly object[]) => ({ [ISSUER]: profile, [JWKS]: { keys } })

  it('do not count when two have one name', async () => {
    const token = tokenOf({ kid: 'k' })
    expect(await check(token, hosted({ ...key, kid: 'k' }))).toEqual(['valid'])
    for (const keys of [
      [key, strange],
      [strange, key],
    ]) {
      const named = keys.map((one) => ({ ...one, kid: 'k' }))
      expect(await check(token, hosted(...named))).toEqual(['invalid', 'key ERR_OB_KEY_MATERIAL'])
      const set = { 'https://x.example/keys': { keys: named }, ...hosted(key) }
      const far = tokenOf({ kid: 'https://x.example/keys#k' })
      expect(await check(far, set)).toEqual(['invalid', 'key ERR_OB_KEY_MATERIAL'])
    }
  })

  it('do not count under another name, or when they are revoked', async () => {
    const missing = await check(tokenOf({ kid: 'k' }), hosted({ ...key, kid: 'K' }, key))
    expect(missing).toEqual(['invalid', 'key ERR_OB_KEY_NOT_FOUND'])
    const revoked = { ...key, kid: 'k', revoked: { revoked_at: 1 } }
    expect(await check(tokenOf({ kid: 'k' }), hosted(revoked))).toEqual([
      'invalid',
      'key ERR_OB_KEY_REVOKED',
    ])
  })

  const methodOf = (publicKeyJwk: object) => {
    const { publicKeyMultibase: _multibase, ...rest } = method
    return { ...rest, publicKeyJwk }
  }
  const secret = secretKeyOf(pair.secretKeyMultibase).export({ format: 'jwk' })

  it.each<[string, object]>([
    ['gives away its secret', secret],
    ['gives away an empty secret', { ...key, d: '' }],
    ['is for encryption', { ...key, use: 'enc' }],
    ['is a shared secret', { kty: 'oct', k: 'AAAA' }],
    ['is of another curve', { ...key, crv: 'X25519' }],
    ['is of no curve', { ...key, crv: undefined }],
    ['is too long', { ...key, x: `${key['x']}AAAA` }],
  ])('do not count when one %s', async (_name, bad) => {
    const problem = ['invalid', 'key ERR_OB_KEY_MATERIAL']
    expect(await withMethods(methodOf(bad))).toEqual(problem)
    const did = `did:jwk:${encode(bad)}`
    const by = { key: pair, verificationMethod: `${did}#0`, created }
    if (encode(bad).length >= 30) {
      expect(await check(await signCredential(credentialOf(did), by), {})).toEqual(problem)
    }
  })

  it('inside a name have one spelling', async () => {
    const did = `did:jwk:${encode(key)}`
    const valid = { key: pair, verificationMethod: `${did}#0`, created }
    expect(await check(await signCredential(credentialOf(did), valid), {})).toEqual(['valid'])
    const spaced = Buffer.from(`${JSON.stringify(key)}\xff`, 'latin1').toString('base64url')
    const alike = `${did.slice(0, -1)}${did.endsWith('Q') ? 'R' : 'Z'}`
    for (const name of [`did:jwk:${spaced}`, alike]) {
      const by = { key: pair, verificationMethod: `${name}#0`, created }
      const [verdict] = await check(await signCredential(credentialOf(name), by), {})
      expect(verdict).toBe('invalid')
    }
  })
})

describe('a JWT', () => {
  const world = { [ISSUER]: issuerOf(method) }
  const der = publicKeyOf(publicKeyMultibase).export({ format: 'der', type: 'spki' })

  it('is not proven by a shared secret, no signature, or a payload as it is', async () => {
    const { createHmac } = await import('node:crypto')
    const text = `${encode({ alg: 'HS256', typ: 'JWT', kid: KEY })}.${encode({ ...badge, ...claims })}`
    const shared = `${text}.${createHmac('sha256', der).update(text).digest('base64url')}`
    const none = `${encode({ alg: 'none', kid: KEY })}.${encode({ ...badge, ...claims })}.`
    expect(await check(shared, world)).toEqual(['invalid', 'proof ERR_OB_PROOF_SUITE'])
    expect((await check(none, world))[0]).not.toBe('valid')
    for (const alg of ['None', 'NONE', 'hs256', ['EdDSA'], null, '']) {
      expect((await check(tokenOf({ kid: KEY, alg }), world))[1]).toBe('proof ERR_OB_PROOF_SUITE')
    }
    for (const more of [
      { b64: false },
      { b64: false, crit: ['b64'] },
      { b64: 'false' },
      { crit: [] },
      { crit: ['exp'] },
    ]) {
      const found = await check(tokenOf({ kid: KEY, ...more }), world)
      expect(found).toEqual(['invalid', 'proof ERR_OB_JWT_HEADER'])
    }
  })

  it('is not proven by a key that its header points to', async () => {
    const strange = jwkOf(other.publicKeyMultibase)
    for (const more of [
      { jku: 'https://x.example/jwks.json' },
      { x5u: 'https://x.example/cert' },
      { x5c: ['AAAA'] },
    ]) {
      const [verdict] = await check(tokenOf(more), world)
      expect(verdict).toBe('invalid')
    }
    expect((await check(tokenOf({ kid: KEY, jwk: strange }), world))[0]).toBe('invalid')
  })
})

describe('signatures', () => {
  const data = Buffer.from('data')
  const curves = [
    ['P-256', 'sha256', 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n],
    [
      'P-384',
      'sha384',
      0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
    ],
  ] as const

  it.each(curves)('of %s have one form and values in range', (namedCurve, digest, order) => {
    const { privateKey: key, publicKey } = generateKeyPairSync('ec', { namedCurve })
    const size = namedCurve === 'P-256' ? 32 : 48
    const good = sign(digest, data, { key, dsaEncoding: 'ieee-p1363' })
    const bytes = (value: bigint) => Buffer.from(value.toString(16).padStart(size * 2, '0'), 'hex')
    const [r, s] = [good.subarray(0, size), good.subarray(size)]
    expect(verifyBytes(data, publicKey, good)).toBe(true)
    expect(verifyBytes(data, publicKey, sign(digest, data, key))).toBe(false)
    for (const edge of [0n, order, order + 1n, 2n ** BigInt(size * 8) - 1n]) {
      expect(verifyBytes(data, publicKey, Buffer.concat([bytes(edge), s]))).toBe(false)
      expect(verifyBytes(data, publicKey, Buffer.concat([r, bytes(edge)]))).toBe(false)
      expect(verifyBytes(data, publicKey, Buffer.concat([bytes(edge), bytes(edge)]))).toBe(false)
    }
    for (const length of [0, size, size * 2 - 1, size * 2 + 1, size * 3]) {
      expect(verifyBytes(data, publicKey, Buffer.alloc(length, 1))).toBe(false)
    }
    expect(verifyBytes(data, publicKey, Buffer.concat([good, Buffer.from([0])]))).toBe(false)
  })

  const L = 2n ** 252n + 27742317777372353535851937790883648493n
  const little = (value: bigint) =>
    Buffer.from(value.toString(16).padStart(64, '0'), 'hex').reverse()
  const numberOf = (bytes: Uint8Array) =>
    BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`)

  it('of Ed25519 have one spelling', () => {
    const secret = secretKeyOf(pair.secretKeyMultibase)
    const key = createPublicKey(secret)
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (message) => {
        const good = sign(null, message, secret)
        const [r, s] = [good.subarray(0, 32), numberOf(good.subarray(32))]
        expect(verifyBytes(message, key, good)).toBe(true)
        for (let more = s + L; more < 2n ** 256n; more += L) {
          expect(verifyBytes(message, key, Buffer.concat([r, little(more)]))).toBe(false)
        }
      }),
      { numRuns: 20 },
    )
  })

  const P = 2n ** 255n - 19n
  const weak: readonly bigint[] = [
    0n,
    1n,
    P - 1n,
    0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n,
    0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n,
  ]
  const keyOf = (y: bigint) =>
    publicKeyOf(encodeMultibase(Buffer.concat([Buffer.from([0xed, 0x01]), little(y)])))

  it('of Ed25519 keys that fit anything are refused', () => {
    // The point 1 is neutral: with it, and nothing times the base, any text is "signed".
    const forged = Buffer.concat([little(1n), little(0n)])
    expect(verify(null, data, keyOf(1n), forged)).toBe(true)
    const sign255 = 2n ** 255n
    for (const y of weak.flatMap((one) => [one, one + sign255])) {
      expect(() => assertKind(tryKey(y), ['Ed25519'])).toThrow(
        expect.objectContaining({ code: 'ERR_OB_KEY_MATERIAL' }),
      )
    }
    for (let y = P; y < sign255; y += 1n) {
      expect(() => assertKind(tryKey(y), ['Ed25519'])).toThrow(
        expect.objectContaining({ code: 'ERR_OB_KEY_MATERIAL' }),
      )
    }
    expect(assertKind(publicKeyOf(publicKeyMultibase), ['Ed25519'])).toBe('Ed25519')
  })

  const tryKey = (y: bigint): KeyObject => keyOf(y)

  it('by such a key make no badge valid', async () => {
    const multibase = encodeMultibase(Buffer.concat([Buffer.from([0xed, 0x01]), little(1n)]))
    const did = `did:key:${multibase}`
    const proofValue = encodeMultibase(Buffer.concat([little(1n), little(0n)]))
    const [proof] = (
      await signCredential(credentialOf(did), {
        key: pair,
        verificationMethod: `${did}#${multibase}`,
        created,
      })
    ).proof
    const forged = { ...credentialOf(did), proof: { ...proof, proofValue } }
    expect((await check(forged, {}))[0]).not.toBe('valid')
    const weakMethod = { ...method, publicKeyMultibase: multibase }
    const own = { ...signed, proof: { ...signed.proof[0], proofValue } }
    expect(await check(own, { [ISSUER]: issuerOf(weakMethod) })).toEqual([
      'invalid',
      'proof ERR_OB_KEY_MATERIAL',
    ])
  })
})

describe('did:web names that lead elsewhere', () => {
  it.each([
    'did:web:badges.example%3A99999999',
    'did:web:badges.example%3A80%3A80',
    'did:web:user:pass%40host%2F',
    'did:web:badges.example%40evil.example',
    'did:web:badges.example%2Fevil',
    'did:web:badges.example?x=1',
    'did:web:badges.example/path',
    'did:web:badges.example:a%2Fb',
    'did:web:badges.example:a%2e%2e',
    'did:web:badges.example:%2E%2E:keys',
    'did:web:badges.example:..',
    'did:web:badges.example:.',
    'did:web:badges.example:a b',
    'did:web:badges.example:a\\b',
    'did:web:badges.example::a',
    'did:web:[::1]',
    'did:WEB:badges.example',
    'did:web:bädges.example',
    'did:web:badges.example%00',
  ])('are refused: %s', (did) => {
    expect(() => didWebUrl(did)).toThrow(expect.objectContaining({ code: 'ERR_OB_INPUT' }))
  })

  it('stay on their host whatever their path', () => {
    const segment = fc.stringMatching(/^[\w.~%!$&'()*+,;=@?#/\\:-]{1,12}$/)
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 4 }), (segments) => {
        const did = ['did:web:badges.example', ...segments].join(':')
        let url: URL
        try {
          url = new URL(didWebUrl(did))
        } catch {
          return
        }
        expect(url.host).toBe('badges.example')
        expect(url.protocol).toBe('https:')
        expect(url.username + url.search).toBe('')
        expect(url.pathname.endsWith('/did.json')).toBe(true)
      }),
    )
  })
})

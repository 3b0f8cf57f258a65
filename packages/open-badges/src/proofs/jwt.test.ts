import { createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  bake,
  buildCredential,
  controllerDocument,
  generateKeyPair,
  signCredential,
  signCredentialJwt,
  verifyCredential,
} from '../index.js'
import type { JsonObject } from '../json/json.js'
import { encodeMultibase } from '../keys/base58.js'
import { secretKeyOf } from '../keys/keys.js'

const ISSUER = 'https://badges.example/issuers/1'
const KEY = `${ISSUER}#key-1`
const JWKS = 'https://badges.example/.well-known/jwks.json'
const created = '2026-01-01T00:00:00Z'
const now = new Date('2026-06-01T00:00:00Z')

const pair = generateKeyPair(new Uint8Array(32).fill(1))
const signer = { key: pair, verificationMethod: KEY, created }
const secret = secretKeyOf(pair.secretKeyMultibase)
const ed = { privateKey: secret, publicKey: createPublicKey(secret) }
const keys = {
  EdDSA: ed,
  Ed25519: ed,
  ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  ES384: generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  RS256: generateKeyPairSync('rsa', { modulusLength: 2048 }),
}
type Algorithm = keyof typeof keys
type World = Record<string, unknown>

const badge = buildCredential({
  id: 'https://badges.example/credentials/1',
  issuer: { id: ISSUER, name: 'Exämple' },
  achievement: {
    id: 'https://badges.example/badges/1',
    name: '学习',
    description: 'Knows telemetry',
    criteria: { narrative: 'Pass' },
  },
  recipient: { id: 'did:example:ana', email: 'ana@example.org', salt: 'pepper', name: 'Ana' },
  validFrom: created,
  validUntil: '2027-01-01T00:00:00Z',
})
const { validFrom, validUntil, '@context': context, ...undated } = badge
const badge11 = {
  ...undated,
  '@context': ['https://www.w3.org/2018/credentials/v1', context[1]],
  issuanceDate: validFrom,
  expirationDate: validUntil,
}
const claims = {
  iss: ISSUER,
  jti: badge.id,
  sub: 'did:example:ana',
  nbf: Date.parse(created) / 1000,
  exp: Date.parse('2027-01-01T00:00:00Z') / 1000,
}

const jwk = (alg: Algorithm): JsonObject => ({ ...keys[alg].publicKey.export({ format: 'jwk' }) })
const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')

function signText(text: string, { alg, key }: { alg: string; key: KeyObject }): string {
  const digest = alg.startsWith('Ed') ? null : alg === 'ES384' ? 'sha384' : 'sha256'
  const value = sign(digest, Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' })
  return `${text}.${value.toString('base64url')}`
}

function tokenOf(payload: object, alg: Algorithm = 'EdDSA', header: object = {}): string {
  const text = `${encode({ alg, kid: KEY, typ: 'JWT', ...header })}.${encode(payload)}`
  return signText(text, { alg, key: keys[alg].privateKey })
}

const methodOf = (publicKeyJwk: JsonObject, id = KEY) => ({
  id,
  type: 'JsonWebKey',
  controller: ISSUER,
  publicKeyJwk,
})
const worldOf = (alg: Algorithm = 'EdDSA'): World => ({
  [ISSUER]: { id: ISSUER, verificationMethod: [methodOf(jwk(alg))], assertionMethod: [KEY] },
})

async function verify(token: unknown, world: World = worldOf()) {
  const documents = async (url: string) => {
    if (world[url] === undefined) throw new Error(`nothing at ${url}`)
    return world[url]
  }
  const { verdict, kind, checks } = await verifyCredential(token, { documents, now })
  const problems = checks.flatMap(({ code, error }) => (error ? [`${code} ${error}`] : []))
  const remarks = checks.flatMap(({ outcome, detail }) =>
    outcome === 'warning' ? [detail?.['remark'] ?? detail?.['error']] : [],
  )
  return { verdict, kind, problems, remarks }
}
const sound = { verdict: 'valid', kind: 'OpenBadge JWT', problems: [], remarks: [] }

describe('a badge that is a JWT', () => {
  it.each(['EdDSA', 'Ed25519', 'ES256', 'ES384', 'RS256'] as const)(
    'is valid with %s, whole or in the claim vc',
    async (alg) => {
      const world = worldOf(alg)
      expect(await verify(tokenOf({ ...badge, ...claims }, alg), world)).toEqual(sound)
      expect(await verify(tokenOf({ vc: badge11, ...claims }, alg), world)).toEqual(sound)
      const typed = tokenOf({ ...badge, ...claims }, alg, { typ: 'vc+jwt' })
      expect(await verify(typed, world)).toEqual(sound)
    },
  )

  it('is made here, and read from text and images', async () => {
    const token = signCredentialJwt(badge, signer)
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')
    for (const form of [token, Buffer.from(`${token}\n`), bake(svg, token)]) {
      expect(await verify(form)).toEqual(sound)
    }
  })

  it('made here verifies with the document that is published here', async () => {
    const { publicKeyMultibase } = pair
    const issuer = controllerDocument({ id: ISSUER, keys: [{ id: KEY, publicKeyMultibase }] })
    expect(await verify(signCredentialJwt(badge, signer), { [ISSUER]: issuer })).toEqual(sound)
  })

  it('may carry an embedded proof, which is told beside the signature', async () => {
    const signed = await signCredential(badge, signer)
    expect(await verify(signCredentialJwt(signed, signer))).toEqual(sound)
    const changed = { ...signed, name: 'Doctor' }
    expect(await verify(signCredentialJwt(changed, signer))).toMatchObject({
      verdict: 'valid',
      remarks: ['ERR_OB_SIGNATURE'],
    })
  })

  it('is not valid with any character of it changed', async () => {
    const token = signCredentialJwt(badge, signer)
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.'
    await fc.assert(
      fc.asyncProperty(fc.nat(token.length - 1), fc.constantFrom(...alphabet), async (at, to) => {
        fc.pre(token[at] !== to)
        const changed = `${token.slice(0, at)}${to}${token.slice(at + 1)}`
        expect((await verify(changed)).verdict).not.toBe('valid')
      }),
      { numRuns: 300 },
    )
  })
})

describe('the claims of a JWT', () => {
  it.each([
    ['iss', 'https://evil.example'],
    ['jti', 'https://badges.example/credentials/2'],
    ['sub', 'did:example:bob'],
    ['nbf', claims.nbf + 1],
    ['nbf', String(claims.nbf)],
    ['exp', claims.exp + 1],
  ])('make it invalid when %s is %s', async (name, value) => {
    const { verdict, problems } = await verify(tokenOf({ ...badge, ...claims, [name]: value }))
    expect([verdict, ...problems]).toEqual(['invalid', 'proof ERR_OB_JWT_CLAIMS'])
  })

  it('are told when missing, and audience and age are nobody’s business', async () => {
    const { sub: _sub, ...others } = claims
    const token = tokenOf({ ...badge, ...others, aud: 'x', iat: 1 })
    expect(await verify(token)).toEqual({ ...sound, remarks: ['claims-missing'] })
  })

  it('may have fractions of a second', async () => {
    const token = tokenOf({ ...badge, ...claims, nbf: claims.nbf + 0.5 })
    expect(await verify(token)).toEqual(sound)
  })

  it('end a badge that has no end of its own', async () => {
    const { validUntil: _end, ...endless } = badge
    const over = tokenOf({ ...endless, ...claims, exp: now.getTime() / 1000 - 1 })
    expect(await verify(over)).toMatchObject({
      verdict: 'expired',
      problems: ['proof ERR_OB_PROOF_EXPIRED'],
    })
    expect(await verify(tokenOf({ ...endless, ...claims }))).toEqual(sound)
  })

  it('hold one credential only', async () => {
    const { verdict } = await verify(tokenOf({ ...badge, ...claims, vc: badge11 }))
    expect(verdict).toBe('invalid')
  })

  it('hold nothing that no context defines', async () => {
    const { verdict, problems } = await verify(tokenOf({ ...badge, ...claims, surprise: 1 }))
    expect([verdict, ...problems]).toEqual(['invalid', 'proof ERR_OB_UNSAFE'])
  })
})

describe('the header of a JWT', () => {
  const payload = { ...badge, ...claims }
  const secretJwk = { ...ed.privateKey.export({ format: 'jwk' }) }
  it.each<[string, object, string]>([
    ['no signature', { alg: 'none' }, 'proof ERR_OB_PROOF_SUITE'],
    ['a shared secret', { alg: 'HS256' }, 'proof ERR_OB_PROOF_SUITE'],
    ['no algorithm', { alg: undefined }, 'proof ERR_OB_PROOF_SUITE'],
    ['an algorithm not read here', { alg: 'PS256' }, 'proof ERR_OB_PROOF_UNSUPPORTED'],
    ['another kind of key', { alg: 'ES256' }, 'proof ERR_OB_KEY_MATERIAL'],
    ['another type', { typ: 'openid4vci-proof+jwt' }, 'proof ERR_OB_JWT_HEADER'],
    ['extensions', { crit: ['b64'], b64: false }, 'proof ERR_OB_JWT_HEADER'],
    ['no key', { kid: undefined }, 'key ERR_OB_JWT_HEADER'],
    ['a number for a key', { kid: 7 }, 'key ERR_OB_JWT_HEADER'],
    ['two keys', { jwk: jwk('ES256') }, 'key ERR_OB_JWT_HEADER'],
    ['a secret', { kid: undefined, jwk: secretJwk }, 'key ERR_OB_KEY_MATERIAL'],
    ['an unknown key', { kid: `${ISSUER}#key-2` }, 'key ERR_OB_KEY_NOT_FOUND'],
    ['a key nobody answers for', { kid: 'https://x.example' }, 'key ERR_OB_KEY_UNREACHABLE'],
    ['a key elsewhere', { kid: 'file:///etc/passwd' }, 'key ERR_OB_KEY_UNREACHABLE'],
  ])('is refused with %s', async (_name, header, problem) => {
    const { verdict, problems } = await verify(tokenOf(payload, 'EdDSA', header))
    expect(verdict).not.toBe('valid')
    expect(problems[0]).toBe(problem)
  })

  it('brings a key that counts only when the issuer publishes it', async () => {
    const own = tokenOf(payload, 'EdDSA', { kid: undefined, jwk: jwk('EdDSA') })
    expect(await verify(own)).toEqual(sound)
    const foreign = tokenOf(payload, 'ES256', { kid: undefined, jwk: jwk('ES256') })
    expect(await verify(foreign)).toMatchObject({
      verdict: 'invalid',
      problems: ['issuer ERR_OB_KEY_NOT_BOUND'],
    })
  })

  it('brings no key that the issuer has revoked', async () => {
    const method = { ...methodOf(jwk('EdDSA')), revoked: '2026-02-01T00:00:00Z' }
    const world = {
      [ISSUER]: { id: ISSUER, verificationMethod: [method], assertionMethod: [KEY] },
    }
    const own = tokenOf(payload, 'EdDSA', { kid: undefined, jwk: jwk('EdDSA') })
    expect((await verify(own, world)).verdict).toBe('invalid')
    expect((await verify(tokenOf(payload), world)).problems).toEqual(['key ERR_OB_KEY_REVOKED'])
  })

  it('may name a key within the issuer’s document', async () => {
    for (const kid of ['key-1', '#key-1']) {
      expect(await verify(tokenOf(payload, 'EdDSA', { kid }))).toEqual(sound)
    }
  })
})

describe('a bare JSON Web Key', () => {
  const URL_OF_KEY = 'https://badges.example/keys/1'
  const payload = { ...badge, ...claims }
  const token = tokenOf(payload, 'RS256', { kid: URL_OF_KEY })
  const key = jwk('RS256')
  const profile = { id: ISSUER, type: 'Profile', name: 'Example' }
  const listed = { id: ISSUER, verificationMethod: [methodOf(key)], assertionMethod: [KEY] }
  const other = { id: ISSUER, verificationMethod: [methodOf(jwk('ES256'))], assertionMethod: [KEY] }

  it.each<[string, World, string[]]>([
    ['the issuer lists the same key', { [ISSUER]: listed }, ['valid']],
    [
      'the issuer lists its address',
      { [ISSUER]: { ...other, assertionMethod: [URL_OF_KEY] } },
      ['valid'],
    ],
    ['its host lists it', { [ISSUER]: profile, [JWKS]: { keys: [key] } }, ['valid']],
    [
      'its host lists it for this issuer',
      { [JWKS]: { keys: [{ ...key, iss: ISSUER }] } },
      ['valid'],
    ],
    [
      'its host lists it for another issuer',
      { [ISSUER]: profile, [JWKS]: { keys: [{ ...key, iss: 'https://x.example' }] } },
      ['invalid', 'issuer ERR_OB_KEY_NOT_BOUND'],
    ],
    [
      'only its host lists it, and the issuer others',
      { [ISSUER]: other, [JWKS]: { keys: [key] } },
      ['invalid', 'issuer ERR_OB_KEY_NOT_BOUND'],
    ],
    ['nobody lists it', { [ISSUER]: profile }, ['invalid', 'issuer ERR_OB_KEY_NOT_BOUND']],
    ['nobody answers', {}, ['unknown', 'issuer ERR_OB_ISSUER_UNREACHABLE']],
  ])('counts or not when %s', async (_name, world, outcome) => {
    const sets = [key, { keys: [{ ...key, kid: URL_OF_KEY }, jwk('ES256')] }]
    for (const document of sets) {
      const found = await verify(token, { [URL_OF_KEY]: document, ...world })
      expect([found.verdict, ...found.problems]).toEqual(outcome)
    }
  })

  it('is found among the keys of the host by its name', async () => {
    const named = tokenOf(payload, 'RS256', { kid: '7f' })
    const world = { [ISSUER]: profile, [JWKS]: { keys: [{ ...key, kid: '7f' }] } }
    expect(await verify(named, world)).toEqual(sound)
  })

  it('is not for encryption, and not short', async () => {
    const weak = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey
    for (const bad of [
      { ...key, use: 'enc' },
      weak.export({ format: 'jwk' }),
      { kty: 'oct', k: 'AA' },
    ]) {
      const { problems } = await verify(token, { [URL_OF_KEY]: bad, [ISSUER]: listed })
      expect(problems).toContain('key ERR_OB_KEY_MATERIAL')
    }
  })
})

describe('keys are read', () => {
  const { publicKeyMultibase } = pair
  const raw = Buffer.from(String(jwk('EdDSA')['x']), 'base64url')
  const payload = { ...badge, ...claims }
  it.each<[string, object]>([
    ['Multikey', { publicKeyMultibase }],
    ['Ed25519VerificationKey2020', { publicKeyMultibase }],
    ['Ed25519VerificationKey2018', { publicKeyBase58: encodeMultibase(raw).slice(1) }],
    ['JsonWebKey2020', { publicKeyJwk: jwk('EdDSA') }],
    ['JsonWebKey', { publicKeyJwk: jwk('EdDSA') }],
  ])('as %s', async (type, material) => {
    const method = { id: KEY, type, controller: ISSUER, ...material }
    const embedded = { id: ISSUER, assertionMethod: [method] }
    const listed = { id: ISSUER, verificationMethod: [method], assertionMethod: ['#key-1'] }
    for (const issuer of [embedded, listed]) {
      expect(await verify(tokenOf(payload), { [ISSUER]: issuer })).toEqual(sound)
      expect(
        (await verify(await signCredential(badge, signer), { [ISSUER]: issuer })).verdict,
      ).toBe('valid')
    }
    const both = { ...method, publicKeyMultibase, publicKeyJwk: jwk('EdDSA') }
    const doubled = { id: ISSUER, verificationMethod: [both], assertionMethod: [KEY] }
    expect((await verify(tokenOf(payload), { [ISSUER]: doubled })).problems).toContain(
      'key ERR_OB_KEY_MATERIAL',
    )
  })

  const compressed = (alg: 'ES256' | 'ES384', header: number[]) => {
    const { x, y } = jwk(alg)
    const last = Buffer.from(String(y), 'base64url').at(-1) ?? 0
    const point = [2 + (last & 1), ...Buffer.from(String(x), 'base64url')]
    return encodeMultibase(Uint8Array.from([...header, ...point]))
  }
  const didJwk = (alg: Algorithm) => `did:jwk:${encode(jwk(alg))}`

  it.each<[string, Algorithm, string, string]>([
    ['did:key of Ed25519', 'EdDSA', `did:key:${publicKeyMultibase}`, publicKeyMultibase],
    ['did:jwk of Ed25519', 'EdDSA', didJwk('EdDSA'), '0'],
    ['did:jwk of P-256', 'ES256', didJwk('ES256'), '0'],
    ['did:jwk of RSA', 'RS256', didJwk('RS256'), '0'],
    ...[compressed('ES256', [0x80, 0x24])].map((key): [string, Algorithm, string, string] => [
      'did:key of P-256',
      'ES256',
      `did:key:${key}`,
      key,
    ]),
    ...[compressed('ES384', [0x81, 0x24])].map((key): [string, Algorithm, string, string] => [
      'did:key of P-384',
      'ES384',
      `did:key:${key}`,
      key,
    ]),
  ])('out of a %s', async (_name, ...[alg, did, fragment]) => {
    const own = { ...payload, iss: did, issuer: { ...badge.issuer, id: did } }
    expect(await verify(tokenOf(own, alg, { kid: `${did}#${fragment}` }), {})).toEqual(sound)
    const stolen = tokenOf(payload, alg, { kid: `${did}#${fragment}` })
    expect((await verify(stolen, worldOf(alg))).problems).toEqual(['issuer ERR_OB_KEY_NOT_BOUND'])
    const wrong = tokenOf(own, alg, { kid: `${did}#other` })
    expect((await verify(wrong, {})).problems).toEqual(['key ERR_OB_KEY_NOT_FOUND'])
  })
})

import { createPublicKey } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { jwkDocument, jwkSet, thumbprint } from './jwk-documents.js'
import { controllerDocument } from './key-documents.js'
import { generateKeyPair } from './keys.js'
import { publicKeyMultibaseOf, publicKeyOf, publicKeyOfJwk } from './public-keys.js'
import { signBytes } from './sign-bytes.js'
import {
  generateSigningKey,
  parseSigningKey,
  privateKeyOf,
  publicKeyPem,
  type SigningKey,
  signingKeyOf,
} from './signing-keys.js'
import { verifyBytes } from './verify-bytes.js'

const algorithms = ['Ed25519', 'P-256', 'P-384', 'RSA'] as const
const ID = 'https://badges.example/keys/1'
const refused = (code: string) => expect.objectContaining({ code })

describe.each(algorithms)('a signing key of kind %s', (algorithm) => {
  let key: SigningKey
  let other: SigningKey
  beforeAll(() => {
    key = generateSigningKey(algorithm)
    other = generateSigningKey(algorithm)
  })

  it('signs what its public half verifies, and the other half of nobody else', () => {
    const publicKey = publicKeyOfJwk(key.publicJwk)
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const signature = signBytes(bytes, privateKeyOf(key))
        expect(verifyBytes(bytes, publicKey, signature)).toBe(true)
        expect(verifyBytes(bytes, publicKeyOfJwk(other.publicJwk), signature)).toBe(false)
      }),
      { numRuns: 10 },
    )
  })

  it('survives storage, and publishes no secret', () => {
    expect(parseSigningKey(JSON.parse(JSON.stringify(key)))).toEqual(key)
    for (const name of ['d', 'p', 'q', 'dp', 'dq', 'qi'])
      expect(key.publicJwk).not.toHaveProperty(name)
    expect(publicKeyPem(key)).toMatch(/^-----BEGIN PUBLIC KEY-----/)
    expect(createPublicKey(publicKeyPem(key)).equals(publicKeyOfJwk(key.publicJwk))).toBe(true)
  })

  it('is refused with halves that do not belong together', () => {
    // With an RSA key OpenSSL tries the primes first, then d: one sound half of the secret will do.
    const { d, p: prime } = other.privateJwk
    const half = algorithm === 'RSA' ? { d, p: prime } : { d }
    const { publicJwk } = other
    for (const wrong of [
      { ...key, publicJwk },
      { ...key, privateJwk: { ...key.privateJwk, ...half } },
      { ...key, privateJwk: { ...key.privateJwk, ...publicJwk }, publicJwk },
      { ...key, algorithm: algorithm === 'RSA' ? 'P-256' : 'RSA' },
      { ...key, privateJwk: undefined },
      { ...key, privateJwk: { ...key.privateJwk, d: undefined } },
      { ...key, publicJwk: key.privateJwk },
      null,
    ]) {
      expect(() => parseSigningKey(wrong)).toThrow(refused('ERR_OB_KEY_MATERIAL'))
    }
  })

  it('is published as one JSON Web Key that names what it signs with', () => {
    const alg = { Ed25519: 'EdDSA', 'P-256': 'ES256', 'P-384': 'ES384', RSA: 'RS256' }[algorithm]
    const { publicJwk } = key
    expect(jwkDocument({ id: ID, publicJwk })).toEqual({ ...publicJwk, kid: ID, alg, use: 'sig' })
    expect(() => jwkDocument({ id: ID, publicJwk: key.privateJwk })).toThrow(/its secret/)
    expect(() => jwkDocument({ id: ID, publicJwk, alg: 'HS256' })).toThrow(refused('ERR_OB_INPUT'))
  })

  it('is a verification method in the document of its issuer, under the context that defines it', () => {
    const { publicJwk } = key
    const document = controllerDocument({
      id: 'https://badges.example/issuers/1',
      keys: [
        { id: ID, publicJwk },
        { id: `${ID}0`, publicJwk: other.publicJwk, revoked: '2026-01-01T00:00:00Z' },
        { id: `${ID}00`, ...generateKeyPair() },
      ],
    })
    expect(document.verificationMethod[0]).toEqual({
      id: ID,
      type: 'JsonWebKey',
      controller: document.id,
      publicKeyJwk: publicJwk,
    })
    expect(document.assertionMethod).toEqual([ID, `${ID}00`])
    expect(JSON.stringify(document)).not.toContain('secretKey')
    expect(document['@context']).toContain('https://w3id.org/security/jwk/v1')
  })

  it('has a Multikey, unless it is RSA', () => {
    const multibase = publicKeyMultibaseOf(key.publicJwk)
    const read = multibase === undefined ? undefined : publicKeyOf(multibase)
    expect(read?.equals(publicKeyOfJwk(key.publicJwk)) ?? 'none').toBe(
      algorithm === 'RSA' ? 'none' : true,
    )
  })
})

describe('signing keys', () => {
  it('have the thumbprint of RFC 7638, A.1 to 3.1, and of RFC 8037, A.3', () => {
    const n =
      '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw'
    const rsa = { kty: 'RSA', n, e: 'AQAB', alg: 'RS256', kid: '2011-04-29' }
    expect(thumbprint(rsa)).toBe('NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs')
    const okp = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' }
    expect(thumbprint(okp)).toBe('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k')
    expect(() => thumbprint({ kty: 'oct', k: 'AAAA' })).toThrow(refused('ERR_OB_KEY_MATERIAL'))
  })

  it('are the same pair as Multikey and as JSON Web Key', () => {
    const pair = generateKeyPair()
    const key = signingKeyOf(pair)
    expect(publicKeyMultibaseOf(key.publicJwk)).toBe(pair.publicKeyMultibase)
    expect(parseSigningKey(key)).toEqual(key)
  })

  it('are listed for a host with the issuer of each, and without the revoked', () => {
    const { publicJwk } = signingKeyOf(generateKeyPair(new Uint8Array(32).fill(1)))
    const keys = [
      { id: 'a', publicJwk },
      { id: 'b', publicJwk, issuer: 'https://badges.example/issuers/2' },
      { id: 'c', publicJwk, revoked: '2026-01-01T00:00:00Z' },
    ]
    const listed = jwkSet(keys, { issuer: 'https://badges.example/issuers/1' }).keys
    expect(listed.map(({ kid, iss }) => [kid, iss])).toEqual([
      ['a', 'https://badges.example/issuers/1'],
      ['b', 'https://badges.example/issuers/2'],
    ])
    expect(jwkSet([{ id: 'a', publicJwk }]).keys[0]).not.toHaveProperty('iss')
  })
})

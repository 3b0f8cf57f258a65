import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import { publicKeyOf } from '@rosette/open-badges'
import { z } from 'zod'
import { WalletError } from './wallet-error.js'

/** The algorithms with which wallets may prove their keys. */
export const proofAlgorithms = ['ES256', 'EdDSA'] as const

const header = z.looseObject({
  typ: z.literal('openid4vci-proof+jwt'),
  alg: z.enum(proofAlgorithms),
  kid: z.string().max(5000).optional(),
  jwk: z.record(z.string(), z.unknown()).optional(),
})
const claims = z.looseObject({
  aud: z.union([z.string(), z.array(z.string())]),
  iat: z.number(),
  nonce: z.string().max(500).optional(),
})

/** How far the clock of a wallet may be behind, and ahead. */
const oldestSeconds = 300
const aheadSeconds = 60

type Expected = { readonly audience: string; readonly now: Date }

/**
 * Whose key a proof shows, as a DID, and for which nonce (OpenID4VCI 1.0, Appendix F.1). The nonce is
 * still to be looked at; everything else holds.
 */
export function readKeyProof(jwt: string, { audience, now }: Expected) {
  const [head = '', body = '', signature = '', ...more] = jwt.split('.')
  if (jwt.length > 20_000 || more.length > 0) throw invalid('it is no compact JWS')
  const { alg, kid, jwk, ...rest } = parsePart(header, head, 'header')
  if ('x5c' in rest || (kid === undefined) === (jwk === undefined)) {
    throw invalid('its header must name the key by either jwk or kid, a did:jwk or did:key')
  }
  const { holder, key } = jwk === undefined ? fromDid(kid ?? '') : fromJwk(jwk)
  if (!isSignedBy(key, alg, { data: `${head}.${body}`, signature })) {
    throw invalid('its signature does not hold')
  }
  const { aud, iat, nonce } = parsePart(claims, body, 'payload')
  if (![aud].flat().includes(audience)) throw invalid(`its aud is not ${audience}`)
  const age = now.getTime() / 1000 - iat
  if (age > oldestSeconds || age < -aheadSeconds) throw invalid('its iat is not of this moment')
  if (nonce === undefined) throw new WalletError('invalid_nonce', 'The proof has no nonce.')
  return { holder, nonce }
}

function parsePart<Part>(schema: z.ZodType<Part>, encoded: string, name: string): Part {
  try {
    return schema.parse(JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8')))
  } catch {
    throw invalid(`its ${name} is not what it must be`)
  }
}

const publicMembers: Readonly<Record<string, readonly string[]>> = {
  OKP: ['crv', 'kty', 'x'],
  EC: ['crv', 'kty', 'x', 'y'],
}

function fromJwk(jwk: Readonly<Record<string, unknown>>) {
  const members = publicMembers[String(jwk['kty'])]
  if (members === undefined || 'd' in jwk) throw invalid('its jwk is no public key for this')
  // Only what makes the key, in one order: so that one key has one name.
  const plain = Object.fromEntries(members.map((name) => [name, String(jwk[name] ?? '')]))
  const encoded = Buffer.from(JSON.stringify(plain)).toString('base64url')
  return { holder: `did:jwk:${encoded}`, key: keyOf(plain) }
}

function fromDid(kid: string) {
  const [did = ''] = kid.split('#')
  const [, encoded] = /^did:jwk:([\w-]{20,4096})$/.exec(did) ?? []
  if (encoded !== undefined) {
    const jwk = parsePart(z.record(z.string(), z.unknown()), encoded, 'kid')
    return { holder: did, key: fromJwk(jwk).key }
  }
  const [, multibase] = /^did:key:(z[1-9A-HJ-NP-Za-km-z]{40,100})$/.exec(did) ?? []
  if (multibase === undefined) throw invalid('its kid is neither a did:jwk nor a did:key')
  try {
    return { holder: did, key: publicKeyOf(multibase) }
  } catch {
    throw invalid('its kid holds no key that is known here')
  }
}

function keyOf(jwk: Readonly<Record<string, string>>): KeyObject {
  try {
    return createPublicKey({ key: { ...jwk }, format: 'jwk' })
  } catch {
    throw invalid('its key is none')
  }
}

type Signed = { readonly data: string; readonly signature: string }

function isSignedBy(key: KeyObject, alg: string, { data, signature }: Signed): boolean {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key
  const isP256 = type === 'ec' && details?.namedCurve === 'prime256v1'
  if (alg === 'ES256' ? !isP256 : type !== 'ed25519') throw invalid('its key is not for its alg')
  const bytes = Buffer.from(signature, 'base64url')
  const how = alg === 'ES256' ? 'sha256' : null
  return verify(how, Buffer.from(data), { key, dsaEncoding: 'ieee-p1363' }, bytes)
}

function invalid(why: string): WalletError {
  return new WalletError('invalid_proof', `The proof is refused: ${why}.`)
}

import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  type KeyPairKeyObjectResult,
} from 'node:crypto'
import { OpenBadgesError } from '../errors.js'
import { isJsonObject, type JsonObject } from '../json/json.js'
import { cached } from './key-cache.js'
import { type KeyPair, secretKeyOf } from './keys.js'
import { type KeyKind, kindOf, publicKeyOfJwk, publicMembersOf } from './public-keys.js'
import { signBytes } from './sign-bytes.js'
import { verifyBytes } from './verify-bytes.js'

/** A key pair as JSON Web Keys (RFC 7517, 4; RFC 7518, 6; RFC 8037, 2). */
export type SigningKey = {
  /** What kind of key it is. */
  readonly algorithm: KeyKind
  /** Public members only, ready to be published. */
  readonly publicJwk: JsonObject
  /** Never log it. */
  readonly privateJwk: JsonObject
}

const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi']
const MAX_MEMBER = 3000
const PROBE = Buffer.from('The halves of a key pair belong together.')

const generators: Readonly<Record<KeyKind, () => KeyPairKeyObjectResult>> = {
  Ed25519: () => generateKeyPairSync('ed25519'),
  'P-256': () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  'P-384': () => generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  RSA: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
}

const privateKeys = new Map<string, KeyObject>()

/**
 * Makes a key pair to sign with: RSA has 2048 bits. RSA signs JWTs and Open Badges 2.0, the others
 * sign JWTs and embedded proofs.
 *
 * @example
 * const key = generateSigningKey('P-256')
 */
export function generateSigningKey(algorithm: SigningKey['algorithm']): SigningKey {
  return toSigningKey(algorithm, generators[algorithm]().privateKey)
}

/**
 * Reads a key that was stored as JSON.
 *
 * Throws `ERR_OB_KEY_MATERIAL` for one that cannot be read or whose halves do not belong together.
 */
export function parseSigningKey(value: unknown): SigningKey {
  const { algorithm, publicJwk, privateJwk } = Object(value)
  if (!isJsonObject(publicJwk) || !isJsonObject(privateJwk)) {
    throw notAKey('A signing key has an algorithm, a publicJwk and a privateJwk.')
  }
  const secret = toPrivateKey(privateJwk)
  const kind = kindOf(secret)
  if (kind === undefined || kind !== algorithm) {
    throw notAKey('The signing key is not of the algorithm that it names.')
  }
  assertMatches(secret, publicKeyOfJwk(publicJwk))
  return toSigningKey(kind, secret)
}

/** The same Ed25519 pair, from Multikey strings to JSON Web Keys. */
export function signingKeyOf(pair: KeyPair): SigningKey {
  return toSigningKey('Ed25519', secretKeyOf(pair.secretKeyMultibase))
}

/** What kind of key signs. */
export function algorithmOf(key: KeyPair | SigningKey): KeyKind {
  return 'algorithm' in key ? key.algorithm : 'Ed25519'
}

/** The secret half, ready for node:crypto; kept for the next call. */
export function privateKeyOf(key: KeyPair | SigningKey): KeyObject {
  return 'algorithm' in key ? toPrivateKey(key.privateJwk) : secretKeyOf(key.secretKeyMultibase)
}

/** The public half as PEM text, as Open Badges 2.0 publishes it (OB 2.0, CryptographicKey). */
export function publicKeyPem(key: Pick<SigningKey, 'publicJwk'>): string {
  return publicKeyOfJwk(key.publicJwk).export({ format: 'pem', type: 'spki' }).toString()
}

function toSigningKey(algorithm: KeyKind, secret: KeyObject): SigningKey {
  const privateJwk: JsonObject = { ...secret.export({ format: 'jwk' }) }
  return { algorithm, publicJwk: publicMembersOf(privateJwk), privateJwk }
}

function toPrivateKey(jwk: JsonObject): KeyObject {
  const secrets = PRIVATE_MEMBERS.map((name) => [name, jwk[name]] as const)
  const texts = secrets.filter(([, text]) => typeof text === 'string' && text.length <= MAX_MEMBER)
  const key = { ...publicMembersOf(jwk), ...Object.fromEntries(texts) }
  return cached(privateKeys, JSON.stringify(key), () => {
    try {
      return createPrivateKey({ key, format: 'jwk' })
    } catch (cause) {
      throw notAKey('The private JSON Web Key cannot be read.', { cause })
    }
  })
}

// A private JWK repeats its public members, which node:crypto believes; only a signature tells.
function assertMatches(secret: KeyObject, published: KeyObject): void {
  const isSame = createPublicKey(secret).equals(published)
  if (isSame && verifyBytes(PROBE, published, signBytes(PROBE, secret))) return
  throw notAKey('The two halves of the signing key do not match.')
}

function notAKey(message: string, options?: ErrorOptions): OpenBadgesError {
  return new OpenBadgesError('ERR_OB_KEY_MATERIAL', message, options)
}

import { createPublicKey, type KeyObject } from 'node:crypto'
import { OpenBadgesError } from '../errors.js'
import { isJsonObject, type JsonObject } from '../json/json.js'
import { decodeBase58, decodeMultibase, encodeMultibase } from './base58.js'
import { cached } from './key-cache.js'

/** The kinds of keys that badges are signed with. */
export type KeyKind = 'Ed25519' | 'P-256' | 'P-384' | 'RSA'

type Encoding = {
  readonly kind: KeyKind
  readonly header: number
  readonly length: number
  readonly spki: Buffer
}

// Multicodec prefix, and the fixed DER bytes before the key (RFC 8410, 4; RFC 5480, 2). Elliptic
// points are compressed: a byte for the sign and one coordinate (Controlled Identifiers 1.0, 2.2.2).
const multikeys: readonly Encoding[] = [
  {
    kind: 'Ed25519',
    header: 0xed01,
    length: 32,
    spki: Buffer.from('302a300506032b6570032100', 'hex'),
  },
  {
    kind: 'P-256',
    header: 0x8024,
    length: 33,
    spki: Buffer.from('3039301306072a8648ce3d020106082a8648ce3d030107032200', 'hex'),
  },
  {
    kind: 'P-384',
    header: 0x8124,
    length: 49,
    spki: Buffer.from('3046301006072a8648ce3d020106052b81040022033200', 'hex'),
  },
]

const MIN_RSA_BITS = 2048
// Beyond this a stranger's key would only cost time.
const MAX_RSA_BITS = 8192
const MAX_JWK_MEMBER = 1500
const required: Readonly<Record<string, readonly string[]>> = {
  OKP: ['crv', 'kty', 'x'],
  EC: ['crv', 'kty', 'x', 'y'],
  RSA: ['e', 'kty', 'n'],
}

const known = new Map<string, KeyObject>()

/**
 * The public key of a Multikey string (`z6Mk…`, `zDn…`, `z82…`), ready for node:crypto.
 *
 * Throws `ERR_OB_KEY_MATERIAL` for anything else (Controlled Identifiers 1.0, 2.2.2).
 */
export function publicKeyOf(publicKeyMultibase: string): KeyObject {
  return cached(known, publicKeyMultibase, () => {
    const bytes = Buffer.from(decodeMultibase(publicKeyMultibase))
    const header = bytes.length > 2 ? bytes.readUInt16BE(0) : 0
    const encoding = multikeys.find((one) => one.header === header)
    if (encoding === undefined || bytes.length !== encoding.length + 2) {
      throw notAKey('The multibase value is not an Ed25519, P-256 or P-384 key.')
    }
    return fromSpki(encoding.spki, bytes.subarray(2))
  })
}

/** The public key of `publicKeyBase58`: 32 bytes of Ed25519 (Ed25519VerificationKey2018). */
export function publicKeyOfBase58(text: string): KeyObject {
  return cached(known, `base58:${text}`, () => {
    const bytes = decodeBase58(text)
    const [ed25519] = multikeys
    if (ed25519 === undefined || bytes.length !== 32) throw notAKey('The key has not 32 bytes.')
    return fromSpki(ed25519.spki, bytes)
  })
}

/** The public key of a JSON Web Key (RFC 7517, 4; RFC 7518, 6; RFC 8037, 2). */
export function publicKeyOfJwk(jwk: unknown): KeyObject {
  if (!isJsonObject(jwk)) throw notAKey('The JSON Web Key is not an object.')
  // A secret that is published is anybody's (RFC 7517, 9.2).
  if ('d' in jwk || 'k' in jwk) throw notAKey('The JSON Web Key gives away its secret.')
  if (jwk['use'] !== undefined && jwk['use'] !== 'sig') throw notAKey('The key is not for signing.')
  const members = publicMembersOf(jwk)
  return cached(known, JSON.stringify(members), () => fromJwk(members))
}

/** The members of a JSON Web Key that make up the public key (RFC 7638, 3.2; RFC 8037, 2). */
export function publicMembersOf(jwk: JsonObject): JsonObject {
  const members = (required[String(jwk['kty'])] ?? []).map((name) => [name, jwk[name]] as const)
  return Object.fromEntries(members.filter(([, value]) => isShortText(value)))
}

/**
 * A public key as a Multikey string, or undefined for RSA (Controlled Identifiers 1.0, 2.2.2).
 *
 * Throws `ERR_OB_KEY_MATERIAL` for what is no public key.
 */
export function publicKeyMultibaseOf(publicJwk: JsonObject): string | undefined {
  const kind = kindOf(publicKeyOfJwk(publicJwk))
  const encoding = multikeys.find((one) => one.kind === kind)
  if (encoding === undefined) return undefined
  const x = Buffer.from(String(publicJwk['x']), 'base64url')
  const y = Buffer.from(String(publicJwk['y'] ?? ''), 'base64url')
  // SEC 1, 2.3.3: a compressed point is 02 or 03, as y is even or odd, and x.
  const sign = kind === 'Ed25519' ? [] : [2 + ((y.at(-1) ?? 0) & 1)]
  const header = [encoding.header >> 8, encoding.header & 0xff]
  return encodeMultibase(Uint8Array.from([...header, ...sign, ...x]))
}

/** What kind of key it is, or undefined for one that no badge is signed with. */
export function kindOf(key: KeyObject): KeyKind | undefined {
  if (key.asymmetricKeyType === 'ed25519') return 'Ed25519'
  if (key.asymmetricKeyType === 'rsa') return isSoundRsa(key) ? 'RSA' : undefined
  const curve = key.asymmetricKeyDetails?.namedCurve
  if (curve === 'prime256v1') return 'P-256'
  return curve === 'secp384r1' ? 'P-384' : undefined
}

function isSoundRsa({ asymmetricKeyDetails: details }: KeyObject): boolean {
  const bits = details?.modulusLength ?? 0
  // RFC 7518, 3.3: at least 2048 bits. A long exponent makes each verification slow.
  return bits >= MIN_RSA_BITS && bits <= MAX_RSA_BITS && (details?.publicExponent ?? 0n) < 2n ** 33n
}

function fromSpki(prefix: Buffer, bytes: Uint8Array): KeyObject {
  return sound(() =>
    createPublicKey({ key: Buffer.concat([prefix, bytes]), format: 'der', type: 'spki' }),
  )
}

function fromJwk(jwk: JsonObject): KeyObject {
  return sound(() => createPublicKey({ key: { ...jwk }, format: 'jwk' }))
}

function sound(make: () => KeyObject): KeyObject {
  let key: KeyObject
  try {
    key = make()
  } catch (cause) {
    throw new OpenBadgesError('ERR_OB_KEY_MATERIAL', 'The key cannot be read.', { cause })
  }
  if (kindOf(key) !== undefined) return key
  throw notAKey('The key is not Ed25519, P-256, P-384, or RSA of 2048 to 8192 bits.')
}

function isShortText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_JWK_MEMBER
}

function notAKey(message: string): OpenBadgesError {
  return new OpenBadgesError('ERR_OB_KEY_MATERIAL', message)
}

import { createPrivateKey, createPublicKey, type KeyObject, randomBytes } from 'node:crypto'
import { OpenBadgesError } from '../errors.js'
import { decodeMultibase, encodeMultibase } from './base58.js'
import { cached } from './key-cache.js'

/** An Ed25519 key pair as Multikey strings (Controlled Identifiers 1.0, 2.2.2). */
export type KeyPair = {
  /** `z6Mk…`: 0xed01 and the 32 bytes of the public key. */
  readonly publicKeyMultibase: string
  /** `z3u2…`: 0x8026 and the 32 bytes of the secret key. Never log it. */
  readonly secretKeyMultibase: string
}

const PUBLIC_HEADER = [0xed, 0x01]
const SECRET_HEADER = [0x80, 0x26]
// RFC 8410: the fixed DER bytes before the 32 key bytes, which node:crypto wants.
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex')
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')

const secretKeys = new Map<string, KeyObject>()

/**
 * Makes an Ed25519 key pair, from the 32 bytes of `seed` when given (RFC 8032, 5.1.5).
 *
 * Throws `ERR_OB_INPUT` for a seed of another length. For other kinds of keys: `generateSigningKey`.
 */
export function generateKeyPair(seed: Uint8Array = randomBytes(32)): KeyPair {
  if (seed.length !== 32) throw new OpenBadgesError('ERR_OB_INPUT', 'A key seed has 32 bytes.')
  const secretKeyMultibase = encodeMultibase(Uint8Array.from([...SECRET_HEADER, ...seed]))
  const spki = createPublicKey(secretKeyFrom(seed)).export({ format: 'der', type: 'spki' })
  const bytes = spki.subarray(SPKI_PREFIX.length)
  return {
    publicKeyMultibase: encodeMultibase(Uint8Array.from([...PUBLIC_HEADER, ...bytes])),
    secretKeyMultibase,
  }
}

/**
 * Reads a pair that was stored as JSON.
 *
 * Throws `ERR_OB_KEY_MATERIAL` for one that cannot be read or whose halves do not belong together.
 */
export function parseKeyPair(value: unknown): KeyPair {
  const { publicKeyMultibase, secretKeyMultibase } = Object(value)
  if (typeof publicKeyMultibase !== 'string' || typeof secretKeyMultibase !== 'string') {
    throw new OpenBadgesError(
      'ERR_OB_KEY_MATERIAL',
      'A key pair has publicKeyMultibase and secretKeyMultibase.',
    )
  }
  const pair = generateKeyPair(seedOf(secretKeyMultibase))
  if (pair.publicKeyMultibase === publicKeyMultibase) return pair
  throw new OpenBadgesError('ERR_OB_KEY_MATERIAL', 'The two halves of the key pair do not match.')
}

/** The secret key of a `z3u2…` string, ready for node:crypto; kept for the next call. */
export function secretKeyOf(secretKeyMultibase: string): KeyObject {
  return cached(secretKeys, secretKeyMultibase, () => secretKeyFrom(seedOf(secretKeyMultibase)))
}

function secretKeyFrom(seed: Uint8Array): KeyObject {
  const key = Buffer.concat([PKCS8_PREFIX, seed])
  return createPrivateKey({ key, format: 'der', type: 'pkcs8' })
}

function seedOf(multibase: string): Uint8Array {
  const bytes = decodeMultibase(multibase)
  if (bytes.length === 34 && SECRET_HEADER.every((byte, i) => bytes[i] === byte)) {
    return bytes.subarray(2)
  }
  throw new OpenBadgesError('ERR_OB_KEY_MATERIAL', 'The multibase value is not an Ed25519 key.')
}

import { type KeyObject, verify } from 'node:crypto'
import { OpenBadgesError } from '../errors.js'
import { type KeyKind, kindOf } from './public-keys.js'
import { assertStrongPoint } from './strong-points.js'

/** The kind of a key, which must be one of those that a suite or algorithm is defined for. */
export function assertKind(key: KeyObject, allowed: readonly KeyKind[]): KeyKind {
  const kind = kindOf(key)
  if (kind === 'Ed25519') assertStrongPoint(key)
  if (kind !== undefined && allowed.includes(kind)) return kind
  const message = `The key is of another kind (${kind ?? 'unknown'}) than the proof says.`
  throw new OpenBadgesError('ERR_OB_KEY_MATERIAL', message)
}

// Bytes of a signature: r and s side by side for ECDSA (IEEE P1363; RFC 7518, 3.4), never DER.
const signatureBytes = { Ed25519: 64, 'P-256': 64, 'P-384': 96 } as const

/** Verifies a signature with the one algorithm that a key of this kind is used with. */
export function verifyBytes(data: Uint8Array, key: KeyObject, signature: Uint8Array): boolean {
  const kind = kindOf(key)
  if (kind === undefined) return false
  if (kind === 'RSA') return verify('sha256', data, key, signature)
  if (signature.length !== signatureBytes[kind]) return false
  if (kind === 'Ed25519') return verify(null, data, key, signature)
  const digest = kind === 'P-384' ? 'sha384' : 'sha256'
  return verify(digest, data, { key, dsaEncoding: 'ieee-p1363' }, signature)
}

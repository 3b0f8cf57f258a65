import { type KeyObject, sign } from 'node:crypto'
import { kindOf } from './public-keys.js'

/** Signs with the one algorithm that a key of this kind is used with; the mirror of `verifyBytes`. */
export function signBytes(data: Uint8Array, key: KeyObject): Buffer {
  const kind = kindOf(key)
  if (kind === 'Ed25519') return sign(null, data, key)
  if (kind === 'RSA') return sign('sha256', data, key)
  const digest = kind === 'P-384' ? 'sha384' : 'sha256'
  // r and s side by side, never DER (RFC 7518, 3.4).
  return sign(digest, data, { key, dsaEncoding: 'ieee-p1363' })
}

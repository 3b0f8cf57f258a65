import type { KeyObject } from 'node:crypto'
import { OpenBadgesError } from '../errors.js'

const P = 2n ** 255n - 19n

// The second coordinates of the eight points of small order: 1, -1, 0 and two of order 8. Their
// first coordinates differ in sign only.
const SMALL_ORDER: ReadonlySet<bigint> = new Set([
  0n,
  1n,
  P - 1n,
  0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n,
  0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n,
])

const strong = new WeakSet<KeyObject>()

/**
 * Refuses an Ed25519 key that fits signatures which nobody made, or is not in its one spelling
 * (RFC 8032, 5.1.3; 8.4).
 *
 * With a point of small order there are signatures that hold for many texts or for all of them, so
 * such a badge would prove nothing about its issuer.
 */
export function assertStrongPoint(key: KeyObject): void {
  if (strong.has(key)) return
  const bytes = Buffer.from(String(key.export({ format: 'jwk' }).x), 'base64url')
  // Little-endian; the highest bit is the sign of the other coordinate.
  const encoded = BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`)
  const y = encoded & (2n ** 255n - 1n)
  if (y >= P || SMALL_ORDER.has(y)) {
    throw new OpenBadgesError('ERR_OB_KEY_MATERIAL', 'The key is too weak to prove anything.')
  }
  strong.add(key)
}

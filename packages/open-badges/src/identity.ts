import { createHash, timingSafeEqual } from 'node:crypto'

/** Hash of an identifier and its salt: `sha256$<hex>` (Open Badges 3.0, B.7.2 IdentityHash). */
export function hashIdentity(identifier: string, salt = ''): string {
  return `sha256$${digest('sha256', identifier, salt)}`
}

/**
 * True when `candidate` is who an identity hash names (Open Badges 3.0, B.7.2).
 *
 * No normal form of e-mail addresses is defined, so the address is tried as given and in lower
 * case. A value that is no hash is compared as it stands.
 */
export function matchesIdentity(identityHash: string, salt: string, candidate: string): boolean {
  const spellings = [candidate, candidate.toLowerCase()]
  const [, algorithm, hex] = /^(sha256|md5)\$([0-9a-f]+)$/i.exec(identityHash) ?? []
  if (algorithm === undefined || hex === undefined) return spellings.includes(identityHash)
  return spellings.some((spelling) =>
    equal(digest(algorithm.toLowerCase(), spelling, salt), hex.toLowerCase()),
  )
}

// The salt follows the identifier, with nothing between.
function digest(algorithm: string, identifier: string, salt: string): string {
  return createHash(algorithm).update(identifier).update(salt).digest('hex')
}

function equal(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
}

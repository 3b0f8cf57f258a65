import { createHash, timingSafeEqual } from 'node:crypto'

/** Hash of an identifier followed by its salt: `sha256$<hex>` (Open Badges 3.0, IdentityHash). */
export function hashIdentity(identifier: string, salt = ''): string {
  return `sha256$${digest('sha256', identifier, salt)}`
}

/**
 * True when `candidate` is who an identity hash names (Open Badges 3.0, IdentityHash).
 *
 * No normal form of e-mail addresses is defined, so the address is tried as given, in lower case and
 * with a lower-case host. A value that is no hash is compared as it stands, an address in any case.
 * SHA-1 occurs in badges before 2.0.
 */
export function matchesIdentity(identityHash: string, salt: string, candidate: string): boolean {
  const spellings = spellingsOf(candidate)
  const [, algorithm, hex] = /^(sha256|sha1|md5)\$([0-9a-f]+)$/i.exec(identityHash) ?? []
  if (algorithm === undefined || hex === undefined) {
    const spelling = identityHash.includes('@') ? identityHash.toLowerCase() : identityHash
    return spellings.includes(spelling)
  }
  return spellings.some((spelling) =>
    equal(digest(algorithm.toLowerCase(), spelling, salt), hex.toLowerCase()),
  )
}

function spellingsOf(candidate: string): readonly string[] {
  const host = candidate.replace(/@[^@]*$/, (part) => part.toLowerCase())
  return [candidate, candidate.toLowerCase(), host]
}

// The salt follows the identifier, with nothing between.
function digest(algorithm: string, identifier: string, salt: string): string {
  return createHash(algorithm).update(identifier).update(salt).digest('hex')
}

function equal(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
}

import type { KeyObject } from 'node:crypto'

const MAX_CACHED_KEYS = 1000

/**
 * A key made once and kept for the next call.
 *
 * Parsing a key costs as much as a verification; one issuer's key is used for many badges.
 */
export function cached(keys: Map<string, KeyObject>, name: string, make: () => KeyObject) {
  const known = keys.get(name)
  if (known !== undefined) return known
  const key = make()
  // Cleared whole: a burst of unknown keys costs a re-parse, never memory.
  if (keys.size >= MAX_CACHED_KEYS) keys.clear()
  keys.set(name, key)
  return key
}

import type { KeyKind } from './key-kinds.js'
import { parseKey } from './parse-key.js'

const CACHED_KEYS = 10_000
const CACHED_LENGTH = 255

const caches = new Map<KeyKind, Map<string, string>>()

/** The canonical text of a key, or null when it does not parse. The few keys in traffic are remembered. */
export function canonicalKey(kind: KeyKind, text: string): string | null {
  const cache = cacheOf(kind)
  const known = cache.get(text)
  if (known !== undefined) return known
  const parsed = parseKey(kind, text)
  if (!parsed.ok) return null
  if (text.length > CACHED_LENGTH) return parsed.canonical
  // Starting over is cheaper than keeping an order of use, and bounds memory as well.
  if (cache.size >= CACHED_KEYS) cache.clear()
  cache.set(text, parsed.canonical)
  return parsed.canonical
}

function cacheOf(kind: KeyKind): Map<string, string> {
  const found = caches.get(kind)
  if (found !== undefined) return found
  const made = new Map<string, string>()
  caches.set(kind, made)
  return made
}

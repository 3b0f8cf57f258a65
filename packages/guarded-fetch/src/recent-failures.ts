import { LRUCache } from 'lru-cache'
import type { GuardedFetchError } from './guarded-fetch-error.js'

/** Long enough for a folder of badges of one issuer, short enough for one who tries again. */
const keptMs = 10_000
const mostKept = 1000

export type RecentFailures = {
  readonly get: (key: string) => GuardedFetchError | undefined
  readonly add: (key: string, error: GuardedFetchError) => void
}

/** Remembers for seconds who did not answer, so that many badges of one silent host cost one wait. */
export function createRecentFailures(now: () => number): RecentFailures {
  type Kept = { readonly error: GuardedFetchError; readonly until: number }
  const kept = new LRUCache<string, Kept>({ max: mostKept })
  return {
    get: (key) => {
      const found = kept.get(key)
      return found !== undefined && now() < found.until ? found.error : undefined
    },
    add: (key, error) => {
      kept.set(key, { error, until: now() + keptMs })
    },
  }
}

import type { RawEntry } from './envelope.js'

/**
 * The entries that this process has delivered and not yet settled. A pending entry is read again
 * after a reconnect, in a claim, or when the server came back with an older state; this is what
 * keeps it from being handled twice at the same time.
 */
export type InFlight = {
  /** The positions in flight now; what is settled later stays in it. */
  snapshot(): ReadonlySet<string>
  /** Returns the entries that were not in flight and marks them. */
  admit(entries: readonly RawEntry[]): readonly RawEntry[]
  settle(entries: readonly RawEntry[]): void
  /** The positions delivered longer ago than this, oldest first. */
  olderThan(ms: number): string[]
}

/** Creates an empty record; `now` is in milliseconds. */
export function createInFlight(now: () => number): InFlight {
  const deliveredAt = new Map<string, number>()

  return {
    snapshot: () => new Set(deliveredAt.keys()),
    admit(entries) {
      const at = now()
      const fresh = entries.filter((entry) => !deliveredAt.has(entry.position))
      for (const entry of fresh) deliveredAt.set(entry.position, at)
      return fresh
    },
    settle(entries) {
      for (const entry of entries) deliveredAt.delete(entry.position)
    },
    olderThan(ms) {
      const limit = now() - ms
      return [...deliveredAt].filter(([, at]) => at <= limit).map(([position]) => position)
    },
  }
}

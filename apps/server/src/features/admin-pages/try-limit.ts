type Options = { readonly most: number; readonly perMs: number; readonly now: () => Date }

/** More addresses than this are not told apart; what is forgotten may try a little more often. */
const limit = 10_000

/** Counts tries by address, so that nobody can guess at full speed. */
export function createTryLimit({ most, perMs, now }: Options) {
  const tries = new Map<string, { count: number; readonly since: number }>()

  /** Whether one more try is allowed; it counts. */
  return function mayTry(address: string): boolean {
    const time = now().getTime()
    const known = tries.get(address)
    if (known !== undefined && time - known.since < perMs) {
      known.count += 1
      return known.count <= most
    }
    if (tries.size >= limit) tries.clear()
    tries.set(address, { count: 1, since: time })
    return true
  }
}

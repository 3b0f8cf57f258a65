const bucketMs = 30_000
const bucketsOfWindow = 10
const mostInWindow = 2000
const searchWindowMs = 60_000
const mostSearches = 100

/**
 * The published limits of an address: 2,000 requests in five minutes, counted in periods of 30 seconds,
 * and 100 in 60 seconds for the first search. What is refused is not counted, which is an assumption.
 */
export function createAccredibleLimits(now: () => Date) {
  let buckets = new Map<string, number>()
  let searches: { readonly address: string; readonly at: number }[] = []

  function admit(address: string): boolean {
    const current = Math.floor(now().getTime() / bucketMs)
    const keys = Array.from({ length: bucketsOfWindow }, (_, i) => `${address} ${current - i}`)
    const counted = keys.reduce((sum, key) => sum + (buckets.get(key) ?? 0), 0)
    if (counted >= mostInWindow) return false
    const [key = ''] = keys
    if (!buckets.has(key)) {
      buckets = new Map(
        [...buckets].filter(([old]) => keys.includes(old) || !old.startsWith(address)),
      )
    }
    buckets.set(key, (buckets.get(key) ?? 0) + 1)
    return true
  }

  function admitSearch(address: string): boolean {
    const at = now().getTime()
    searches = searches.filter((search) => search.at > at - searchWindowMs)
    if (searches.filter((search) => search.address === address).length >= mostSearches) return false
    searches.push({ address, at })
    return true
  }

  function clear(): void {
    buckets.clear()
    searches = []
  }

  return { admit, admitSearch, clear }
}

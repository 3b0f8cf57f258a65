/** Remembers the results of the last `limit` keys; a failure is not remembered. */
export function createLeastRecentlyUsed<Value extends Promise<unknown>>(limit: number) {
  const kept = new Map<string, Value>()

  return function remember(key: string, make: () => Value): Value {
    const known = kept.get(key)
    const value = known ?? make()
    // A map keeps the order of insertion: what is put in again is the youngest.
    kept.delete(key)
    kept.set(key, value)
    if (known === undefined) value.catch(() => kept.delete(key))
    const [oldest] = kept.keys()
    if (kept.size > limit && oldest !== undefined) kept.delete(oldest)
    return value
  }
}

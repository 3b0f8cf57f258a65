/**
 * Remembers what was read for a moment, so that a badge that everybody looks at is read from the
 * database once and not a thousand times a second. A failure is not remembered; with 0 nothing is.
 */
export function rememberBriefly<Value>(
  milliseconds: number,
  read: (id: string) => Promise<Value>,
): (id: string) => Promise<Value> {
  const limit = 5_000
  const kept = new Map<string, { readonly value: Promise<Value>; readonly until: number }>()
  if (milliseconds === 0) return read

  return (id) => {
    const time = performance.now()
    const known = kept.get(id)
    if (known !== undefined && time < known.until) return known.value
    // Cleared whole: what is lost is read once more, and memory stays bounded.
    if (kept.size >= limit) kept.clear()
    const value = read(id)
    kept.set(id, { value, until: time + milliseconds })
    value.catch(() => kept.delete(id))
    return value
  }
}

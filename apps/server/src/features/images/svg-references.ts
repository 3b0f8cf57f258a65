/** One part that draws another: `target` is drawn wherever one of the owners is. */
export type Reference = { readonly owners: readonly string[]; readonly target: string }

/**
 * How many parts are drawn in all when every reference is followed. A few parts that repeat each
 * other in a chain become billions, and parts that repeat themselves never end: both are infinite here.
 */
export function countDrawn(references: readonly Reference[]): number {
  const drawnBy = new Map<string, string[]>()
  for (const { owners, target } of references) {
    for (const owner of owners) drawnBy.set(owner, [...(drawnBy.get(owner) ?? []), target])
  }
  const counts = new Map<string, number>()
  const under = new Set<string>()

  function count(id: string): number {
    const known = counts.get(id)
    if (known !== undefined) return known
    if (under.has(id) || under.size > 100) return Number.POSITIVE_INFINITY
    under.add(id)
    const total = (drawnBy.get(id) ?? []).reduce((sum, target) => sum + count(target), 1)
    under.delete(id)
    counts.set(id, total)
    return total
  }

  return references.reduce((sum, { target }) => sum + count(target), 0)
}

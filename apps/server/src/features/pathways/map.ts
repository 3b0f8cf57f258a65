export type Link = { readonly from: string; readonly to: string }

/** The first circle that the links run in, as ids that end where they begin; null when there is none. */
export function findCircle(links: readonly Link[]): readonly string[] | null {
  const next = nextOf(links)
  const done = new Set<string>()
  for (const start of next.keys()) {
    const found = circleFrom(start, { next, done, way: [] })
    if (found !== null) return found
  }
  return null
}

type Walk = {
  readonly next: ReadonlyMap<string, readonly string[]>
  readonly done: Set<string>
  readonly way: readonly string[]
}

function circleFrom(id: string, { next, done, way }: Walk): readonly string[] | null {
  const before = way.indexOf(id)
  if (before >= 0) return [...way.slice(before), id]
  if (done.has(id)) return null
  for (const each of next.get(id) ?? []) {
    const found = circleFrom(each, { next, done, way: [...way, id] })
    if (found !== null) return found
  }
  done.add(id)
  return null
}

/**
 * On which level each badge stands: after all that lead to it, the first being 1. Links that close a
 * circle are passed over, so that rules that were changed later cannot make a map unreadable.
 */
export function levelsOf(
  ids: readonly string[],
  links: readonly Link[],
): ReadonlyMap<string, number> {
  const before = new Map<string, string[]>()
  for (const { from, to } of links) before.set(to, [...(before.get(to) ?? []), from])
  const levels = new Map<string, number>()

  function levelOf(id: string, way: ReadonlySet<string>): number {
    const known = levels.get(id)
    if (known !== undefined) return known
    const behind = (before.get(id) ?? []).filter((each) => !way.has(each) && each !== id)
    const deeper = new Set([...way, id])
    const level = 1 + Math.max(0, ...behind.map((each) => levelOf(each, deeper)))
    levels.set(id, level)
    return level
  }

  for (const id of ids) levelOf(id, new Set())
  return levels
}

/** The badges to which each one leads. */
export function nextOf(links: readonly Link[]): ReadonlyMap<string, readonly string[]> {
  const next = new Map<string, string[]>()
  for (const { from, to } of links) next.set(from, [...(next.get(from) ?? []), to])
  return next
}

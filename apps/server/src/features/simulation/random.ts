/** Random choices that a seed decides: the same seed, the same choices. */
export type Random = {
  /** At least 0 and below 1. */
  next(): number
  /** A whole number below the limit. */
  below(limit: number): number
  chance(probability: number): boolean
  shuffled<T>(values: readonly T[]): T[]
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0

  // A Weyl sequence, stirred until its bits look unrelated.
  function next(): number {
    state = (state + 0x9e3779b9) >>> 0
    let bits = state
    bits = Math.imul(bits ^ (bits >>> 16), 0x21f0aaad)
    bits = Math.imul(bits ^ (bits >>> 15), 0x735a2d97)
    return ((bits ^ (bits >>> 15)) >>> 0) / 2 ** 32
  }

  const below = (limit: number) => Math.floor(next() * limit)

  function shuffled<T>(values: readonly T[]): T[] {
    const drawn = values.map((value) => ({ value, at: next() }))
    return drawn.sort((a, b) => a.at - b.at).map(({ value }) => value)
  }

  return { next, below, chance: (probability) => next() < probability, shuffled }
}

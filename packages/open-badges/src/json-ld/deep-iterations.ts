/** How many statements all iterations together may look at. */
const MAX_WORK = 16_384

type Term = { readonly termType?: unknown; readonly value?: unknown }

/**
 * How often ordering may look deeper into a dataset: at most `most`, and less often where one look is
 * at many statements.
 *
 * Without this, a few nodes of hundreds of statements that look alike took half a minute. A node that
 * is told from all others by its own statements is never looked into (RDFC-1.0, 4.4.3 step 4).
 */
export function deepIterationsFor(dataset: readonly object[], most: number): number {
  const about = new Map<string, string[]>()
  for (const quad of dataset) {
    for (const blank of blanksOf(quad)) {
      const lines = about.get(blank) ?? []
      lines.push(lineOf(quad, blank))
      about.set(blank, lines)
    }
  }
  const seen = new Set<string>()
  let largest = 1
  for (const lines of about.values()) {
    const look = lines.sort().join('\n')
    if (seen.has(look)) largest = Math.max(largest, lines.length)
    seen.add(look)
  }
  return Math.max(1, Math.min(most, Math.floor(MAX_WORK / largest)))
}

function termsOf(quad: object): readonly Term[] {
  const { subject, object, graph } = Object(quad)
  return [subject, object, graph]
}

function blanksOf(quad: object): ReadonlySet<string> {
  const blanks = termsOf(quad).filter(({ termType }) => termType === 'BlankNode')
  return new Set(blanks.map(({ value }) => String(value)))
}

/** A statement as a node sees it that knows itself only (RDFC-1.0, 4.6 Hash First Degree Quads). */
function lineOf(quad: object, blank: string): string {
  const { predicate, object } = Object(quad)
  const names = termsOf(quad).map(({ termType, value }) =>
    termType === 'BlankNode' ? (value === blank ? '_:a' : '_:z') : `${termType} ${value}`,
  )
  return JSON.stringify([predicate.value, ...names, object.datatype?.value, object.language])
}

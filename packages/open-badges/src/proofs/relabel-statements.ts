import { OpenBadgesError } from '../errors.js'

/**
 * Canonical N-Quads under the names that were signed in place of the canonical ones, sorted again
 * (vc-di-ecdsa, 3.4.2 labelReplacementCanonicalizeNQuads).
 *
 * Every blank node must have a name, and every name a blank node.
 */
export function relabelStatements(
  canonical: string,
  labels: ReadonlyMap<string, string>,
): readonly string[] {
  const used = new Set<string>()
  const rename = (label: string) => {
    const signed = labels.get(label)
    if (signed === undefined) throw unsound('a part of the badge has no label in the proof')
    used.add(label)
    return `_:${signed}`
  }
  const lines = canonical.split('\n').filter((line) => line !== '')
  const relabelled = lines.map((line) => `${relabelLine(line, rename)}\n`)
  if (used.size < labels.size) throw unsound('the proof has labels of parts that are not shown')
  // As rdf-canonize sorts, or the indexes of other signers would not fit.
  return relabelled.sort()
}

// A canonical line is subject, predicate, object and graph with one space between them. IRIs hold no
// spaces, and a text ends with a quote, a datatype or a language: nothing inside it is replaced.
function relabelLine(line: string, rename: (label: string) => string): string {
  return line
    .replace(/^_:(c14n\d+)/, (_whole, label: string) => rename(label))
    .replace(
      /^(\S+ \S+ )_:(c14n\d+)/,
      (_whole, start: string, label: string) => start + rename(label),
    )
    .replace(/^(\S+ \S+ .+ )_:(c14n\d+) \.$/, (_whole, start: string, label: string) => {
      return `${start}${rename(label)} .`
    })
}

function unsound(reason: string): OpenBadgesError {
  return new OpenBadgesError('ERR_OB_SIGNATURE', `The badge and its proof do not fit: ${reason}.`)
}

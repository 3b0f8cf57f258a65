import { hash } from 'node:crypto'
import type { Name, Statement, Statements } from './statements.js'
import { withoutRepeats } from './without-repeats.js'

type Naming = (blank: number) => string

/**
 * The canonical N-Quads of statements whose blank nodes all differ in what is said about them.
 *
 * `undefined` when two of them have the same first-degree hash, so that it takes more than sorting
 * these to name them (RDF Dataset Canonicalization, 4.4.3 Canonicalization Algorithm, step 5).
 */
export function orderStatements(
  { list, blanks }: Statements,
  digest: 'sha256' | 'sha384',
): string | undefined {
  const hashes = hashBlanks(list, blanks, digest)
  const ordered = [...hashes.keys()].sort()
  if (ordered.length < blanks) return undefined
  const names: string[] = []
  for (const [i, hash] of ordered.entries()) names[hashes.get(hash) ?? 0] = `_:c14n${i}`
  return writeAll(list, (blank) => names[blank] ?? '')
}

/** Which blank node has which first-degree hash (4.6 Hash First Degree Quads). */
function hashBlanks(list: readonly Statement[], blanks: number, digest: string) {
  const about = Array.from({ length: blanks }, (): Statement[] => [])
  for (const statement of list) {
    const { subject, object, graph } = statement
    if (typeof subject === 'number') about[subject]?.push(statement)
    if (typeof object === 'number' && object !== subject) about[object]?.push(statement)
    if (graph !== undefined && graph !== subject && graph !== object) about[graph]?.push(statement)
  }
  const hashes = new Map<string, number>()
  for (const [blank, statements] of about.entries()) {
    const name: Naming = (other) => (other === blank ? '_:a' : '_:z')
    const lines = statements.map((statement) => write(statement, name))
    hashes.set(hash(digest, lines.sort().join('')), blank)
  }
  return hashes
}

function writeAll(list: readonly Statement[], name: Naming): string | undefined {
  const lines = list.map((statement) => write(statement, name)).sort()
  if (lines.every((line, i) => i === 0 || line !== lines[i - 1])) return lines.join('')
  // Nothing repeated says anything about a blank node, so their names stay.
  const different = withoutRepeats(list)
  return different && writeAll(different, name)
}

function write({ subject, predicate, object, graph }: Statement, name: Naming): string {
  const end = graph === undefined ? ' .\n' : ` ${name(graph)} .\n`
  return `${toText(subject, name)}${predicate}${toText(object, name)}${end}`
}

function toText(term: Name, name: Naming): string {
  return typeof term === 'string' ? term : name(term)
}

import type { Statement } from './statements.js'

/**
 * Statements, each once.
 *
 * What is said twice about a named thing counts once. `undefined` when two values that differ are
 * written alike (jsonld keeps both), or when something is said twice about a blank node.
 */
export function withoutRepeats(list: readonly Statement[]): readonly Statement[] | undefined {
  const first = new Map<string, Statement>()
  for (const statement of list) {
    const { subject, predicate, object, graph } = statement
    const key = `${subject}${predicate}${object} ${graph}`
    const known = first.get(key)
    if (known === undefined) first.set(key, statement)
    else if (!isRepeat(known, statement)) return undefined
  }
  return [...first.values()]
}

function isRepeat({ subject, graph, literal }: Statement, other: Statement): boolean {
  const { source, datatype } = other.literal ?? {}
  const isNamed = typeof subject === 'string' && graph === undefined
  return isNamed && literal?.source === source && literal?.datatype === datatype
}

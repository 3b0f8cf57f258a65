import type { Name, Statement } from './statements.js'

const STRING = 'http://www.w3.org/2001/XMLSchema#string'
const LANGUAGE_TEXT = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#langString'

/** Statements as rdf-canonize takes them. */
export function toDataset(list: readonly Statement[]): object[] {
  return list.map((statement) => ({
    subject: toTerm(statement.subject),
    predicate: { termType: 'NamedNode', value: statement.predicate.slice(2, -2) },
    object: toObject(statement),
    graph:
      statement.graph === undefined
        ? { termType: 'DefaultGraph', value: '' }
        : toTerm(statement.graph),
  }))
}

function toTerm(name: Name): object {
  return typeof name === 'number'
    ? { termType: 'BlankNode', value: `b${name}` }
    : { termType: 'NamedNode', value: name.slice(1, -1) }
}

function toObject({ object, literal }: Statement): object {
  if (literal === undefined) return toTerm(object)
  const { text, datatype = STRING, language } = literal
  return language === undefined
    ? { termType: 'Literal', value: text, datatype: { value: datatype } }
    : { termType: 'Literal', value: text, datatype: { value: LANGUAGE_TEXT }, language }
}

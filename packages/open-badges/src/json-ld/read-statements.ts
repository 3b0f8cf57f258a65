import { asArray, isJsonObject, type JsonObject, stringsOf } from '../json/json.js'
import { initialContext } from './active-context.js'
import { literalOf, textOf, type Value } from './literals.js'
import type { Name, Statement, Statements } from './statements.js'
import { type Property, plainIri, type TermTable, termTableOf, wordIri } from './term-table.js'

const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'
const TYPE = ` <${RDF}type> `
const FIRST = ` <${RDF}first> `
const REST = ` <${RDF}rest> `
const NIL = `<${RDF}nil>`

/** Where statements are gathered, and the graph that they stand in. */
type Walk = { readonly into: Statements; readonly graph: number | undefined }

/**
 * The statements of a document, read by tables of what jsonld made of its contexts before.
 *
 * `undefined` for whatever is not plainly understood: a term or a combination of types that was not
 * met yet, a keyword, a prefix, a relative IRI. Then jsonld reads it, or says what is wrong.
 */
export function readStatements(document: JsonObject): Statements | undefined {
  const start = termTableOf(initialContext())
  const into: Statements = { list: [], blanks: 0 }
  const root = start && readNode({ into, graph: undefined }, document, start)
  // An id alone states nothing, which jsonld refuses.
  return root === undefined || into.list.length === 0 ? undefined : into
}

// The order of the steps is that of JSON-LD 1.1 API, 5.1.2 Expansion Algorithm.
function readNode(walk: Walk, node: JsonObject, entered: TermTable): Name | undefined {
  if (!isPlainObject(node)) return undefined
  const own = '@context' in node ? entered.follow(node['@context'], 'propagated') : entered
  const table = own && followTypes(node, own)
  if (own === undefined || table === undefined) return undefined
  const name = nameOf(walk, node, table)
  if (name === undefined) return undefined
  for (const member of Object.keys(node)) {
    if (member === '@context') continue
    const term = table.term(member)
    if (term === undefined) return undefined
    if (term.kind === 'id') continue
    const value = node[member]
    const isRead =
      term.kind === 'type'
        ? readTypes(walk, name, { types: value, own })
        : readMember(walk, name, { property: term, value })
    if (!isRead) return undefined
  }
  return name
}

// A getter could say one thing here and another to a reader.
function isPlainObject(value: object): boolean {
  return Object.getPrototypeOf(value) === Object.prototype
}

/** Applies the contexts of the types of a node, in the order of their names. */
function followTypes(node: JsonObject, own: TermTable): TermTable | undefined {
  const names = own.typeNames.filter((name) => name in node)
  let table: TermTable | undefined = own
  if (names.length > 1) return undefined
  for (const type of stringsOf(node[names[0] ?? '']).toSorted()) {
    const scope: unknown = Object(own.active.mappings.get(type))['@context']
    if (scope !== undefined) table = table?.follow(scope, 'type')
  }
  return table
}

/** What a node is called: its id, or the next blank node. */
function nameOf({ into }: Walk, node: JsonObject, table: TermTable): Name | undefined {
  const names = Object.keys(node).filter((name) => table.term(name)?.kind === 'id')
  if (names.length === 0) return into.blanks++
  const iri = names.length === 1 ? plainIri(table, node[names[0] ?? '']) : undefined
  return iri === undefined ? undefined : `<${iri}>`
}

function readTypes(
  walk: Walk,
  subject: Name,
  { types, own }: { readonly types: unknown; readonly own: TermTable },
): boolean {
  return asArray(types).every((type) => {
    const iri = typeof type === 'string' ? wordIri(own, type) : undefined
    if (iri === undefined) return false
    state(walk, { subject, predicate: TYPE, object: `<${iri}>` })
    return true
  })
}

type Stated = Value & Pick<Statement, 'subject' | 'predicate'>

type Member = { readonly property: Property; readonly value: unknown }

function readMember(walk: Walk, subject: Name, { property, value }: Member): boolean {
  const { predicate, container } = property
  const values = asArray(value)
  if (container === 'list') return readList(walk, subject, { property, value: values })
  for (const item of values) {
    const object =
      container === 'graph' ? readGraph(walk, property, item) : readValue(walk, property, item)
    if (object === undefined) return false
    state(walk, { subject, predicate, ...object })
  }
  return true
}

function readValue(walk: Walk, property: Property, value: unknown): Value | undefined {
  if (!isJsonObject(value)) return literalOf(property, value)
  if ('@value' in value) return property.hasScope ? undefined : textOf(value)
  const table = tableFor(property, value)
  const object = table && readNode(walk, value, table)
  return object === undefined ? undefined : { object }
}

// A mere reference to a node does not leave the contexts of the types around it.
function tableFor({ inner, name, hasScope }: Property, value: JsonObject) {
  const [member = '', ...others] = Object.keys(value)
  const isReference = others.length === 0 && inner.term(member)?.kind === 'id'
  if (!isReference) return inner.enter(name)
  return hasScope ? undefined : inner
}

/** A node in a graph of its own, as a proof is (JSON-LD 1.1, 4.9 Named Graphs). */
function readGraph({ into }: Walk, { name, inner }: Property, value: unknown): Value | undefined {
  const table = inner.enter(name)
  if (!isJsonObject(value) || '@value' in value || table === undefined) return undefined
  const graph = into.blanks++
  const before = into.list.length
  const inside = readNode({ into, graph }, value, table)
  // Here, too, an id alone is refused.
  return inside === undefined || into.list.length === before ? undefined : { object: graph }
}

/** Values in their order, as a chain of blank nodes (JSON-LD 1.1 API, 8.3 List to RDF). */
function readList(
  walk: Walk,
  subject: Name,
  { property, value }: { readonly property: Property; readonly value: readonly unknown[] },
): boolean {
  let link = { subject, predicate: property.predicate }
  for (const item of value) {
    const read = readValue(walk, property, item)
    if (read === undefined) return false
    const cell = walk.into.blanks++
    state(walk, { ...link, object: cell })
    state(walk, { subject: cell, predicate: FIRST, ...read })
    link = { subject: cell, predicate: REST }
  }
  state(walk, { ...link, object: NIL })
  return true
}

function state({ into, graph }: Walk, { subject, predicate, object, literal }: Stated): void {
  into.list.push({ subject, predicate, object, literal, graph })
}

import { asArray, isJsonObject, type JsonObject } from '../json/json.js'
import { initialContext } from './active-context.js'
import { literalOf, textOf, type Value } from './literals.js'
import type { Name, Statement, Statements } from './statements.js'
import { type Property, plainIri, type TermTable, type Typed, termTableOf } from './term-table.js'

const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'
const TYPE = ` <${RDF}type> `
const FIRST = ` <${RDF}first> `
const REST = ` <${RDF}rest> `
const NIL = `<${RDF}nil>`

/** Where statements are gathered, or only counted, and the graph that they stand in. */
type Walk = { readonly into: Into; readonly graph: number | undefined }

type Into = { readonly list: Statements['list'] | undefined; count: number; blanks: number }

/**
 * The statements of a document, read by tables of what jsonld made of its contexts before.
 *
 * `undefined` for whatever is not plainly understood: a term or a combination of types that was not
 * met yet, a keyword, a prefix, a relative IRI. Then jsonld reads it, or says what is wrong.
 */
export function readStatements(document: JsonObject): Statements | undefined {
  const list: Statements['list'] = []
  const into = { list, count: 0, blanks: 0 }
  return isRead(document, into) ? { list, blanks: into.blanks } : undefined
}

/** True when `readStatements` would read a document; its statements are not made. */
export function hasStatements(document: JsonObject): boolean {
  return isRead(document, { list: undefined, count: 0, blanks: 0 })
}

function isRead(document: JsonObject, into: Into): boolean {
  const start = termTableOf(initialContext())
  const root = start && readNode({ into, graph: undefined }, document, start)
  // An id alone states nothing, which jsonld refuses.
  return root !== undefined && into.count > 0
}

// The order of the steps is that of JSON-LD 1.1 API, 5.1.2 Expansion Algorithm.
function readNode(walk: Walk, node: JsonObject, entered: TermTable): Name | undefined {
  if (!isPlainObject(node)) return undefined
  const own = '@context' in node ? entered.follow(node['@context'], 'propagated') : entered
  const typed = own && typesOf(node, own)
  if (own === undefined || typed === undefined) return undefined
  const { table, iris } = typed
  const name = nameOf(walk, node, table)
  if (name === undefined) return undefined
  for (const member of Object.keys(node)) {
    if (member === '@context') continue
    const term = table.term(member)
    if (term === undefined) return undefined
    if (term.kind === 'property') {
      if (!readMember(walk, name, { property: term, value: node[member] })) return undefined
    } else if (term.kind === 'type') {
      if (!own.typeNames.includes(member)) return undefined
      for (const object of iris) state(walk, { subject: name, predicate: TYPE, object })
    }
  }
  return name
}

// A getter could say one thing here and another to a reader.
function isPlainObject(value: object): boolean {
  return Object.getPrototypeOf(value) === Object.prototype
}

const NONE: readonly string[] = []

/** What the types of a node mean; its members are read by their table. */
function typesOf(node: JsonObject, own: TermTable): Typed | undefined {
  const name = onlyNameIn(node, own.typeNames)
  if (name === undefined) return undefined
  if (name === '') return { table: own, iris: NONE }
  const types = asArray(node[name])
  return types.every((type) => typeof type === 'string') ? own.followTypes(types) : undefined
}

/** Which of some names a node has: none is an empty text, and several are undefined. */
function onlyNameIn(node: JsonObject, names: readonly string[]): string | undefined {
  let found = ''
  for (const name of names) {
    if (!Object.hasOwn(node, name)) continue
    if (found !== '') return undefined
    found = name
  }
  return found
}

/** What a node is called: its id, or the next blank node. */
function nameOf({ into }: Walk, node: JsonObject, table: TermTable): Name | undefined {
  const member = onlyNameIn(node, table.idNames)
  if (member === undefined) return undefined
  if (member === '') return into.blanks++
  const iri = plainIri(table, node[member])
  return iri === undefined ? undefined : `<${iri}>`
}

type Stated = Value & Pick<Statement, 'subject' | 'predicate'>

type Member = { readonly property: Property; readonly value: unknown }

function readMember(walk: Walk, subject: Name, { property, value }: Member): boolean {
  if (property.container === 'list') {
    return readList(walk, subject, { property, value: asArray(value) })
  }
  if (value === undefined) return true
  if (!Array.isArray(value)) return readItem(walk, subject, { property, value })
  for (const item of value) {
    if (!readItem(walk, subject, { property, value: item })) return false
  }
  return true
}

function readItem(walk: Walk, subject: Name, { property, value }: Member): boolean {
  if (isAnyText(walk, property, value)) {
    walk.into.count += 1
    return true
  }
  const read =
    property.container === 'graph'
      ? readGraph(walk, property, value)
      : readValue(walk, property, value)
  if (read === undefined) return false
  const { object, literal } = read
  state(walk, { subject, predicate: property.predicate, object, literal })
  return true
}

// Whatever it says, a plain text is read; nothing is made of it when statements are only counted.
function isAnyText({ into }: Walk, { datatype, container }: Property, value: unknown): boolean {
  const isPlain = typeof value === 'string' && datatype === undefined && container === 'set'
  return isPlain && into.list === undefined
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
  const members = Object.keys(value)
  const isReference = members.length === 1 && inner.term(members[0] ?? '')?.kind === 'id'
  if (!isReference) return inner.enter(name)
  return hasScope ? undefined : inner
}

/** A node in a graph of its own, as a proof is (JSON-LD 1.1, 4.9 Named Graphs). */
function readGraph({ into }: Walk, { name, inner }: Property, value: unknown): Value | undefined {
  const table = inner.enter(name)
  if (!isJsonObject(value) || '@value' in value || table === undefined) return undefined
  const graph = into.blanks++
  const before = into.count
  const inside = readNode({ into, graph }, value, table)
  // Here, too, an id alone is refused.
  return inside === undefined || into.count === before ? undefined : { object: graph }
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
  into.count += 1
  into.list?.push({ subject, predicate, object, literal, graph })
}

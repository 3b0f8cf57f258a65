/// <reference path="./untyped.d.ts" />
import type { ActiveContext } from 'jsonld'
import { asArray } from '../json/json.js'
import { findProcessed, type Reach } from './active-context.js'
import { isPlainIri } from './statements.js'

/** What the members of one name say, under one active context. */
export type Property = {
  readonly kind: 'property'
  readonly name: string
  /** Its IRI as N-Quads writes it, with a space on either side. */
  readonly predicate: string
  readonly container: 'set' | 'list' | 'graph'
  /** `@id`, `@vocab`, a datatype, or none: plain strings. */
  readonly datatype: string | undefined
  /** Under which its values are read (the property-scoped context, when it has one). */
  readonly inner: TermTable
  readonly hasScope: boolean
}

/** A member is the id or the type of its node, or states something about it. */
export type Term = { readonly kind: 'id' } | { readonly kind: 'type' } | Property

/** An active context as a table: what its terms mean, and where they lead. */
export type TermTable = {
  readonly active: ActiveContext
  /** The names of members that hold types, such as `type`, and those of ids. */
  readonly typeNames: readonly string[]
  readonly idNames: readonly string[]
  /** `undefined` for what has no certain meaning, or none yet. */
  term(name: string): Term | undefined
  /** The table that a local context leads to, if jsonld has been there. */
  follow(local: unknown, reach: Reach): TermTable | undefined
  /** The table that the contexts of types lead to, and the types as N-Quads writes them. */
  followTypes(types: readonly string[]): Typed | undefined
  /** The table under which objects are read that are values of this property. */
  enter(property: string): TermTable | undefined
}

/** What the types of a node amount to. */
export type Typed = {
  readonly table: TermTable
  /** As N-Quads writes them, in the order of the document. */
  readonly iris: readonly string[]
}

const tables = new WeakMap<ActiveContext, TermTable>()

/** The table of an active context; none where strings mean more than they say. */
export function termTableOf(active: ActiveContext | undefined): TermTable | undefined {
  if (active === undefined) return undefined
  const known = tables.get(active)
  if (known !== undefined) return known
  if (!isPlain(active)) return undefined
  const table = createTermTable(active)
  tables.set(active, table)
  return table
}

const DEFAULTS = ['@vocab', '@language', '@direction', '@base']

// Another name for @value or the like would make something else of an ordinary object.
function isPlain(active: ActiveContext): boolean {
  if (DEFAULTS.some((name) => name in active)) return false
  return [...active.mappings.values()].every((mapping) => {
    const { '@id': id } = Object(mapping)
    return !String(id).startsWith('@') || id === '@id' || id === '@type'
  })
}

function createTermTable(active: ActiveContext): TermTable {
  const terms = new Map<string, Term>()
  const entered = new Map<string, TermTable>()
  const followed = new Map<string, TermTable>()
  const typed = new Map<string, Typed>()
  const follow = (local: unknown, reach: Reach) => termTableOf(findProcessed(active, local, reach))
  // Only what is found is kept: what jsonld has not met yet, it may meet next.
  const table: TermTable = {
    active,
    typeNames: namesOf(active, '@type'),
    idNames: namesOf(active, '@id'),
    term: (name) => terms.get(name) ?? kept(terms, name, toTerm(active, name)),
    follow(local, reach) {
      const key = reach === 'propagated' ? keyOf(asArray(local)) : undefined
      if (key === undefined) return follow(local, reach)
      return followed.get(key) ?? keptOfMany(followed, key, follow(local, reach))
    },
    followTypes(types) {
      const key = keyOf(types)
      if (key === undefined) return undefined
      return typed.get(key) ?? keptOfMany(typed, key, followTypes(table, types))
    },
    enter: (name) => entered.get(name) ?? kept(entered, name, enter(active, name)),
  }
  return table
}

function kept<Value>(known: Map<string, Value>, name: string, value: Value | undefined) {
  if (value !== undefined) known.set(name, value)
  return value
}

// A stranger chooses how types and contexts are combined.
const MAX_COMBINED = 64

function keptOfMany<Value>(known: Map<string, Value>, key: string, value: Value | undefined) {
  if (known.size >= MAX_COMBINED) known.clear()
  return kept(known, key, value)
}

// No two lists have one key: none with a line break in it has any.
function keyOf(list: readonly unknown[]): string | undefined {
  if (!list.every((one) => typeof one === 'string' && !one.includes('\n'))) return undefined
  return list.length === 1 ? String(list[0]) : `\n${list.join('\n')}`
}

function namesOf(active: ActiveContext, keyword: string): readonly string[] {
  return [...active.mappings]
    .filter(([, mapping]) => Object(mapping)['@id'] === keyword)
    .map(([name]) => name)
}

/** Applies the contexts of types, in the order of their names (JSON-LD 1.1 API, 5.1.2 step 11). */
function followTypes(own: TermTable, types: readonly string[]): Typed | undefined {
  let table: TermTable | undefined = own
  for (const type of types.toSorted()) {
    const scope: unknown = Object(own.active.mappings.get(type))['@context']
    if (scope !== undefined) table = table?.follow(scope, 'type')
  }
  const iris = types.map((type) => wordIri(own, type)).filter((iri) => iri !== undefined)
  if (table === undefined || iris.length < types.length) return undefined
  return { table, iris: iris.map((iri) => `<${iri}>`) }
}

/** The definition of a term, when it has no part that is not understood here. */
function definitionOf(active: ActiveContext, name: string) {
  const mapping = Object(active.mappings.get(name))
  const { '@id': iri, '@type': type, '@context': scope, '@container': containers = [] } = mapping
  const known = ['@id', '@type', '@context', '@container', '@protected', 'protected', 'reverse']
  const isKnown = Object.keys(mapping).every((part) => part.startsWith('_') || known.includes(part))
  const container = containerOf(containers)
  if (!isKnown || mapping.reverse || container === undefined || !isType(type)) return undefined
  return { iri, type, scope, container }
}

function containerOf(containers: unknown): Property['container'] | undefined {
  if (!Array.isArray(containers)) return undefined
  switch (containers.toSorted().join()) {
    case '':
    case '@set':
      return 'set'
    case '@list':
      return 'list'
    case '@graph':
    case '@graph,@set':
      return 'graph'
    default:
      return undefined
  }
}

const LANGUAGE_TEXT = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#langString'

function isType(type: unknown): type is string | undefined {
  if (type === undefined || type === '@id' || type === '@vocab') return true
  return isPlainIri(type) && type !== LANGUAGE_TEXT
}

function toTerm(active: ActiveContext, name: string): Term | undefined {
  const outer = definitionOf(active, name)
  if (outer === undefined) return undefined
  if (outer.iri === '@id') return { kind: 'id' }
  if (outer.iri === '@type') return { kind: 'type' }
  if (!isPlainIri(outer.iri)) return undefined
  const inner =
    outer.scope === undefined ? active : findProcessed(active, outer.scope, 'propagated')
  const table = termTableOf(inner)
  // The scoped context may define its own term anew; the value is read by that definition.
  const own = inner && definitionOf(inner, name)
  if (table === undefined || own?.iri !== outer.iri || own.container !== outer.container) {
    return undefined
  }
  return {
    kind: 'property',
    name,
    predicate: ` <${outer.iri}> `,
    container: outer.container,
    datatype: own.type,
    inner: table,
    hasScope: own.scope !== undefined,
  }
}

// An object leaves the contexts of the types around it (JSON-LD 1.1 API, 5.1.2 step 7).
function enter(active: ActiveContext, name: string): TermTable | undefined {
  const { '@context': scope } = Object(active.mappings.get(name))
  const outside = active.previousContext ?? active
  if (scope === undefined) return termTableOf(outside)
  return termTableOf(findProcessed(outside, scope, 'propagated'))
}

/** The IRI that a type or a term of a vocabulary stands for. */
export function wordIri({ active }: TermTable, word: string): string | undefined {
  if (!active.mappings.has(word)) return plainIri({ active }, word)
  const { '@id': iri } = Object(active.mappings.get(word))
  return isPlainIri(iri) ? iri : undefined
}

/** An absolute IRI that no prefix of the context makes another one of. */
export function plainIri({ active }: Pick<TermTable, 'active'>, text: unknown): string | undefined {
  if (!isPlainIri(text)) return undefined
  const colon = text.indexOf(':')
  if (text.startsWith('//', colon + 1)) return text
  return Object(active.mappings.get(text.slice(0, colon)))._prefix ? undefined : text
}

/// <reference path="./untyped.d.ts" />
import type { ActiveContext } from 'jsonld'
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
  /** The names of members that hold types, such as `type`. */
  readonly typeNames: readonly string[]
  /** `undefined` for what has no certain meaning, or none yet. */
  term(name: string): Term | undefined
  /** The table that a local context leads to, if jsonld has been there. */
  follow(local: unknown, reach: Reach): TermTable | undefined
  /** The table under which objects are read that are values of this property. */
  enter(property: string): TermTable | undefined
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
  const typeNames = [...active.mappings]
    .filter(([, mapping]) => Object(mapping)['@id'] === '@type')
    .map(([name]) => name)
  // Only what is found is kept: what jsonld has not met yet, it may meet next.
  return {
    active,
    typeNames,
    term: (name) => terms.get(name) ?? kept(terms, name, toTerm(active, name)),
    follow: (local, reach) => termTableOf(findProcessed(active, local, reach)),
    enter: (name) => entered.get(name) ?? kept(entered, name, enter(active, name)),
  }
}

function kept<Value>(known: Map<string, Value>, name: string, value: Value | undefined) {
  if (value !== undefined) known.set(name, value)
  return value
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

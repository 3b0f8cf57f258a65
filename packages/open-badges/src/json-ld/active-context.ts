/// <reference path="./untyped.d.ts" />
import jsonld, { type ActiveContext } from 'jsonld'
import { isJsonObject } from '../json/json.js'
import { contexts, unknownContext } from './contexts.js'

type Processed = { readonly context: ActiveContext; readonly events: readonly unknown[] }

/** A local context and what it makes of each active context it was applied to. */
type ResolvedContext = {
  readonly document: unknown
  /** What it made of an active context that a type-scoped context started from. */
  getScoped(origin: ActiveContext): Processed | undefined
  getProcessed(active: ActiveContext): Processed | undefined
  setProcessed(active: ActiveContext, processed: Processed): void
}

// jsonld compares modes as strings (at least 'json-ld-1.1') and keeps one initial context per mode:
// a mode of our own has an initial context that no other user of jsonld in the process shares.
const processingMode = 'json-ld-1.1+shared'

// A stranger chooses which contexts are combined in which order, so what is kept is bounded.
const MAX_PROCESSED = 64

/**
 * Options that let jsonld read with bundled contexts only, and find processed contexts again.
 *
 * Stock jsonld copies every term definition whenever it enters a typed object: nine tenths of the
 * cost of reading a badge. Active contexts never change once processed, so a copy may be shallow
 * and the same context applied to the same active context has the same result.
 */
export async function contextOptions() {
  await prepared
  return { processingMode, contextResolver: { resolve } }
}

let initial: ActiveContext | undefined
const prepared = prepareInitialContext()

// Every active context takes these two methods from the one it was cloned from.
async function prepareInitialContext(): Promise<void> {
  initial = await jsonld.processContext(null, null, { processingMode })
  initial.clone = cloneShallow
  initial.revertToPreviousContext = revertToSame
}

/** The active context that every document starts with, as soon as jsonld has made it. */
export function initialContext(): ActiveContext | undefined {
  return initial
}

/** How a local context takes effect: on a node and all below it, or on nodes of a type alone. */
export type Reach = 'propagated' | 'type'

/**
 * What jsonld made of a local context when it last applied it to this active context.
 *
 * `undefined` when it has not done so yet, or may do more than the two of them say.
 */
export function findProcessed(
  active: ActiveContext,
  local: unknown,
  reach: Reach,
): ActiveContext | undefined {
  let current = active
  // jsonld marks where a typed node begins, unless a type has done so before.
  let begins = reach === 'type' && active.previousContext === undefined
  for (const resolved of resolveAll(local)) {
    const { document } = resolved
    if (!isJsonObject(document) || '@propagate' in document) return undefined
    const processed = begins ? resolved.getScoped(current) : resolved.getProcessed(current)
    if (processed === undefined || processed.events.length > 0) return undefined
    current = processed.context
    begins = false
  }
  return current
}

// Copied when first asked for: most clones only mark where a typed object begins.
function cloneShallow(this: ActiveContext): ActiveContext {
  const origin = this
  let mappings: ActiveContext['mappings'] | undefined
  let guarded: ActiveContext['protected'] | undefined
  const child: ActiveContext = {
    get mappings() {
      mappings ??= new Map(origin.mappings)
      return mappings
    },
    get protected() {
      guarded ??= { ...origin.protected }
      return guarded
    },
    inverse: null,
    getInverse: origin.getInverse,
    clone: origin.clone,
    revertToPreviousContext: origin.revertToPreviousContext,
    clonedFrom: origin,
  }
  if (origin.previousContext !== undefined) child.previousContext = origin.previousContext
  if ('@base' in origin) child['@base'] = origin['@base']
  if ('@language' in origin) child['@language'] = origin['@language']
  if ('@vocab' in origin) child['@vocab'] = origin['@vocab']
  return child
}

function revertToSame(this: ActiveContext): ActiveContext {
  return this.previousContext ?? this
}

const byUrl = new Map<string, readonly ResolvedContext[]>()
// Scoped contexts, found by identity: they are parts of the bundled documents.
const byObject = new WeakMap<object, ResolvedContext>()

async function resolve({ context }: { context: unknown }): Promise<readonly ResolvedContext[]> {
  return resolveAll(context)
}

function resolveAll(context: unknown): readonly ResolvedContext[] {
  if (Array.isArray(context)) return context.flatMap(resolveAll)
  if (typeof context === 'string') return resolveUrl(context)
  if (!isJsonObject(context)) return [createResolvedContext(context)]
  return '@context' in context ? resolveAll(context['@context']) : [resolveObject(context)]
}

function resolveUrl(url: string): readonly ResolvedContext[] {
  const known = byUrl.get(url)
  if (known !== undefined) return known
  const document = contexts.get(url)
  if (document === undefined) throw unknownContext(url)
  const resolved = resolveAll(document)
  byUrl.set(url, resolved)
  return resolved
}

function resolveObject(context: object): ResolvedContext {
  const known = byObject.get(context)
  if (known !== undefined) return known
  const resolved = createResolvedContext(context)
  byObject.set(context, resolved)
  return resolved
}

function createResolvedContext(document: unknown): ResolvedContext {
  const propagated = new Map<ActiveContext, Processed>()
  const scoped = new Map<ActiveContext, Processed>()
  return {
    document,
    getScoped: (origin) => scoped.get(origin),
    getProcessed: (active) =>
      isScopeOf(active) ? scoped.get(active.clonedFrom) : propagated.get(active),
    setProcessed: (active, processed) =>
      isScopeOf(active)
        ? remember(scoped, active.clonedFrom, processed)
        : remember(propagated, active, processed),
  }
}

// A type-scoped context starts from a fresh clone whose previous context is its origin. Until
// something is applied to it, the clone stands for the origin, which is the one to remember by.
function isScopeOf(active: ActiveContext): active is ActiveContext & { clonedFrom: ActiveContext } {
  return active.clonedFrom !== undefined && active.previousContext === active.clonedFrom
}

function remember(known: Map<ActiveContext, Processed>, key: ActiveContext, value: Processed) {
  if (known.size >= MAX_PROCESSED) known.clear()
  known.set(key, value)
}

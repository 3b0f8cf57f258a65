/// <reference path="./untyped.d.ts" />
import jsonld from 'jsonld'
import rdfCanonize from 'rdf-canonize'
import { OpenBadgesError } from '../errors.js'
import { isJsonObject, type JsonObject } from '../json/json.js'
import { contextOptions } from './active-context.js'
import { documentLoader } from './contexts.js'
import { deepIterationsFor } from './deep-iterations.js'
import { orderStatements } from './order-statements.js'
import { hasStatements, readStatements } from './read-statements.js'
import { assertSafeDocument } from './safe-document.js'
import { toDataset } from './to-dataset.js'
import { withoutRepeats } from './without-repeats.js'

type Digest = 'sha256' | 'sha384'

/** How often the canonical order may look deeper into things that are alike. */
export const MAX_DEEP_ITERATIONS = 4096

/**
 * The canonical N-Quads of a document (RDF Dataset Canonicalization, RDFC-1.0).
 *
 * Always in JSON-LD safe mode: a member that no context defines is an error, never left out.
 */
export async function canonize(document: JsonObject, digest: Digest = 'sha256'): Promise<string> {
  assertSafeDocument(document)
  const statements = readStatements(document)
  const ordered = statements && orderStatements(statements, digest)
  if (ordered !== undefined) return ordered
  const different = statements && withoutRepeats(statements.list)
  if (different === undefined) return await canonizeAny(document, digest)
  return await canonizeDataset(toDataset(different), digest)
}

/** The same by jsonld and rdf-canonize alone, which read every document that can be read. */
export async function canonizeAny(
  document: JsonObject,
  digest: Digest = 'sha256',
): Promise<string> {
  return await canonizeDataset(await expandToDataset(document), digest)
}

async function canonizeDataset(dataset: readonly object[], digest: Digest): Promise<string> {
  try {
    // Ends graphs that are made to take for ever (RDFC-1.0, 7.1), and leaves room for every graph of
    // the W3C's suite; a factor per blank node would refuse things that are alike inside and out.
    return await rdfCanonize.canonize(dataset, {
      algorithm: 'RDFC-1.0',
      maxDeepIterations: deepIterationsFor(dataset, MAX_DEEP_ITERATIONS),
      // With P-384 keys the order of the statements depends on SHA-384, too (vc-di-ecdsa, 3.2.3).
      ...(digest === 'sha384' ? { messageDigestAlgorithm: 'SHA-384' as const } : {}),
    })
  } catch (cause) {
    throw new OpenBadgesError('ERR_OB_TOO_LARGE', 'The statements are too tangled to order.', {
      cause,
    })
  }
}

/** Refuses a document that has a member or value which its contexts do not define. */
export async function assertDefined(document: JsonObject): Promise<void> {
  assertSafeDocument(document)
  if (!hasStatements(document)) await expandToDataset(document)
}

async function expandToDataset(document: JsonObject): Promise<object[]> {
  const options = { ...(await contextOptions()), documentLoader, safe: true, base: null }
  try {
    const expanded = await jsonld.expand(document, options)
    assertAbsoluteIds(expanded)
    return await jsonld.toRDF(expanded, { ...options, skipExpansion: true })
  } catch (cause) {
    if (cause instanceof OpenBadgesError) throw cause
    throw new OpenBadgesError('ERR_OB_UNSAFE', `Not signable JSON-LD: ${reasonOf(cause)}.`, {
      cause,
    })
  }
}

// jsonld refuses relative names only after it has gathered what is said about each in a plain object,
// where `__proto__` and `constructor` are things of the whole process.
function assertAbsoluteIds(expanded: unknown): void {
  if (Array.isArray(expanded)) for (const item of expanded) assertAbsoluteIds(item)
  if (!isJsonObject(expanded) || '@value' in expanded) return
  const id = expanded['@id']
  if (typeof id === 'string' && !/^(?:[a-z][a-z0-9+.-]*|_):/i.test(id)) {
    const start = id.slice(0, 80)
    throw new OpenBadgesError('ERR_OB_UNSAFE', `Not signable JSON-LD: the relative id "${start}".`)
  }
  for (const value of Object.values(expanded)) assertAbsoluteIds(value)
}

// jsonld keeps what went wrong in `details.event`; its own message only says "safe mode".
function reasonOf(error: unknown): string {
  const { details, message } = Object(error)
  const event = Object(Object(details).event)
  if (typeof event.message !== 'string') return String(message ?? error).slice(0, 200)
  const { property, id, type } = Object(event.details)
  const culprit = [property, id, type].find((part) => typeof part === 'string')
  return culprit === undefined ? event.code : `${event.code} "${culprit.slice(0, 80)}"`
}

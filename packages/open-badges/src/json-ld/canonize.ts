/// <reference path="./untyped.d.ts" />
import jsonld from 'jsonld'
import rdfCanonize from 'rdf-canonize'
import { OpenBadgesError } from '../errors.js'
import type { JsonObject } from '../json/json.js'
import { contextOptions } from './active-context.js'
import { documentLoader } from './contexts.js'
import { assertSafeDocument } from './safe-document.js'

/** How often the canonical order may look deeper into things that are alike. */
export const MAX_DEEP_ITERATIONS = 4096

/**
 * The canonical N-Quads of a document (RDF Dataset Canonicalization, RDFC-1.0).
 *
 * Always in JSON-LD safe mode: a member that no context defines is an error, never left out.
 */
export async function canonize(
  document: JsonObject,
  digest: 'sha256' | 'sha384' = 'sha256',
): Promise<string> {
  assertSafeDocument(document)
  const dataset = await toDataset(document)
  try {
    // Ends graphs that are made to take for ever (RDFC-1.0, 7.1), and leaves room for every graph of
    // the W3C's suite; a factor per blank node would refuse things that are alike inside and out.
    return await rdfCanonize.canonize(dataset, {
      algorithm: 'RDFC-1.0',
      maxDeepIterations: MAX_DEEP_ITERATIONS,
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
  await toDataset(document)
}

async function toDataset(document: JsonObject): Promise<object[]> {
  const options = { ...(await contextOptions()), documentLoader, safe: true, base: null }
  try {
    const expanded = await jsonld.expand(document, options)
    return await jsonld.toRDF(expanded, { ...options, skipExpansion: true })
  } catch (cause) {
    if (cause instanceof OpenBadgesError) throw cause
    throw new OpenBadgesError('ERR_OB_UNSAFE', `Not signable JSON-LD: ${reasonOf(cause)}.`, {
      cause,
    })
  }
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

import { hash } from 'node:crypto'
import { OpenBadgesError } from '../errors.js'
import { canonizeJson } from '../json/jcs.js'
import { asArray, type JsonObject } from '../json/json.js'
import { assertDefined, canonize } from '../json-ld/canonize.js'
import { assertDescribedOnce } from './described-once.js'
import { canonizeOptions } from './proof-options.js'

/** The hash of a suite: SHA-384 with P-384 keys, else SHA-256. */
export type Digest = 'sha256' | 'sha384'

/** What is hashed: a document without its proofs, and a proof without its value. */
export type Unsecured = { readonly document: JsonObject; readonly options: JsonObject }

/** The bytes that are signed by suites that sign statements (vc-di-eddsa, 3.2.4 Hashing). */
export async function hashStatements(
  { document, options }: Unsecured,
  digest: Digest,
): Promise<Uint8Array> {
  if ('@context' in options) {
    throw new OpenBadgesError('ERR_OB_UNSAFE', 'A proof with contexts of its own is not accepted.')
  }
  assertDescribedOnce(document)
  const context = document['@context']
  return hashCanonical(
    {
      options: await canonizeOptions(options, context),
      document: await canonize(document, digest),
    },
    digest,
  )
}

/** The bytes that are signed by suites that sign JSON as it is (vc-di-eddsa, 3.3.2 Verify proof). */
export async function hashJson(
  { document, options }: Unsecured,
  digest: Digest,
): Promise<Uint8Array> {
  // The signature covers every member, defined or not; a badge must be sound JSON-LD all the same.
  await assertDefined(document)
  const secured = underContextsOf(document, options)
  return hashCanonical({ options: canonizeJson(options), document: canonizeJson(secured) }, digest)
}

/** The same bytes from what is canonical already: hash of the options, hash of the document. */
export function hashCanonical(
  canonical: { options: string; document: string },
  digest: Digest = 'sha256',
): Uint8Array {
  const { options, document } = canonical
  return Buffer.concat([hash(digest, options, 'buffer'), hash(digest, document, 'buffer')])
}

// Whoever adds a proof may add contexts behind those that were signed (vc-di-eddsa, 3.3.2, step 4).
function underContextsOf(document: JsonObject, options: JsonObject): JsonObject {
  if (!('@context' in options)) return document
  const present = asArray(document['@context'])
  const signed = asArray(options['@context'])
  if (signed.every((url, i) => url === present[i])) {
    return { ...document, '@context': options['@context'] }
  }
  throw new OpenBadgesError('ERR_OB_SIGNATURE', 'The proof was made under other contexts.')
}

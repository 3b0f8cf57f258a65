import { createHash, type KeyObject } from 'node:crypto'
import { OpenBadgesError } from '../errors.js'
import type { JsonObject } from '../json/json.js'
import { canonize } from '../json-ld/canonize.js'
import { assertKind, verifyBytes } from '../keys/verify-bytes.js'
import { type DerivedProof, parseDerivedProof } from './derived-proof.js'
import { assertDescribedOnce } from './described-once.js'
import { canonizeOptions } from './proof-options.js'
import { relabelStatements } from './relabel-statements.js'

/** What each key of a derived proof must have signed (vc-di-ecdsa, 3.5.8 createVerifyData). */
type DisclosedStatements = {
  /** Hash of the canonical proof options. */
  readonly proofHash: Uint8Array
  /** Hash of the statements that the issuer wants shown always. */
  readonly mandatoryHash: Uint8Array
  /** The statements that the holder chose to show. */
  readonly chosen: readonly string[]
}

/**
 * Verifies a derived proof of `ecdsa-sd-2023` (vc-di-ecdsa, 3.6.7 Verify Derived Proof).
 *
 * It shows that whatever is in the document was signed; what the holder left out, nobody can see.
 */
export async function verifyDerivedProof(
  document: JsonObject,
  proof: JsonObject,
  key: KeyObject,
): Promise<boolean> {
  assertKind(key, ['P-256'])
  const { proofValue, ...options } = proof
  const derived = parseDerivedProof(String(proofValue))
  if ('@context' in options) {
    throw new OpenBadgesError('ERR_OB_UNSAFE', 'A proof with contexts of its own is not accepted.')
  }
  assertDescribedOnce(document)
  const canonical = {
    options: await canonizeOptions(options, document['@context']),
    document: await canonize(document),
  }
  const disclosed = toDisclosedStatements(canonical, derived)
  assertIssuerSigned(disclosed, derived, key)
  assertAllSigned(disclosed.chosen, derived)
  return true
}

/** Takes the statements that are shown apart into mandatory and chosen ones. */
export function toDisclosedStatements(
  canonical: { readonly options: string; readonly document: string },
  { labels, mandatoryIndexes }: DerivedProof,
): DisclosedStatements {
  const statements = relabelStatements(canonical.document, labels)
  if (Math.max(-1, ...mandatoryIndexes) >= statements.length) {
    throw mismatch('the proof counts on more statements than are shown')
  }
  const mandatory = statements.filter((_statement, index) => mandatoryIndexes.has(index))
  return {
    proofHash: hash(canonical.options),
    mandatoryHash: hash(mandatory.join('')),
    chosen: statements.filter((_statement, index) => !mandatoryIndexes.has(index)),
  }
}

function assertIssuerSigned(
  { proofHash, mandatoryHash }: DisclosedStatements,
  { baseSignature, proofKeyBytes }: DerivedProof,
  key: KeyObject,
): void {
  const data = Buffer.concat([proofHash, proofKeyBytes, mandatoryHash])
  if (verifyBytes(data, key, baseSignature)) return
  throw mismatch('a part that must be shown is missing or changed, or another key signed')
}

function assertAllSigned(chosen: readonly string[], { signatures, proofKey }: DerivedProof): void {
  if (chosen.length > signatures.length) throw mismatch('it shows more than was signed')
  if (chosen.length < signatures.length) throw mismatch('it shows less than the proof is about')
  const isSigned = (statement: string, index: number) =>
    verifyBytes(Buffer.from(statement), proofKey, signatures[index] ?? new Uint8Array())
  if (!chosen.every(isSigned)) throw mismatch('something that it shows is not what was signed')
}

function hash(text: string): Uint8Array {
  return createHash('sha256').update(text).digest()
}

function mismatch(reason: string): OpenBadgesError {
  return new OpenBadgesError('ERR_OB_SIGNATURE', `The badge and its proof do not fit: ${reason}.`)
}

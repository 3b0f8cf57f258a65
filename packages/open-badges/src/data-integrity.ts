import { createHash, sign, verify } from 'node:crypto'
import { decodeMultibase, encodeMultibase } from './base58.js'
import { canonize } from './canonize.js'
import { isDateTime } from './date-time.js'
import { OpenBadgesError } from './errors.js'
import type { JsonObject } from './json.js'
import { type KeyPair, publicKeyOf, secretKeyOf } from './keys.js'
import { canonizeOptions } from './proof-options.js'

/** A Data Integrity proof as this package makes it (VC Data Integrity 1.0, 2.1). */
export type DataIntegrityProof = {
  readonly type: 'DataIntegrityProof'
  readonly cryptosuite: 'eddsa-rdfc-2022'
  readonly created: string
  readonly verificationMethod: string
  readonly proofPurpose: 'assertionMethod'
  readonly proofValue: string
}

/** Which key signs, under which published name, and when. */
export type Signer = {
  readonly key: KeyPair
  /** URL or DID URL under which the public key is found. */
  readonly verificationMethod: string
  /** Date-time with zone, such as `2026-01-31T12:00:00Z`. */
  readonly created: string
}

/** Makes one way of proving verifiable: the registry of suites is keyed by type and name. */
export interface ProofSuite {
  verify(document: JsonObject, proof: JsonObject, publicKeyMultibase: string): Promise<boolean>
}

/** Signs a document with `eddsa-rdfc-2022` and returns a copy with the proof in an array. */
export async function signDocument<Document extends JsonObject>(
  document: Document,
  { key, verificationMethod, created }: Signer,
): Promise<Document & { readonly proof: readonly DataIntegrityProof[] }> {
  if ('proof' in document) {
    throw new OpenBadgesError('ERR_OB_INPUT', 'The document already carries a proof.')
  }
  if (!isDateTime(created)) {
    throw new OpenBadgesError('ERR_OB_INPUT', 'created must be a date-time with a time zone.')
  }
  const options = {
    type: 'DataIntegrityProof',
    cryptosuite: 'eddsa-rdfc-2022',
    created,
    verificationMethod,
    proofPurpose: 'assertionMethod',
  } as const
  const proofValue = signHash(await hashData(document, options), key)
  return { ...document, proof: [{ ...options, proofValue }] }
}

/** The 64 bytes that are signed: hash of the options, hash of the document (vc-di-eddsa, 3.2.4). */
async function hashData(document: JsonObject, options: JsonObject): Promise<Uint8Array> {
  if ('@context' in options) {
    throw new OpenBadgesError('ERR_OB_UNSAFE', 'A proof with contexts of its own is not accepted.')
  }
  return hashCanonical({
    options: await canonizeOptions(options, document['@context']),
    document: await canonize(document),
  })
}

/** The same bytes from what is canonical already (vc-di-eddsa, 3.2.4 Hashing). */
export function hashCanonical(canonical: { options: string; document: string }): Uint8Array {
  return Buffer.concat([sha256(canonical.options), sha256(canonical.document)])
}

/** The proof value of the bytes that are signed (vc-di-eddsa, 3.2.6 Proof serialization). */
export function signHash(hash: Uint8Array, key: KeyPair): string {
  return encodeMultibase(sign(null, hash, secretKeyOf(key.secretKeyMultibase)))
}

const eddsaRdfc2022: ProofSuite = {
  async verify({ proof: _proofs, ...document }, { proofValue, ...options }, publicKeyMultibase) {
    const signature = decodeMultibase(String(proofValue))
    if (signature.length !== 64) return false
    const data = await hashData(document, options)
    return verify(null, data, publicKeyOf(publicKeyMultibase), signature)
  },
}

const suites: ReadonlyMap<string, ProofSuite> = new Map([
  ['DataIntegrityProof/eddsa-rdfc-2022', eddsaRdfc2022],
])

/** The suite that can verify a proof, found by its type and cryptosuite. */
export function suiteOf(proof: JsonObject): ProofSuite | undefined {
  return suites.get(`${String(proof['type'])}/${String(proof['cryptosuite'])}`)
}

function sha256(text: string): Uint8Array {
  return createHash('sha256').update(text).digest()
}

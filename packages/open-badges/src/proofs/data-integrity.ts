import { sign } from 'node:crypto'
import { OpenBadgesError } from '../errors.js'
import { isDateTime } from '../json/date-time.js'
import type { JsonObject } from '../json/json.js'
import { encodeMultibase } from '../keys/base58.js'
import { type KeyPair, secretKeyOf } from '../keys/keys.js'
import { hashStatements } from './hash-document.js'

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
  const proofValue = signHash(await hashStatements({ document, options }, 'sha256'), key)
  return { ...document, proof: [{ ...options, proofValue }] }
}

/** The proof value of the bytes that are signed (vc-di-eddsa, 3.2.6 Proof serialization). */
export function signHash(hash: Uint8Array, key: KeyPair): string {
  return encodeMultibase(sign(null, hash, secretKeyOf(key.secretKeyMultibase)))
}

import { OpenBadgesError } from '../errors.js'
import { isDateTime } from '../json/date-time.js'
import type { JsonObject } from '../json/json.js'
import { encodeMultibase } from '../keys/base58.js'
import type { KeyPair } from '../keys/keys.js'
import type { KeyKind } from '../keys/public-keys.js'
import { signBytes } from '../keys/sign-bytes.js'
import { algorithmOf, privateKeyOf, type SigningKey } from '../keys/signing-keys.js'
import { hashJson, hashStatements } from './hash-document.js'

/** A way of signing that this package offers; the first is the default (Open Badges 3.0, 8.3). */
export type Cryptosuite = 'eddsa-rdfc-2022' | 'eddsa-jcs-2022' | 'ecdsa-rdfc-2019'

/** A Data Integrity proof as this package makes it (VC Data Integrity 1.0, 2.1). */
export type DataIntegrityProof = {
  readonly type: 'DataIntegrityProof'
  readonly cryptosuite: Cryptosuite
  /** Date-time with zone. */
  readonly created: string
  readonly verificationMethod: string
  readonly proofPurpose: 'assertionMethod'
  /** The signature as multibase base58btc (`z…`). */
  readonly proofValue: string
  /** The contexts that were signed, which eddsa-jcs-2022 repeats. */
  readonly '@context'?: unknown
}

/** Which key signs, under which published name, and when. */
export type Signer = {
  /** The secret, made by `generateKeyPair` or `generateSigningKey`. */
  readonly key: KeyPair | SigningKey
  /** URL or DID URL under which the public key is found. */
  readonly verificationMethod: string
  /** Date-time with zone, such as `2026-01-31T12:00:00Z`. */
  readonly created: string
}

type Suite = { readonly kinds: readonly KeyKind[]; readonly hash: typeof hashStatements }

const suites: Readonly<Record<Cryptosuite, Suite>> = {
  'eddsa-rdfc-2022': { kinds: ['Ed25519'], hash: hashStatements },
  'eddsa-jcs-2022': { kinds: ['Ed25519'], hash: hashJson },
  'ecdsa-rdfc-2019': { kinds: ['P-256', 'P-384'], hash: hashStatements },
}

/**
 * Signs a document and returns a copy with the proof in an array (VC Data Integrity 1.0, 4.2).
 *
 * Ed25519 keys sign with `eddsa-rdfc-2022` unless told otherwise, elliptic keys with
 * `ecdsa-rdfc-2019`; RSA keys make no embedded proofs. Throws `ERR_OB_INPUT` when the document carries a
 * proof, the date has no zone or the key does not fit, and `ERR_OB_UNSAFE` or `ERR_OB_CONTEXT_UNKNOWN` when
 * its statements cannot be signed.
 */
export async function signDocument<Document extends JsonObject>(
  document: Document,
  signer: Signer,
  options: { readonly cryptosuite?: Cryptosuite | undefined } = {},
): Promise<Document & { readonly proof: readonly DataIntegrityProof[] }> {
  if ('proof' in document) {
    throw new OpenBadgesError('ERR_OB_INPUT', 'The document already carries a proof.')
  }
  return { ...document, proof: [await createProof(document, signer, options)] }
}

async function createProof(
  document: JsonObject,
  { key, verificationMethod, created }: Signer,
  wanted: { readonly cryptosuite?: Cryptosuite | undefined },
): Promise<DataIntegrityProof> {
  if (!isDateTime(created)) {
    throw new OpenBadgesError('ERR_OB_INPUT', 'created must be a date-time with a time zone.')
  }
  const kind = algorithmOf(key)
  const cryptosuite = wanted.cryptosuite ?? suiteFor(kind)
  const { kinds, hash } = suites[cryptosuite]
  if (!kinds.includes(kind)) throw wrongKey(kind, cryptosuite)
  const options: Omit<DataIntegrityProof, 'proofValue'> = {
    // vc-di-eddsa, 3.3.1, step 2: this suite binds the contexts by repeating them.
    ...(hash === hashJson ? { '@context': document['@context'] } : {}),
    type: 'DataIntegrityProof',
    cryptosuite,
    created,
    verificationMethod,
    proofPurpose: 'assertionMethod',
  }
  const hashed = await hash({ document, options }, kind === 'P-384' ? 'sha384' : 'sha256')
  return { ...options, proofValue: signHash(hashed, key) }
}

/** The proof value of the bytes that are signed (vc-di-eddsa, 3.2.6 Proof serialization). */
export function signHash(hash: Uint8Array, key: Signer['key']): string {
  return encodeMultibase(signBytes(hash, privateKeyOf(key)))
}

function suiteFor(kind: KeyKind): Cryptosuite {
  return kind === 'Ed25519' ? 'eddsa-rdfc-2022' : 'ecdsa-rdfc-2019'
}

function wrongKey(kind: KeyKind, cryptosuite: Cryptosuite): OpenBadgesError {
  const message = `A key of kind ${kind} makes no ${cryptosuite} proofs; sign a JWT or use another key.`
  return new OpenBadgesError('ERR_OB_INPUT', message)
}

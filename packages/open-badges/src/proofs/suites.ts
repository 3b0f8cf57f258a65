import type { KeyObject } from 'node:crypto'
import type { JsonObject } from '../json/json.js'
import { decodeMultibase } from '../keys/base58.js'
import type { KeyKind } from '../keys/public-keys.js'
import { assertKind, verifyBytes } from '../keys/verify-bytes.js'
import { type Digest, hashJson, hashStatements, type Unsecured } from './hash-document.js'

/** One way of proving: the registry of suites is keyed by type and name. */
export type ProofSuite = {
  /** The rule by which it is verified. */
  readonly clause: string
  /** A sentence for people, when nobody should sign this way any more. */
  readonly outdated?: string
  verify(document: JsonObject, proof: JsonObject, key: KeyObject): Promise<boolean>
}

type Hashing = (unsecured: Unsecured, digest: Digest) => Promise<Uint8Array>

const EDDSA = 'Data Integrity EdDSA Cryptosuites 1.0'
const ECDSA = 'Data Integrity ECDSA Cryptosuites 1.0'
const edwards: readonly KeyKind[] = ['Ed25519']
const elliptic: readonly KeyKind[] = ['P-256', 'P-384']

function createVerify(hashData: Hashing, kinds: readonly KeyKind[]): ProofSuite['verify'] {
  return async ({ proof: _proofs, ...document }, { proofValue, ...options }, key) => {
    const kind = assertKind(key, kinds)
    const signature = decodeMultibase(String(proofValue))
    const data = await hashData({ document, options }, kind === 'P-384' ? 'sha384' : 'sha256')
    return verifyBytes(data, key, signature)
  }
}

const eddsaRdfc = createVerify(hashStatements, edwards)

const suites: ReadonlyMap<string, ProofSuite> = new Map<string, ProofSuite>([
  [
    'DataIntegrityProof/eddsa-rdfc-2022',
    { clause: `${EDDSA}, 3.2.2 Verify proof`, verify: eddsaRdfc },
  ],
  [
    'DataIntegrityProof/eddsa-jcs-2022',
    { clause: `${EDDSA}, 3.3.2 Verify proof`, verify: createVerify(hashJson, edwards) },
  ],
  [
    'DataIntegrityProof/ecdsa-rdfc-2019',
    { clause: `${ECDSA}, 3.2.2 Verify proof`, verify: createVerify(hashStatements, elliptic) },
  ],
  [
    'DataIntegrityProof/ecdsa-jcs-2019',
    { clause: `${ECDSA}, 3.3.2 Verify proof`, verify: createVerify(hashJson, elliptic) },
  ],
  [
    'DataIntegrityProof/eddsa-2022',
    {
      clause: `${EDDSA}, 3.2.2 Verify proof`,
      outdated: 'The proof is labelled eddsa-2022, the draft name of eddsa-rdfc-2022.',
      verify: eddsaRdfc,
    },
  ],
  [
    'Ed25519Signature2020/',
    {
      clause: `${EDDSA}, Ed25519Signature2020`,
      outdated: 'The proof is an Ed25519Signature2020, which eddsa-rdfc-2022 has replaced.',
      verify: eddsaRdfc,
    },
  ],
])

/** The suite that can verify a proof, found by its type and cryptosuite. */
export function suiteOf({ type, cryptosuite = '' }: JsonObject): ProofSuite | undefined {
  return suites.get(`${String(type)}/${String(cryptosuite)}`)
}

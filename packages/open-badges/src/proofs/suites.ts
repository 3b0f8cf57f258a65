import type { KeyObject } from 'node:crypto'
import type { JsonObject } from '../json/json.js'
import { decodeMultibase } from '../keys/base58.js'
import type { KeyKind } from '../keys/public-keys.js'
import { assertKind, verifyBytes } from '../keys/verify-bytes.js'
import { type Digest, hashJson, hashStatements, type Unsecured } from './hash-document.js'
import { verifyDerivedProof } from './selective-disclosure.js'

/** One way of proving: the registry of suites is keyed by type and name. */
export type ProofSuite = {
  /** The rule by which it is verified. */
  readonly clause: string
  /** What to tell about a proof of this kind that holds. */
  readonly remark?: { readonly name: string; readonly message: string }
  /** True when the key signed the document: without its proofs, or with those it builds on. */
  verify(document: JsonObject, proof: JsonObject, key: KeyObject): Promise<boolean>
}

type Hashing = (unsecured: Unsecured, digest: Digest) => Promise<Uint8Array>

const EDDSA = 'Data Integrity EdDSA Cryptosuites 1.0'
const ECDSA = 'Data Integrity ECDSA Cryptosuites 1.0'
const edwards: readonly KeyKind[] = ['Ed25519']
const elliptic: readonly KeyKind[] = ['P-256', 'P-384']

function createVerify(hashData: Hashing, kinds: readonly KeyKind[]): ProofSuite['verify'] {
  return async (document, { proofValue, ...options }, key) => {
    const kind = assertKind(key, kinds)
    const signature = decodeMultibase(String(proofValue))
    const data = await hashData({ document, options }, kind === 'P-384' ? 'sha384' : 'sha256')
    return verifyBytes(data, key, signature)
  }
}

const eddsaRdfc = createVerify(hashStatements, edwards)
const outdated = (message: string) => ({ name: 'outdated-suite', message })

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
      remark: outdated('The proof is labelled eddsa-2022, the draft name of eddsa-rdfc-2022.'),
      verify: eddsaRdfc,
    },
  ],
  [
    'Ed25519Signature2020/',
    {
      clause: `${EDDSA}, Ed25519Signature2020`,
      remark: outdated('The proof is an Ed25519Signature2020, which eddsa-rdfc-2022 has replaced.'),
      verify: eddsaRdfc,
    },
  ],
  [
    'DataIntegrityProof/ecdsa-sd-2023',
    {
      clause: `${ECDSA}, 3.6.7 Verify Derived Proof`,
      remark: {
        name: 'selective-disclosure',
        message:
          'The holder chose which parts of the badge to show. What was left out, nobody can check: be it an end date or a list of revoked badges.',
      },
      verify: verifyDerivedProof,
    },
  ],
])

/** The suite that can verify a proof, found by its type and cryptosuite. */
export function suiteOf({ type, cryptosuite = '' }: JsonObject): ProofSuite | undefined {
  return suites.get(`${String(type)}/${String(cryptosuite)}`)
}

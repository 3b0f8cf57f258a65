import { type DataIntegrityProof, type Signer, signDocument } from '../proofs/data-integrity.js'
import { buildEnvelope, checkMembers } from './build-envelope.js'
import { buildSubject } from './build-subject.js'
import { endorsements, evidence, image } from './classes.js'
import type { CredentialInput, UnsignedCredential } from './credential-types.js'
import { listOf } from './member-rules.js'

/** A credential with its proof, ready to be stored as the exact text it serialises to. */
export type SignedCredential = UnsignedCredential & {
  /** One proof, in an array as the strict official schema wants it. */
  readonly proof: readonly DataIntegrityProof[]
}

const rules = { image, evidence: listOf(evidence), ...endorsements }

/**
 * Builds an OpenBadgeCredential that both official JSON schemas accept (Open Badges 3.0, AchievementCredential).
 *
 * What the schemas would refuse is refused here: throws `ERR_OB_INPUT` with the path of the member.
 * The result is not signed yet; `signCredential` or `signCredentialJwt` does that.
 *
 * @example
 * const badge = buildCredential({ id, issuer, achievement, recipient: { email, salt }, validFrom })
 */
export function buildCredential(input: CredentialInput): UnsignedCredential {
  return buildEnvelope(input, {
    type: 'OpenBadgeCredential',
    name: input.name ?? input.achievement.name,
    credentialSubject: buildSubject(input),
    others: checkMembers(input, rules),
  })
}

/**
 * Signs a badge or an endorsement with an embedded proof (Open Badges 3.0, 8.3 Linked Data Proof Format).
 *
 * The key decides the suite: `eddsa-rdfc-2022` for Ed25519, `ecdsa-rdfc-2019` for P-256 and P-384. Throws
 * `ERR_OB_INPUT` for an RSA key, which can only sign JWTs, and `ERR_OB_UNSAFE` for a member that no
 * context defines. Store `JSON.stringify` of the answer and never rewrite it.
 */
export async function signCredential(
  credential: UnsignedCredential,
  signer: Signer,
): Promise<SignedCredential> {
  return await signDocument(credential, signer)
}

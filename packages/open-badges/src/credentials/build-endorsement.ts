import { buildEnvelope } from './build-envelope.js'
import type { EndorsementInput, UnsignedCredential } from './credential-types.js'
import { iri, objectOf, text } from './member-rules.js'

const subject = objectOf({
  type: 'EndorsementSubject',
  required: ['id'],
  members: { id: iri, endorsementComment: text },
})

/**
 * Builds an EndorsementCredential, to be signed like a badge and put beside it (Open Badges 3.0,
 * EndorsementCredential).
 *
 * Throws `ERR_OB_INPUT` with the path of the member that is wrong.
 *
 * @example
 * const word = buildEndorsement({ id, name, issuer, subject: { id: badgeUrl, comment }, validFrom })
 * const badge = buildCredential({ ...award, endorsement: [await signCredential(word, signer)] })
 */
export function buildEndorsement(input: EndorsementInput): UnsignedCredential {
  const { id, comment } = input.subject
  return buildEnvelope(input, {
    type: 'EndorsementCredential',
    name: input.name,
    credentialSubject: subject({ id, endorsementComment: comment }, 'subject'),
  })
}

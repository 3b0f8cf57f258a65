import { objectOf, text } from '../credentials/summary.js'
import { OpenBadgesError } from '../errors.js'
import type { JsonObject } from '../json/json.js'
import { present } from '../json/members.js'
import { algorithmOf, type SigningKey } from '../keys/signing-keys.js'
import { signJws } from '../proofs/sign-jwt.js'
import { wayOf } from './assertion-shape.js'

/**
 * Signs an award of Open Badges 2.0 as a compact JWS (OB 2.0, Signed Verification).
 *
 * Only RS256: the validators that people use for this version reject anything else. Throws `ERR_OB_INPUT` for
 * another kind of key and for an award that says it is hosted.
 *
 * @example
 * const badge = buildAssertion({ ...award, verification: { creator: keyUrl } })
 * const token = signAssertion(badge, generateSigningKey('RSA'))
 */
export function signAssertion(assertion: JsonObject, key: SigningKey): string {
  if (algorithmOf(key) !== 'RSA') {
    const message = 'Badges of Open Badges 2.0 are signed with RSA keys only.'
    throw new OpenBadgesError('ERR_OB_INPUT', message)
  }
  if (wayOf(assertion) !== 'signed') {
    const message = 'verification must be { creator }: this badge says that it is hosted.'
    throw new OpenBadgesError('ERR_OB_INPUT', message)
  }
  const kid = text(objectOf(assertion['verification'])['creator'])
  return signJws(present({ alg: 'RS256', kid }), assertion, key)
}

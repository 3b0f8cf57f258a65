import { sign } from 'node:crypto'
import { OpenBadgesError } from '../errors.js'
import { isDateTime, toMilliseconds } from '../json/date-time.js'
import type { JsonObject } from '../json/json.js'
import { secretKeyOf } from '../keys/keys.js'
import type { Signer } from './data-integrity.js'
import { claimsOf } from './jwt-claims.js'

/**
 * Signs a badge as a compact JWS with EdDSA (Open Badges 3.0, 8.2 JSON Web Token Proof Format).
 *
 * An embedded proof, when the badge has one, is signed along. The validator of 1EdTech reads RS256
 * and ES256 only, so offer this form beside the other and not in its place.
 *
 * @example
 * const token = signCredentialJwt(badge, { key, verificationMethod, created })
 */
export function signCredentialJwt(
  credential: JsonObject,
  { key, verificationMethod, created }: Signer,
): string {
  if (!isDateTime(created)) {
    throw new OpenBadgesError('ERR_OB_INPUT', 'created must be a date-time with a time zone.')
  }
  const header = { alg: 'EdDSA', typ: 'JWT', kid: verificationMethod }
  const iat = Math.floor(toMilliseconds(created) / 1000)
  const payload = { ...credential, ...claimsOf(credential), iat }
  const signed = `${encode(header)}.${encode(payload)}`
  const signature = sign(null, Buffer.from(signed), secretKeyOf(key.secretKeyMultibase))
  return `${signed}.${signature.toString('base64url')}`
}

function encode(part: JsonObject): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}

import { OpenBadgesError } from '../errors.js'
import { isDateTime, toMilliseconds } from '../json/date-time.js'
import type { JsonObject } from '../json/json.js'
import { jwtAlgorithms } from '../keys/jwk-documents.js'
import { signBytes } from '../keys/sign-bytes.js'
import { algorithmOf, privateKeyOf } from '../keys/signing-keys.js'
import type { Signer } from './data-integrity.js'
import { claimsOf } from './jwt-claims.js'

/**
 * Signs a credential as a compact JWS (Open Badges 3.0, 8.2 JSON Web Token Proof Format).
 *
 * The key decides the algorithm: EdDSA, ES256, ES384 or RS256. The validator of 1EdTech reads RS256
 * and ES256 only. An embedded proof, when there is one, is signed along. `verificationMethod` becomes `kid`,
 * `created` the claim `iat`. Throws `ERR_OB_INPUT` when that has no zone.
 *
 * @param signer - which key signs, under which name, and when
 *
 * @example
 * const key = generateSigningKey('RSA')
 * const token = signCredentialJwt(badge, { key, verificationMethod, created })
 */
export function signCredentialJwt(
  credential: JsonObject,
  { key, verificationMethod, created }: Signer,
): string {
  if (!isDateTime(created)) {
    throw new OpenBadgesError('ERR_OB_INPUT', 'created must be a date-time with a time zone.')
  }
  // No other members are allowed in the header (Open Badges 3.0, 8.2 Create the JOSE Header).
  const header = { alg: jwtAlgorithms[algorithmOf(key)], typ: 'JWT', kid: verificationMethod }
  const iat = Math.floor(toMilliseconds(created) / 1000)
  return signJws(header, { ...credential, ...claimsOf(credential), iat }, key)
}

/** A compact JWS of a header and a JSON payload (RFC 7515, 7.1). */
export function signJws(header: JsonObject, payload: JsonObject, key: Signer['key']): string {
  const signed = `${encode(header)}.${encode(payload)}`
  return `${signed}.${signBytes(Buffer.from(signed), privateKeyOf(key)).toString('base64url')}`
}

function encode(part: JsonObject): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}

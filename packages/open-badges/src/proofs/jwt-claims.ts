import { issuerIdOf } from '../credentials/credential-schema.js'
import { objectOf, text } from '../credentials/summary.js'
import { OpenBadgesError } from '../errors.js'
import { isDateTime, toMilliseconds } from '../json/date-time.js'
import { isJsonObject, type JsonObject } from '../json/json.js'
import { present } from '../json/members.js'
import { failed, passed, warning } from '../report/checks.js'
import type { Check } from '../report/report.js'

const CLAIMS = 'Open Badges 3.0, 8.2 Create the JWT Payload'
const EXPIRY = 'RFC 7519, 4.1.4 "exp" (Expiration Time) Claim'

/** The credential inside a payload: the claim `vc` (VC 1.1), or the payload itself (VC 2.0). */
export function credentialOf(payload: JsonObject): JsonObject {
  const { vc } = payload
  if (isJsonObject(vc)) {
    // One reader would verify the one and another show the other.
    if ('@context' in payload || 'credentialSubject' in payload) {
      throw new OpenBadgesError('ERR_OB_JWT_CLAIMS', 'The JWT holds two credentials.')
    }
    return vc
  }
  const { iss, sub, aud, exp, nbf, iat, jti, cnf, ...credential } = payload
  return credential
}

/** The claims that must say the same as the credential (Open Badges 3.0, 8.2 Create the JWT Payload). */
export function claimsOf(credential: JsonObject) {
  return present({
    iss: issuerIdOf(credential['issuer']),
    jti: text(credential['id']),
    nbf: seconds(credential['validFrom'] ?? credential['issuanceDate']),
    sub: text(objectOf(credential['credentialSubject'])['id']),
    exp: seconds(credential['validUntil'] ?? credential['expirationDate']),
  })
}

/**
 * Checks that the claims of a JWT say what the credential says (Open Badges 3.0, 8.2 Create the JWT Payload).
 *
 * A claim that is missing is told and not held against the badge: official examples leave out `sub`,
 * and VC 2.0 makes them all optional. `aud` and `iat` mirror nothing.
 */
export function checkClaims(payload: JsonObject, credential: JsonObject, now: Date): Check {
  const mirror = claimsOf(credential)
  const expected = Object.entries(mirror)
  const different = expected.filter(
    ([name, value]) => payload[name] !== undefined && plain(payload[name]) !== value,
  )
  if (different.length > 0) {
    const detail = { claims: different.map(([name]) => name) }
    const message = `The JWT and the badge in it disagree about ${detail.claims.join(', ')}.`
    return failed('proof', { error: 'ERR_OB_JWT_CLAIMS', message }, { clause: CLAIMS, detail })
  }
  // An end that the badge has too is told with its dates.
  if (!('exp' in mirror) && isOver(payload['exp'], now)) {
    const message = 'The signature of the badge has expired.'
    return failed('proof', { error: 'ERR_OB_PROOF_EXPIRED', message }, { clause: EXPIRY })
  }
  const missing = expected.map(([name]) => name).filter((name) => payload[name] === undefined)
  if (missing.length === 0) {
    return passed('proof', 'The JWT and the badge in it say the same.', { clause: CLAIMS })
  }
  const message = `The JWT lacks claims that should repeat the badge: ${missing.join(', ')}.`
  const detail = { remark: 'claims-missing', claims: missing }
  return warning('proof', message, { clause: CLAIMS, detail })
}

function isOver(exp: unknown, now: Date): boolean {
  return exp !== undefined && !(typeof exp === 'number' && exp * 1000 >= now.getTime())
}

// A NumericDate may have a fraction (RFC 7519, 2).
function plain(claim: unknown): unknown {
  return typeof claim === 'number' ? Math.floor(claim) : claim
}

function seconds(date: unknown): number | undefined {
  return isDateTime(date) ? Math.floor(toMilliseconds(date) / 1000) : undefined
}

import { isDateTime, toMilliseconds } from '../json/date-time.js'
import type { JsonObject } from '../json/json.js'
import { issuerIdOf } from './credential-schema.js'

/** True for two texts that name the same thing: compared without percent-encoding and white space. */
export function isSameId(a: unknown, b: unknown): boolean {
  return typeof a === 'string' && typeof b === 'string' && plainId(a) === plainId(b)
}

/** True for two forms of one badge: same issuer, same id (Open Badges 3.0, Credential equality). */
export function isSameCredential(a: JsonObject, b: JsonObject): boolean {
  return isSameId(a['id'], b['id']) && isSameId(issuerIdOf(a['issuer']), issuerIdOf(b['issuer']))
}

/** Since when a credential is valid, in milliseconds; not a number when it does not say. */
export function startOf({ validFrom, issuanceDate }: JsonObject): number {
  const start = validFrom ?? issuanceDate
  return isDateTime(start) ? toMilliseconds(start) : Number.NaN
}

/** An id as ids are compared. */
export function plainId(id: string): string {
  try {
    return decodeURIComponent(id.trim())
  } catch {
    return id.trim()
  }
}

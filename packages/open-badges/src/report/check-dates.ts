import { isDateTime, toMilliseconds } from '../json/date-time.js'
import type { JsonObject } from '../json/json.js'
import { failed, passed } from './checks.js'
import type { Check } from './report.js'

// VC 2.0 names, then those of VC 1.1. A credential with both must satisfy both.
const STARTS = ['validFrom', 'issuanceDate'] as const
const ENDS = ['validUntil', 'expirationDate'] as const

/** Checks that a credential is valid at this time, its last instant included (VC 2.0, 4.9). */
export function checkDates(credential: JsonObject, now: Date): Check {
  const start = STARTS.map((name) => credential[name]).find((date) => isAhead(date, now))
  if (start !== undefined) {
    const message = `The badge is not valid before ${String(start)}.`
    return failed('dates', { error: 'ERR_OB_NOT_YET_VALID', message })
  }
  const end = ENDS.map((name) => credential[name]).find((date) => isPast(date, now))
  if (end === undefined) return passed('dates', 'The badge is valid at this time.')
  return failed('dates', {
    error: 'ERR_OB_EXPIRED',
    message: `The badge expired on ${String(end)}.`,
  })
}

/** True when a credential is not valid at this time. */
export function isOutside(credential: JsonObject, now: Date): boolean {
  return checkDates(credential, now).outcome === 'failed'
}

function isAhead(date: unknown, now: Date): boolean {
  return date !== undefined && !(isDateTime(date) && toMilliseconds(date) <= now.getTime())
}

function isPast(date: unknown, now: Date): boolean {
  return date !== undefined && !(isDateTime(date) && toMilliseconds(date) >= now.getTime())
}

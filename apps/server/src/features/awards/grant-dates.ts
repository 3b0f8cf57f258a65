import { formatEventTime, parseEventTime } from '@rosette/engine'
import { AppError } from '../../http/app-error.js'
import type { TemplateRow } from '../templates/templates.js'
import type { AwardRow } from './award-repository.js'

type Given = {
  readonly awardedAt?: string | undefined
  readonly expiresAt?: string | null | undefined
}
type Known = {
  readonly now: Date
  readonly template: Pick<TemplateRow, 'expires_after_days'>
  /** The award before this one, if there was any. */
  readonly latest: AwardRow | undefined
}

/** From when to when a badge granted by hand is valid. */
export function datesOf(given: Given, { now, template, latest }: Known) {
  const present = now.getTime() * 1000
  const revoked = micros(latest?.revoked_at) ?? 0
  const awarded = givenAt('awardedAt', given.awardedAt) ?? Math.max(present, revoked + 1)
  if (given.awardedAt !== undefined && awarded > present) {
    throw refused('awardedAt', 'Must not lie in the future.')
  }
  // Badges that build on this one see award and revocation as events, and the later one counts.
  if (awarded <= revoked) {
    throw refused('awardedAt', `Must be later than the revocation at ${latest?.revoked_at}.`)
  }
  const { expiresAt } = given
  const expires = expiresAt == null ? expiresAt : givenAt('expiresAt', expiresAt)
  if (expires != null && expires <= awarded) {
    throw refused('expiresAt', 'Must be later than the award.')
  }
  return {
    awardedAt: formatEventTime(awarded),
    expiresAt:
      expires === undefined
        ? expiry(awarded, template)
        : expires === null
          ? null
          : formatEventTime(expires),
  }
}

function expiry(awarded: number, { expires_after_days: days }: Known['template']): string | null {
  return days === null ? null : formatEventTime(awarded + days * 86_400_000_000)
}

function micros(time: string | null | undefined): number | null {
  return typeof time === 'string' ? parseEventTime(time) : null
}

function givenAt(path: string, time: string | undefined): number | null {
  const at = micros(time)
  if (time === undefined || at !== null) return at
  throw refused(path, 'Must be a time with at most six digits of a second, before the year 2255.')
}

function refused(path: string, reason: string): AppError {
  const faults = [{ path, reason }]
  return new AppError('request-invalid', 'The dates do not fit together.', { faults })
}

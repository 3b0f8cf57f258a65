import { OpenBadgesError } from '../errors.js'
import type { PublishedKey } from '../keys/resolve-key.js'
import { failedBy, passed, skipped, warning } from '../report/checks.js'
import type { Check } from '../report/report.js'

/** The checks of a proof that failed before its key could be looked up. */
export function withoutKey(check: Check): readonly Check[] {
  const message = 'There is no proof whose key could be looked up.'
  return [check, skipped('key', message), skipped('issuer', message)]
}

/** The checks of a proof whose key could not be had. */
export function keyFailed(error: unknown, key: string): readonly Check[] {
  return [
    skipped('proof', 'Without its key the signature cannot be checked.'),
    { ...failedBy('key', error, 'ERR_OB_KEY_UNREACHABLE'), detail: { key } },
    skipped('issuer', 'Without its key nobody can vouch for the badge.'),
  ]
}

/** The check of a key that was found. */
export function keyPassed(key: PublishedKey): Check {
  const message = 'The key that made the signature is published.'
  return passed('key', message, { detail: { key: key.id } })
}

/** True when nothing in a proof's checks speaks against it. */
export function holds(checks: readonly Check[]): boolean {
  return checks.every(({ outcome }) => outcome === 'passed' || outcome === 'warning')
}

/** What to tell about a proof beside the one that counts. */
export function toRemark(checks: readonly Check[]): Check {
  const problem = checks.find(({ outcome }) => outcome === 'failed')
  if (problem === undefined) return passed('proof', 'A further proof holds too.')
  const message = `A further proof does not hold: ${problem.message}`
  return warning('proof', message, { detail: { error: problem.error } })
}

/**
 * Refuses a key that is revoked, or was out of date when the proof was made.
 *
 * A thief can write any date into a proof, so a revoked key is refused whatever `created` says.
 */
export function assertKeyInForce(key: PublishedKey, created: number | undefined, now: Date): void {
  const revoked = key.revoked !== undefined && !(Date.parse(key.revoked) > now.getTime())
  const late = key.expires !== undefined && created !== undefined
  if (revoked || (late && !(Date.parse(String(key.expires)) >= created))) {
    throw new OpenBadgesError('ERR_OB_KEY_REVOKED', 'The key is no longer in force.')
  }
}

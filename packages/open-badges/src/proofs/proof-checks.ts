import { OpenBadgesError } from '../errors.js'
import type { PublishedKey } from '../keys/resolve-key.js'
import { failedBy, passed, skipped, warning } from '../report/checks.js'
import { type Check, toVerdict } from '../report/report.js'

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

/** True when a proof's checks speak for it, and none against it. */
export function holds(checks: readonly Check[]): boolean {
  const isProven = checks.some(({ code, outcome }) => code === 'proof' && outcome === 'passed')
  return isProven && checks.every(({ outcome }) => outcome === 'passed' || outcome === 'warning')
}

/**
 * The checks of the one proof of a set that decides about the badge.
 *
 * That is the first that holds. When none does, a certain refusal outranks an uncertain one: or
 * whoever forged a badge would add a proof that nobody can read, and have "invalid" softened into
 * "unknown". Among equals the one that got furthest says most, whatever junk stands before it.
 */
export function decisiveOf(results: readonly (readonly Check[])[]): readonly Check[] {
  const ranked = [...results].sort((a, b) => rankOf(b) - rankOf(a))
  return results.find(holds) ?? ranked[0] ?? []
}

// More than any proof has checks.
const CERTAIN = 1000

function rankOf(checks: readonly Check[]): number {
  const certain = toVerdict(checks) === 'invalid' ? CERTAIN : 0
  return certain + checks.filter(({ outcome }) => outcome === 'passed').length
}

/**
 * What speaks against the signature of a proof that another one builds on, if anything.
 *
 * Whose key made it does not matter: a witness may sign before the issuer does.
 */
export function problemOfSignature(checks: readonly Check[]): Check | undefined {
  return checks.find(({ code, outcome }) => code !== 'issuer' && outcome === 'failed')
}

/** What to tell about a proof beside the one that counts. */
export function toRemark(checks: readonly Check[]): Check {
  const problem = checks.find(({ outcome }) => outcome === 'failed')
  if (problem === undefined) return passed('proof', 'A further proof holds too.')
  const message = `A further proof does not hold: ${problem.message}`
  return warning('proof', message, { detail: { error: problem.error } })
}

/** How long a key may be used, as it was published. */
type KeyLifetime = { readonly revoked?: unknown; readonly expires?: unknown }

/**
 * Refuses a key that is revoked, or was out of date when the proof was made.
 *
 * A thief can write any date into a proof, so a revoked key is refused whatever `created` says; a
 * proof without a date counts as made now. What is not a date is no reason to trust the key.
 */
export function assertKeyInForce(
  { revoked, expires }: KeyLifetime,
  created: number | undefined,
  now: Date,
): void {
  const isRevoked = isThere(revoked) && !(Date.parse(String(revoked)) > now.getTime())
  const isLate = isThere(expires) && !(Date.parse(String(expires)) >= (created ?? now.getTime()))
  if (isRevoked || isLate) {
    throw new OpenBadgesError('ERR_OB_KEY_REVOKED', 'The key is no longer in force.')
  }
}

// JSON-LD reads null as if the member were absent (JSON-LD 1.1, 4.1).
function isThere(value: unknown): boolean {
  return value !== undefined && value !== null
}

import { type ErrorCode, toOpenBadgesError } from '../errors.js'
import type { Check, CheckCode } from './report.js'

/** The rule behind each check, by the specification that sets it. */
const clauses: Readonly<Record<CheckCode, string>> = {
  parse: 'Open Badges 3.0, 5 Open Badges Document Formats',
  context: 'VC Data Integrity 1.0, Context Validation',
  schema: 'Open Badges 3.0, AchievementCredential',
  proof: 'Data Integrity EdDSA Cryptosuites 1.0, 3.2.2 Verify proof',
  key: 'Controlled Identifiers 1.0, 3.3 Retrieve verification method',
  issuer: 'Controlled Identifiers 1.0, 2.3.2 Assertion',
  status: 'Bitstring Status List 1.0, 3.2 Validate algorithm',
  dates: 'VC Data Model 2.0, 4.9 Validity period',
  recipient: 'Open Badges 3.0, IdentityObject',
  refresh: 'Open Badges 3.0, 9.1 OpenBadgeCredential Verification, step 3',
  endorsement: 'Open Badges 3.0, 9.1 OpenBadgeCredential Verification, step 6',
}

/** A check that found nothing wrong. */
export function passed(code: CheckCode, message: string, more: CheckExtras = {}): Check {
  return { code, outcome: 'passed', message, clause: clauses[code], ...more }
}

/** A check that could not or need not be made. */
export function skipped(code: CheckCode, message: string): Check {
  return { code, outcome: 'skipped', message, clause: clauses[code] }
}

/** Something worth telling that does not count against the badge. */
export function warning(code: CheckCode, message: string, more: CheckExtras = {}): Check {
  return { code, outcome: 'warning', message, clause: clauses[code], ...more }
}

/** A check that found the badge wanting, and how. */
export function failed(
  code: CheckCode,
  problem: { error: ErrorCode; message: string },
  more: CheckExtras = {},
): Check {
  const { error, message } = problem
  return { code, outcome: 'failed', message, clause: clauses[code], error, ...more }
}

/** A failed check from whatever was thrown; `fallback` names it when it has no code of ours. */
export function failedBy(code: CheckCode, thrown: unknown, fallback: ErrorCode): Check {
  const { code: error, message } = toOpenBadgesError(thrown, fallback, messageOf(thrown))
  return failed(code, { error, message })
}

type CheckExtras = { readonly clause?: string; readonly detail?: Check['detail'] & object }

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : 'Something unexpected went wrong.'
}

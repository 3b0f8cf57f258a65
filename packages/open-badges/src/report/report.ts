import type { ErrorCode } from '../errors.js'

/** One thing that verification looks at. */
export type CheckCode =
  | 'parse'
  | 'context'
  | 'schema'
  | 'proof'
  | 'key'
  | 'issuer'
  | 'status'
  | 'dates'
  | 'recipient'
  | 'refresh'
  | 'endorsement'

/** What came of one check; `error` says why in a form that programs can rely on. */
export type Check = {
  readonly code: CheckCode
  /** A warning is worth telling and decides nothing; what is skipped need not or could not be looked at. */
  readonly outcome: 'passed' | 'failed' | 'warning' | 'skipped'
  /** A sentence for people. */
  readonly message: string
  /** The rule behind the check. */
  readonly clause: string
  /** Why it failed; of passed, warning and skipped checks there is none. */
  readonly error?: ErrorCode
  /** What was found, for programs: `issuer`, `key`, `faults`, `remark` and such. */
  readonly detail?: Readonly<Record<string, unknown>>
}

/**
 * The answer in one word.
 *
 * `unknown` is for what could not be established, such as a list that nobody answers for; it is
 * never to be shown as valid.
 */
export type Verdict =
  | 'valid'
  | 'invalid'
  | 'revoked'
  | 'suspended'
  | 'expired'
  | 'not-yet-valid'
  | 'unknown'

/** What kind of badge the content turned out to be. */
export type BadgeKind =
  | 'OpenBadgeCredential 3.0'
  | 'OpenBadgeCredential 3.0 (VC 1.1)'
  | 'OpenBadge JWT'
  | 'ClrCredential 2.0'
  | 'EndorsementCredential 3.0'
  | 'Assertion 2.1'
  | 'Assertion 2.0'
  | 'Assertion 1.1'
  | 'Assertion 1.0'
  | 'Assertion 0.5'
  | 'unrecognised'

/** What a badge claims, for display beside the verdict; only as good as the verdict. */
export type BadgeSummary = {
  readonly id?: string
  /** What to show as its title. */
  readonly name?: string
  readonly description?: string
  /** An address or data URI, as the badge has it; clean an SVG before showing it. */
  readonly image?: string
  /** The id of the Achievement or BadgeClass. */
  readonly achievementId?: string
  readonly achievementName?: string
  /** What an endorsement is about. */
  readonly endorsedId?: string
  /** A page, words in Markdown, or both. */
  readonly criteria?: { readonly id?: string; readonly narrative?: string }
  /** A URI or DID. */
  readonly issuerId?: string
  readonly issuerName?: string
  /** The page of the issuer for people; `issuerId` is what was verified. */
  readonly issuerUrl?: string
  /** The recipient's name, or id, when the badge says it in the clear. */
  readonly recipient?: string
  /** Date-time as written in the badge: `validFrom`, `issuanceDate` or `issuedOn`. */
  readonly validFrom?: string
  /** Date-time as written in the badge: `validUntil`, `expirationDate` or `expires`. */
  readonly validUntil?: string
  readonly awardedDate?: string
  readonly achievementType?: string
  readonly tags?: readonly string[]
  /** The language of the badge's words, such as `en-GB`. */
  readonly language?: string
  readonly evidence?: readonly EvidenceSummary[]
  readonly alignments?: readonly { readonly name: string; readonly url?: string }[]
  readonly results?: readonly ResultSummary[]
}

/** Something that shows the work. */
export type EvidenceSummary = {
  /** Where the work can be seen. */
  readonly id?: string
  readonly name?: string
  readonly narrative?: string
}

/** How well it went: `value` as the issuer wrote it, such as `92`. */
export type ResultSummary = {
  readonly name: string
  /** Or the name of the rubric level that was reached. */
  readonly value?: string
  /** Such as `Completed`. */
  readonly status?: string
}

/** What somebody else says of the badge, what it stands for, or its issuer; and whether that holds. */
export type EndorsementReport = {
  readonly verdict: Verdict
  /** The part of the badge that carries it. */
  readonly about: 'badge' | 'achievement' | 'issuer'
  readonly endorserId?: string
  readonly endorserName?: string
  readonly comment?: string
  readonly checks: readonly Check[]
}

/** Everything verification found out; made for a bad badge as for a good one. */
export type Report = {
  readonly verdict: Verdict
  readonly kind: BadgeKind
  /** Empty when nothing could be read. */
  readonly badge: BadgeSummary
  /** In the order in which they were made. */
  readonly checks: readonly Check[]
  /** The badges inside a learner record, each with its own report (CLR 2.0, ClrSubject). */
  readonly badges?: readonly Report[]
  /** What others say of it, each verified by itself; none of them counts for or against the badge. */
  readonly endorsements?: readonly EndorsementReport[]
}

/** Where verification gets what it needs to know. */
export type VerifyOptions = {
  /**
   * Answers a URL with the JSON behind it: key and issuer documents, status lists, hosted badges.
   * Throws when there is no answer. The URL of a key may carry its fragment. The address of a badge
   * may also be answered with text or with the bytes of an image, that of a status list with a JWT,
   * and that of an older signer's key with its PEM text. An error whose `status` is 410 says that the
   * address is gone: a hosted badge is then revoked (Open Badges 2.0, Hosted Verification), for the
   * `revocationReason` in the `document` of that error, where it has one.
   */
  readonly documents: (url: string) => Promise<unknown>
  /** The time to verify for. */
  readonly now: Date
  /** Whoever claims the badge: an e-mail address, another identifier, or an id; any one will do. */
  readonly recipient?: string | readonly string[] | undefined
}

// What a failed check means for the whole badge; every other code makes it invalid.
const verdictOf: Partial<Record<ErrorCode, Verdict>> = {
  ERR_OB_UNSUPPORTED: 'unknown',
  ERR_OB_CONTEXT_UNKNOWN: 'unknown',
  ERR_OB_SCHEMA_UNREACHABLE: 'unknown',
  ERR_OB_PROOF_UNSUPPORTED: 'unknown',
  ERR_OB_PROOF_BASE: 'unknown',
  ERR_OB_PROOF_EXPIRED: 'expired',
  ERR_OB_KEY_UNREACHABLE: 'unknown',
  ERR_OB_ISSUER_UNREACHABLE: 'unknown',
  ERR_OB_HOSTED_UNREACHABLE: 'unknown',
  ERR_OB_BADGE_CLASS_UNREACHABLE: 'unknown',
  ERR_OB_STATUS_LIST: 'unknown',
  ERR_OB_STATUS_RANGE: 'unknown',
  ERR_OB_STATUS_UNSUPPORTED: 'unknown',
  ERR_OB_STATUS_UNREACHABLE: 'unknown',
  ERR_OB_STATUS_UNTRUSTED: 'unknown',
  ERR_OB_REVOKED: 'revoked',
  ERR_OB_SUSPENDED: 'suspended',
  ERR_OB_EXPIRED: 'expired',
  ERR_OB_NOT_YET_VALID: 'not-yet-valid',
}

// The worst wins. What is certain (a revocation, an end date) outranks what is only unknown.
const severity: readonly Verdict[] = [
  'invalid',
  'revoked',
  'suspended',
  'expired',
  'not-yet-valid',
  'unknown',
]

/** The verdict that a list of checks amounts to. */
export function toVerdict(checks: readonly Check[]): Verdict {
  const verdicts = new Set(checks.filter(isFailed).map(({ error }) => verdictOfError(error)))
  // While nothing proves who said it, an end date or a revocation proves nothing either.
  if (!verdicts.has('invalid') && !isProven(checks)) return 'unknown'
  return severity.find((verdict) => verdicts.has(verdict)) ?? 'valid'
}

function verdictOfError(error: ErrorCode | undefined): Verdict {
  return (error === undefined ? undefined : verdictOf[error]) ?? 'invalid'
}

function isFailed({ outcome }: Check): boolean {
  return outcome === 'failed'
}

function isProven(checks: readonly Check[]): boolean {
  const required: readonly CheckCode[] = ['parse', 'proof', 'issuer']
  return required.every((code) => checks.some((check) => check.code === code && isPassed(check)))
}

function isPassed({ outcome }: Check): boolean {
  return outcome === 'passed'
}

import type { BadgeKind, Check, EndorsementReport, ErrorCode, Verdict } from '@rosette/open-badges'

/** A standard as people call it. */
export const kindWords = {
  'OpenBadgeCredential 3.0': 'Open Badges 3.0',
  'OpenBadgeCredential 3.0 (VC 1.1)': 'Open Badges 3.0, in its first form',
  'OpenBadge JWT': 'Open Badges 3.0, signed as a JWT',
  'ClrCredential 2.0': 'Learner record, CLR 2.0',
  'Assertion 2.1': 'Open Badges 2.1',
  'Assertion 2.0': 'Open Badges 2.0',
  'Assertion 1.1': 'Open Badges 1.1',
  'Assertion 1.0': 'Open Badges 1.0',
  'Assertion 0.5': 'Open Badges 0.5',
  'EndorsementCredential 3.0': 'Endorsement, Open Badges 3.0',
  unrecognised: 'Not an Open Badge',
} satisfies Record<BadgeKind, string>

export const verdictTitles = {
  valid: 'Valid',
  invalid: 'Not valid',
  revoked: 'Revoked',
  suspended: 'Suspended',
  expired: 'Expired',
  'not-yet-valid': 'Not yet valid',
  unknown: 'Could not be checked',
} satisfies Record<Verdict, string>

export const verdictLooks = {
  valid: 'good',
  invalid: 'bad',
  revoked: 'bad',
  suspended: 'bad',
  expired: 'warn',
  'not-yet-valid': 'warn',
  unknown: 'warn',
} as const satisfies Record<Verdict, string>

export const checkNames = {
  parse: 'Badge file',
  context: 'Vocabulary',
  schema: 'Form',
  proof: 'Signature',
  key: 'Key',
  issuer: 'Issuer',
  status: 'Revocation',
  dates: 'Dates',
  recipient: 'Recipient',
  refresh: 'Newer version',
  endorsement: 'Endorsements',
} satisfies Record<Check['code'], string>

export const outcomeWords = {
  passed: 'passed',
  failed: 'failed',
  warning: 'note',
  skipped: 'not checked',
} satisfies Record<Check['outcome'], string>

export const aboutWords = {
  badge: 'about this badge',
  achievement: 'about what it stands for',
  issuer: 'about the issuer',
} satisfies Record<EndorsementReport['about'], string>

const askAgain = 'Ask for the file again as it was downloaded, or for a link.'
const notReadHere =
  'That says nothing against the badge, and nothing for it. Have it checked at the platform that it comes from.'

/** What to do, by the reason for the verdict. */
const remedies: Partial<Record<ErrorCode, string>> = {
  ERR_OB_NOT_BAKED:
    'Screenshots, and pictures that a messenger has made smaller, lose the badge inside. Ask for the file as it was downloaded, or for a link.',
  ERR_OB_JSON:
    'Give the file as it was downloaded, its text from the first to the last character, or the link that came with it.',
  ERR_OB_PNG: askAgain,
  ERR_OB_SVG: askAgain,
  ERR_OB_MALFORMED:
    'Give the badge as its platform hands it out: the file, its text, or the link that came with it.',
  ERR_OB_HOSTED_UNREACHABLE:
    'Open the link yourself to see whether it is right, or give the file of the badge.',
  ERR_OB_SIGNATURE:
    'Something was changed after the issuer had signed it. Ask for the original file; do not rely on this one.',
  ERR_OB_HOSTED_MISMATCH: 'Ask for the badge as it is today, and do not rely on this one.',
  ERR_OB_KEY_NOT_BOUND:
    'Somebody else may be using the name of the issuer. Ask the issuer, in a way that you know already.',
  ERR_OB_PROOF_MISSING: 'Anybody could have written it. Ask for the signed badge.',
  ERR_OB_REVOKED: 'Do not rely on it. Whoever thinks that this is a mistake may ask the issuer.',
  ERR_OB_SUSPENDED: 'Ask the issuer until when.',
  ERR_OB_EXPIRED: 'It was good until then. Ask whether there is a newer one.',
  ERR_OB_NOT_YET_VALID: 'Come back then.',
  ERR_OB_RECIPIENT:
    'See whether the address is written right. People have several: ask for the one at which the badge was awarded.',
  ERR_OB_KEY_REVOKED:
    'The issuer may have signed it again since: ask for the badge as its page hands it out today.',
  ERR_OB_PROOF_BASE: 'That says nothing against the badge.',
  ERR_OB_PROOF_UNSUPPORTED: notReadHere,
  ERR_OB_STATUS_UNSUPPORTED: notReadHere,
  ERR_OB_CONTEXT_UNKNOWN: notReadHere,
  ERR_OB_TOO_LARGE: 'Give a smaller file, or the link of the badge.',
}

const remedyByVerdict = {
  valid: undefined,
  invalid: 'Do not rely on it. Ask whoever gave it to you for the original, or ask the issuer.',
  revoked: remedies.ERR_OB_REVOKED,
  suspended: remedies.ERR_OB_SUSPENDED,
  expired: remedies.ERR_OB_EXPIRED,
  'not-yet-valid': remedies.ERR_OB_NOT_YET_VALID,
  unknown:
    'This says nothing against the badge, and nothing for it. Try again later, or ask the issuer.',
} satisfies Record<Verdict, string | undefined>

/** A sentence on what to do now; undefined where all is well. */
export function remedyFor(verdict: Verdict, error: ErrorCode | undefined): string | undefined {
  return (error === undefined ? undefined : remedies[error]) ?? remedyByVerdict[verdict]
}

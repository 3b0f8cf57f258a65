import type { Report } from '@rosette/open-badges'
import { type Html, html } from '../../http/html.js'
import { icons } from '../../http/html-icons.js'
import { type AwardStatus, statusLine } from '../pages/pages.js'
import { decisiveCheck, isSomebodyElses } from './decisive-check.js'
import { remedyFor, verdictLooks, verdictTitles } from './report-words.js'
import { badgeDate, clip, inWords } from './shown-values.js'

const messages = {
  somebodyElses: 'Somebody else’s',
  noAddress: 'This does not look like an e-mail address, such as ada@example.org. Write it again.',
  badlyMade:
    'The platform of the issuer made it wrongly. Ask the issuer for one that follows the standard.',
  named: 'whom you named',
  noBadge: 'No badge found',
  unreachable: 'Not reached',
  signed: 'Signed by the issuer',
  confirmed: 'Confirmed by its issuer’s site',
}

type Judged = {
  readonly report: Report
  /** How an award of ours stands: we know more of it than the badge says. */
  readonly status?: AwardStatus | undefined
  /** Why there is no badge and what to do, where we know more than the report says. */
  readonly reason?: string | undefined
  readonly remedy?: string | undefined
  /** Whom the reader named. */
  readonly recipient?: string | undefined
}

/** The verdict as an icon, a word, a sentence, and what to do about it. */
export function verdictLine(judged: Judged): Html {
  const remedy = judged.remedy ?? usualRemedy(judged)
  return html`${line(judged)}${remedy !== undefined && html`<p class="remedy">${remedy}</p>`}`
}

function usualRemedy({ report, recipient = '' }: Judged): string | undefined {
  if (isSomebodyElses(report) && !isIdentity(recipient)) return messages.noAddress
  const error = decisiveCheck(report)?.error
  if (error === 'ERR_OB_MALFORMED' && !isNoAward(report)) return messages.badlyMade
  // With the badge at hand, another copy of it helps nobody: its host must confirm it.
  const isAtHand = error === 'ERR_OB_HOSTED_UNREACHABLE' && report.kind !== 'unrecognised'
  return remedyFor(report.verdict, isAtHand ? undefined : error)
}

function isIdentity(text: string): boolean {
  return /^\S+@\S+\.\S+$|^[a-z]+:\S+$|^\+?[\d ()/-]+$/i.test(text)
}

function line({ report, status, reason, recipient }: Judged): Html {
  const { verdict, badge } = report
  const isKnown = status !== undefined && status.is === verdict && isVouchedFor(report)
  if (isKnown && verdict !== 'valid') return statusLine(status, badge.issuerName ?? '')
  const { look, title } = titleOf(report)
  return html`<p class="status ${look}">${icons[look]}<span><strong>${title}</strong>${reason ?? sentence(report, recipient)}</span></p>`
}

/** The verdict in a word or two, with the look that goes with it. */
export function titleOf(report: Report) {
  const { verdict } = report
  const isUnreachable = decisiveCheck(report)?.error === 'ERR_OB_HOSTED_UNREACHABLE'
  if (isSomebodyElses(report)) return { look: 'bad', title: messages.somebodyElses } as const
  if (isNoAward(report)) {
    const title = isUnreachable ? messages.unreachable : messages.noBadge
    return { look: 'warn', title } as const
  }
  return { look: verdictLooks[verdict], title: verdictTitles[verdict] } as const
}

function sentence(report: Report, recipient: string | undefined): Html {
  const { verdict, badge } = report
  const { validFrom, validUntil } = badge
  if (verdict === 'valid') return html`${whyValid(report)}${inside(report)}`
  if (isSomebodyElses(report)) {
    return html`The badge is real, but it was not given to <b>${clip(recipient ?? messages.named, 300)}</b>.`
  }
  if (verdict === 'expired' && validUntil !== undefined) {
    return html`This badge was valid until ${badgeDate(validUntil)}.`
  }
  if (verdict === 'not-yet-valid' && validFrom !== undefined) {
    return html`This badge is valid from ${badgeDate(validFrom)} on.`
  }
  return html`${inWords(decisiveCheck(report)?.message ?? 'Not everything could be checked.', 600)}`
}

// Says no more than was checked: a badge without a list of revoked ones cannot be taken back at all.
function whyValid({ kind, badge, checks }: Report): string {
  const passed = (code: string) =>
    checks.some((check) => check.code === code && check.outcome === 'passed')
  const isSigned = !kind.startsWith('Assertion') || passed('key')
  const who = isSigned ? messages.signed : messages.confirmed
  const ends = badge.validUntil !== undefined
  if (passed('status'))
    return ends ? `${who}, not revoked, not expired.` : `${who}, not revoked; it does not expire.`
  return ends
    ? `${who}, not expired; it cannot be revoked.`
    : `${who}; it can neither expire nor be revoked.`
}

// A record may be sound while what stands in it is not.
function inside({ badges = [] }: Report): string {
  const bad = badges.filter(({ verdict }) => verdict !== 'valid').length
  if (bad === 0) return ''
  return ` But of the ${badges.length} badges in it, ${bad} ${bad === 1 ? 'is' : 'are'} not.`
}

/** Whether there is nothing to show: no badge at all, or a document that is about no award. */
export function isNoAward({ kind, checks }: Report): boolean {
  const schema = checks.find(({ code, outcome }) => code === 'schema' && outcome === 'failed')
  // What is of another type has no faults of its own: nobody looked for any.
  const faults = schema?.detail?.['faults']
  return kind === 'unrecognised' || (Array.isArray(faults) && faults.length === 0)
}

/** Whether it is really the issuer's: before that, what a badge says of itself leads nowhere. */
export function isVouchedFor({ checks }: Report): boolean {
  return (['proof', 'issuer'] as const).every((code) =>
    checks.some((check) => check.code === code && check.outcome === 'passed'),
  )
}

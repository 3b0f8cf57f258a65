import type { Report } from '@rosette/open-badges'
import { type Html, html } from '../../http/html.js'
import { icons } from '../../http/html-icons.js'
import { type AwardStatus, statusLine } from '../pages/pages.js'
import { decisiveCheck, isSomebodyElses } from './decisive-check.js'
import { remedyFor, verdictLooks, verdictTitles } from './report-words.js'
import { badgeDate, clip } from './shown-values.js'

const messages = {
  somebodyElses: 'Somebody else’s',
  noBadge: 'No badge found',
  unreachable: 'Not reached',
}

type Judged = {
  readonly report: Report
  /** How an award of ours stands: we know more of it than the badge says. */
  readonly status?: AwardStatus | undefined
}

/** The verdict as an icon, a word, a sentence, and what to do about it. */
export function verdictLine({ report, status }: Judged): Html {
  const decisive = decisiveCheck(report)
  const remedy = remedyFor(report.verdict, decisive?.error)
  return html`${line({ report, status })}${remedy !== undefined && html`<p class="remedy">${remedy}</p>`}`
}

function line({ report, status }: Judged): Html {
  const { verdict, badge } = report
  const isKnown = status !== undefined && status.is === verdict && isVouchedFor(report)
  if (isKnown && verdict !== 'valid') return statusLine(status, badge.issuerName ?? '')
  const { look, title } = titleOf(report)
  return html`<p class="status ${look}">${icons[look]}<span><strong>${title}</strong>${sentence(report)}</span></p>`
}

function titleOf(report: Report) {
  const { verdict, kind } = report
  const isUnreachable = decisiveCheck(report)?.error === 'ERR_OB_HOSTED_UNREACHABLE'
  if (isSomebodyElses(report)) return { look: 'bad', title: messages.somebodyElses } as const
  if (kind === 'unrecognised') {
    const title = isUnreachable ? messages.unreachable : messages.noBadge
    return { look: 'warn', title } as const
  }
  return { look: verdictLooks[verdict], title: verdictTitles[verdict] } as const
}

function sentence(report: Report): Html {
  const { verdict, badge } = report
  const { validFrom, validUntil } = badge
  if (verdict === 'valid') return html`${whyValid(report)}`
  if (isSomebodyElses(report)) {
    return html`The badge is real, but it was not given to whom you named.`
  }
  if (verdict === 'expired' && validUntil !== undefined) {
    return html`This badge was valid until ${badgeDate(validUntil)}.`
  }
  if (verdict === 'not-yet-valid' && validFrom !== undefined) {
    return html`This badge is valid from ${badgeDate(validFrom)} on.`
  }
  return html`${clip(decisiveCheck(report)?.message ?? 'Not everything could be checked.', 600)}`
}

// Says no more than was checked: a badge without a list cannot be taken back at all.
function whyValid({ kind, badge, checks }: Report): string {
  const passed = (code: string) =>
    checks.some((check) => check.code === code && check.outcome === 'passed')
  const isSigned = !kind.startsWith('Assertion') || passed('key')
  const parts = [
    isSigned ? 'Signed by the issuer' : 'Confirmed by its issuer’s site',
    passed('status') ? 'not revoked' : 'with no way to revoke it',
    badge.validUntil === undefined ? 'without an end date' : 'not expired',
    ...(passed('recipient') ? ['and given to whom you named'] : []),
  ]
  return `${parts.join(', ')}.`
}

/** Whether it is really the issuer's: before that, what a badge says of itself leads nowhere. */
export function isVouchedFor({ checks }: Report): boolean {
  return (['proof', 'issuer'] as const).every((code) =>
    checks.some((check) => check.code === code && check.outcome === 'passed'),
  )
}

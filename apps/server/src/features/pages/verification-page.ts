import type { Report } from '@rosette/open-badges'
import { type Html, html } from '../../http/html.js'
import { icons } from '../../http/html-icons.js'
import { page } from '../../http/html-page.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { awardStatus } from './award-status.js'
import type { AwardView } from './page-views.js'
import { statusLine } from './status-line.js'

type Check = Report['checks'][number]

const messages = {
  title: 'Is this badge real?',
  back: 'Back to the badge',
  again: 'Check again',
  json: 'Report as JSON',
  found: 'What was checked',
  nobodyAsked:
    'The badge names its learner by a hash of the e-mail address. It was not compared with anybody.',
  self: 'Checked just now by this site, from the signed text of the badge. Any other verifier of Open Badges 3.0 can do the same with the image or the credential.',
  verdicts: {
    valid: 'Valid: signed by the issuer, not revoked, not expired.',
    invalid: 'Not valid: the badge is not what the issuer signed.',
    revoked: 'Revoked: the issuer took this badge back.',
    suspended: 'Suspended: the issuer says that this badge does not count for now.',
    expired: 'Expired: the badge was good until its end date.',
    'not-yet-valid': 'Not yet valid: the badge begins later.',
    unknown: 'Unknown: not everything could be checked. Try again later.',
  } satisfies Record<Report['verdict'], string>,
  checks: {
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
  } satisfies Record<Check['code'], string>,
  outcomes: {
    passed: 'passed',
    failed: 'failed',
    warning: 'note',
    skipped: 'not checked',
  } satisfies Record<Check['outcome'], string>,
}

const looks = {
  passed: { icon: icons.good, colour: 'good' },
  failed: { icon: icons.bad, colour: 'bad' },
  warning: { icon: icons.warn, colour: 'warn' },
  skipped: { icon: icons.skipped, colour: 'soft' },
} satisfies Record<Check['outcome'], object>

type Shown = { readonly award: AwardView; readonly report: Report; readonly now: Date }

/** What our own verifier found, in plain words, the failures first. */
export function verificationPage({ award, report, now }: Shown, urls: PublicUrls): Html {
  const local = urls.local(urls.assertion(award.awardId))
  const checks = [...report.checks].sort((a, b) => rank(a) - rank(b))
  const main = html`
<section class="card">
<p class="kicker">${award.name} · ${award.issuerName}</p>
<h1>${messages.title}</h1>
${verdictLine(award, report, now)}
<p class="soft">${messages.self}</p>
<div class="buttons"><a class="button main" href="${local}">${messages.back}</a>
<a class="button" href="${local}/verification">${messages.again}</a>
<a class="button" href="${local}/verification?format=json">${messages.json}</a></div>
</section>
<section class="card"><h2>${messages.found}</h2><ul class="checks">${checks.map(checkItem)}</ul></section>`
  return page({
    title: `${messages.title} ${award.name}`,
    main,
    home: urls.local(urls.start),
  })
}

function rank({ outcome }: Check): number {
  return outcome === 'failed' ? 0 : outcome === 'warning' ? 1 : 2
}

// Of a revocation or an end date we know more than the badge says: why and when.
function verdictLine(award: AwardView, { verdict }: Report, now: Date): Html {
  const status = awardStatus(award, now)
  if (verdict === status.is) return statusLine(status, award.issuerName)
  const bad = verdict === 'invalid' || verdict === 'revoked' || verdict === 'suspended'
  const [title = '', text = ''] = messages.verdicts[verdict].split(': ')
  const look = verdict === 'valid' ? 'good' : bad ? 'bad' : 'warn'
  return html`<p class="status ${look}">${icons[look]}<span><strong>${title}</strong>${text}</span></p>`
}

function checkItem({ code, outcome, message, clause, detail }: Check): Html {
  const { icon, colour } = looks[outcome]
  const nobodyAsked = code === 'recipient' && outcome === 'skipped'
  return html`<li><span class="${colour}">${icon}</span><div><strong>${messages.checks[code]}</strong>: <span class="${colour}">${messages.outcomes[outcome]}</span><br>${nobodyAsked ? messages.nobodyAsked : message}${addressesIn(detail).map((address) => html`<br><span class="rule">${address}</span>`)}<br><span class="rule">${clause}</span></div></li>`
}

// Whose key, whose list: for those who want to look it up, small beside the sentence.
function addressesIn(detail: Check['detail']): readonly string[] {
  const texts = Object.values(detail ?? {}).filter((value) => typeof value === 'string')
  return texts.filter((text) => /^(https?|did):/.test(text))
}

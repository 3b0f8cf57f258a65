import type { Report } from '@rosette/open-badges'
import { type Html, html } from '../../http/html.js'
import { icons, rosetteMark } from '../../http/html-icons.js'
import { renderMarkdown } from '../pages/pages.js'
import { isSomebodyElses } from './decisive-check.js'
import { kindWords } from './report-words.js'
import { clip, strangersLink } from './shown-values.js'

const messages = {
  nameless: 'A badge without a name',
  unnamed: 'A badge whose name is not known',
  by: 'by',
  criteria: 'What it took',
  noCriteria: 'The badge does not say what it took.',
  criteriaPage: 'The issuer’s page about it',
  yes: 'Yes: this badge was given to',
  no: 'No: this badge was not given to',
  incomparable: 'This badge could not be compared with',
}

/** Markdown is read at a cost; more of it than this is cut off. */
const mostCriteria = 10_000

type Hero = {
  readonly report: Report
  readonly picture: string | undefined
  readonly verdict: Html
  readonly recipient: string | undefined
  readonly buttons: Html
}

/** The badge at a glance: picture, name, issuer, standard, verdict, and whether it is theirs. */
export function badgeHero({ report, picture, verdict, recipient, buttons }: Hero): Html {
  const { badge, kind, verdict: outcome } = report
  // Older badges have their name at an address of their own, which may not have answered.
  const nameless = outcome === 'unknown' ? messages.unnamed : messages.nameless
  const name = clip(badge.achievementName ?? badge.name ?? nameless, 300)
  return html`<section class="card hero">
${pictureOf(picture, name)}
<div>
<p class="kicker">${kindWords[kind]}</p>
<h2 class="name"${languageOf(report)}>${name}</h2>
${issuerLine(badge)}
${verdict}
${recipient !== undefined && !isSomebodyElses(report) && belongs(report, recipient)}
<div class="buttons">${buttons}</div>
</div>
</section>`
}

/** What the badge is given for, in the issuer's words. */
export function criteriaCard(report: Report): Html | false {
  const { description, criteria } = report.badge
  const { narrative, id } = criteria ?? {}
  const isSilent = narrative === undefined && id === undefined
  if (isSilent && description === undefined && report.verdict === 'unknown') return false
  return html`<section class="card prose"><h2>${messages.criteria}</h2>
${description !== undefined && html`<p${languageOf(report)}>${clip(description, 3000)}</p>`}
${narrative !== undefined && html`<div${languageOf(report)}>${renderMarkdown(clip(narrative, mostCriteria))}</div>`}
${id !== undefined && html`<p>${strangersLink(id, messages.criteriaPage)}<br><span class="rule">${clip(id, 300)}</span></p>`}
${isSilent && html`<p class="soft">${messages.noCriteria}</p>`}</section>`
}

function pictureOf(picture: string | undefined, name: string): Html {
  if (picture === undefined) return html`<div class="tile">${rosetteMark}</div>`
  return html`<img class="picture" src="${picture}" alt="${`Badge: ${name}`}" width="240" height="240">`
}

function issuerLine({ issuerName, issuerId, issuerUrl }: Report['badge']): Html | false {
  // The id is what the key was checked against; a web address anybody can claim.
  const address = issuerId ?? issuerUrl
  if (issuerName === undefined && address === undefined) return false
  const name = clip(issuerName ?? address ?? '', 200)
  return html`<p class="facts">${messages.by} <b>${name}</b>${
    issuerName !== undefined &&
    address !== undefined &&
    html`<br><span class="rule">${strangersLink(address)}</span>`
  }</p>`
}

function belongs({ checks }: Report, recipient: string): Html {
  const outcome = checks.find(({ code }) => code === 'recipient')?.outcome
  const [look, words] =
    outcome === 'passed'
      ? (['good', messages.yes] as const)
      : outcome === 'failed'
        ? (['bad', messages.no] as const)
        : (['warn', messages.incomparable] as const)
  return html`<p class="belongs ${look}">${icons[look]}<span>${words} <b>${clip(recipient, 300)}</b>.</span></p>`
}

function languageOf({ badge: { language } }: Report): Html | false {
  const isTag = language !== undefined && /^[a-z]{2,8}(-[a-z0-9]{1,8})*$/i.test(language)
  return isTag && html` lang="${language}"`
}

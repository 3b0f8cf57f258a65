import type { EndorsementReport, Report } from '@rosette/open-badges'
import { type Html, html } from '../../http/html.js'
import { icons } from '../../http/html-icons.js'
import type { AwardStatus } from '../pages/pages.js'
import { badgeHero, criteriaCard } from './badge-card.js'
import { badgeFacts } from './badge-facts.js'
import { checkList } from './check-list.js'
import { decisiveCheck, isSomebodyElses } from './decisive-check.js'
import type { Asked } from './inquiry.js'
import { aboutWords, kindWords, verdictLooks, verdictTitles } from './report-words.js'
import { clip, inWords } from './shown-values.js'
import { verdictLine } from './verdict-line.js'

const messages = {
  says: 'What it says',
  claims: 'What it claims',
  unproven: 'As long as the checks do not hold, nobody vouches for this.',
  found: 'What was checked',
  badges: 'Badges in this record',
  endorsements: 'What others say',
  endorsementsAbout: 'Endorsements count neither for nor against the badge.',
  nameless: 'Without a name',
  asked: 'Addresses that were asked',
  askedAbout: 'These servers learned that somebody checks this badge, but not who.',
  answered: 'answered',
  json: 'Report as JSON',
}

/** A report for people, with whatever is known beside it. */
export type Shown = {
  readonly report: Report
  /** A data URI, or an address of ours. */
  readonly picture?: string | undefined
  /** Whom the reader named. */
  readonly recipient?: string | undefined
  readonly status?: AwardStatus | undefined
  readonly asked?: readonly Asked[]
  readonly buttons: Html
  /** Where the report is as JSON; in the page itself unless it is said. */
  readonly jsonAddress?: string
}

/** The one way in which this site shows a report. */
export function reportView({ report, asked = [], status, ...shown }: Shown): Html {
  const { picture, recipient } = shown
  const buttons = html`${shown.buttons}${jsonButton(report, shown.jsonAddress)}`
  const { kind, badges = [], endorsements = [] } = report
  const verdict = verdictLine({ report, status, recipient })
  return html`${badgeHero({ report, picture, verdict, recipient, buttons })}
${badges.length > 0 && badgesCard(badges)}
<div class="grid two">
<section class="card"><h2>${messages.found}</h2>${checkList(report)}</section>
<div>
${kind !== 'ClrCredential 2.0' && criteriaCard(report)}
${factsCard(report)}
${endorsements.length > 0 && endorsementCard(endorsements)}
${asked.length > 0 && askedCard(asked)}
</div>
</div>`
}

/** What is left to show when there is no badge in it. */
export function emptyReportView({ asked = [] }: Pick<Shown, 'asked'>): Html {
  return html`${asked.length > 0 && askedCard(asked)}`
}

function factsCard(report: Report): Html {
  const { verdict, badge } = report
  const isBad = verdict === 'unknown' || (verdict === 'invalid' && !isSomebodyElses(report))
  return html`<section class="card"><h2>${isBad ? messages.claims : messages.says}</h2>${
    isBad && html`<p class="soft">${messages.unproven}</p>`
  }${badgeFacts(badge)}</section>`
}

function badgesCard(badges: readonly Report[]): Html {
  return html`<section class="card"><h2>${messages.badges} (${badges.length})</h2><ul class="verdicts cards">${badges.map(innerBadge)}</ul></section>`
}

function innerBadge(report: Report): Html {
  const { badge, kind } = report
  const name = badge.achievementName ?? badge.name ?? messages.nameless
  return html`<li><h3>${clip(name, 200)}</h3><p class="soft">${clip(badge.issuerName ?? '', 200)} <span class="rule">${kindWords[kind]}</span></p>${mark(report)}</li>`
}

function endorsementCard(endorsements: readonly EndorsementReport[]): Html {
  return html`<section class="card"><h2>${messages.endorsements}</h2><p class="soft">${messages.endorsementsAbout}</p><ul class="verdicts">${endorsements
    .slice(0, 50)
    .map(endorsementItem)}</ul></section>`
}

function endorsementItem(endorsement: EndorsementReport): Html {
  const { endorserName, endorserId, about, comment } = endorsement
  const name = endorserName ?? endorserId ?? messages.nameless
  return html`<li><h3>${clip(name, 200)}</h3><p class="soft">${aboutWords[about]}</p>${
    comment !== undefined && html`<blockquote>${clip(comment, 1000)}</blockquote>`
  }${mark(endorsement)}</li>`
}

function mark(judged: Pick<Report, 'verdict' | 'checks'>): Html {
  const look = verdictLooks[judged.verdict]
  const why = decisiveCheck(judged)?.message
  return html`<p class="mark ${look}">${icons[look]}<span><b>${verdictTitles[judged.verdict]}</b>${why !== undefined && html` ${inWords(why, 300)}`}</span></p>`
}

function askedCard(asked: readonly Asked[]): Html {
  const isOpen = asked.some(({ problem }) => problem !== undefined)
  return html`<details class="card"${isOpen && ' open'}><summary><h2>${messages.asked} (${asked.length})</h2></summary><p class="soft">${messages.askedAbout}</p><ul class="asked">${asked.map(
    ({ url, problem }) =>
      html`<li><span class="rule">${clip(url, 300)}</span><br><span class="${problem === undefined ? 'good' : 'bad'}">${problem === undefined ? messages.answered : clip(problem, 300)}</span></li>`,
  )}</ul></details>`
}

// In the page itself: nothing of a stranger's badge is kept here from which it could be fetched again.
function jsonButton(report: Report, address = dataUri(report)): Html {
  return html`<a class="button" href="${address}" download="report.json">${messages.json}</a>`
}

function dataUri(report: Report): string {
  const text = JSON.stringify(report, null, 2)
  return `data:application/json;base64,${Buffer.from(text).toString('base64')}`
}

import type { BadgeSummary, EvidenceSummary, ResultSummary } from '@rosette/open-badges'
import { type Html, html } from '../../http/html.js'
import { chips } from '../pages/pages.js'
import { badgeDate, clip, firstOf, strangersLink } from './shown-values.js'

const messages = {
  recipient: 'Recipient',
  awarded: 'Awarded on',
  from: 'Valid from',
  until: 'Valid until',
  noEnd: 'no end date',
  skills: 'Skills',
  evidence: 'Evidence',
  results: 'Results',
  alignments: 'Stands in these frameworks',
  type: 'Kind of achievement',
  language: 'Language',
  more: (count: number) => `and ${count} more`,
}

const most = 40

/** What a badge says about the award, line by line; what it does not say is left out. */
export function badgeFacts(badge: BadgeSummary): Html {
  const { tags = [], evidence = [], results = [], alignments = [] } = badge
  return html`<dl>
${fact(messages.recipient, badge.recipient && html`${clip(badge.recipient, 300)}`)}
${fact(messages.awarded, badge.awardedDate && badgeDate(badge.awardedDate))}
${fact(messages.from, badge.validFrom && badgeDate(badge.validFrom))}
${fact(messages.until, badge.validUntil === undefined ? html`${messages.noEnd}` : badgeDate(badge.validUntil))}
${fact(messages.results, list(results, resultItem))}
${fact(messages.skills, tags.length > 0 && chips(tags.slice(0, most).map((tag) => clip(tag, 80))))}
${fact(messages.evidence, list(evidence, evidenceItem))}
${fact(
  messages.alignments,
  list(alignments, ({ name, url }) => named(name, url)),
)}
${fact(messages.type, badge.achievementType && html`${clip(badge.achievementType, 100)}`)}
</dl>`
}

function fact(name: string, value: Html | string | false | undefined): Html | false {
  if (value === undefined || value === '' || value === false) return false
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`
}

function list<Item>(items: readonly Item[], draw: (item: Item) => Html): Html | false {
  const { shown, more } = firstOf(items, most)
  if (shown.length === 0) return false
  return html`<ul>${shown.map((item) => html`<li>${draw(item)}</li>`)}${more > 0 && html`<li>${messages.more(more)}</li>`}</ul>`
}

function evidenceItem({ id, name, narrative }: EvidenceSummary): Html {
  const label = name ?? (id === undefined ? '' : id)
  return html`${named(label, id)}${narrative !== undefined && html`${label !== '' && html`<br>`}<span class="soft">${clip(narrative, 1000)}</span>`}`
}

function resultItem({ name, value, status }: ResultSummary): Html {
  const words = [value, status].filter((word) => word !== undefined).join(', ')
  return html`${clip(name, 200)}${words !== '' && html`: <b>${clip(words, 200)}</b>`}`
}

function named(name: string, url: string | undefined): Html {
  return url === undefined ? html`${clip(name, 300)}` : strangersLink(url, name)
}

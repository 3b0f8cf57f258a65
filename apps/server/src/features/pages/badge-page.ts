import { type Html, html } from '../../http/html.js'
import { icons } from '../../http/html-icons.js'
import type { Page } from '../../http/html-page.js'
import { dateTag, plural } from '../../http/html-words.js'
import { toPage } from '../../http/paging.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { toAlignment } from '../credentials/credentials.js'
import { renderMarkdown } from './markdown.js'
import { type Earner, earnersOnPage } from './own-award-views.js'
import type { BadgePageView } from './page-views.js'
import { chips } from './parts.js'

const messages = {
  kicker: 'A badge to earn',
  noLongerKicker: 'Open Badge',
  by: 'by',
  criteria: 'What it takes',
  noCriteria: 'The issuer has not described what it takes.',
  skills: 'Skills',
  towards: 'Counts towards',
  endorsed: 'Endorsed by',
  nobody: 'Nobody has earned it yet.',
  earned: { one: 'Earned by {n} person.', other: 'Earned by {n} people.' },
  earnedBy: 'Earned by',
  unnamed: 'A learner',
  more: 'Earlier ones',
  first: 'The latest ones',
  archived: { title: 'No longer awarded', text: 'Badges that were earned remain valid.' },
}

type Earned = { readonly earners: readonly Earner[]; readonly isFirst: boolean }

/** The page of a badge: what it takes, who issues it, how many have it. */
export function badgePage(badge: BadgePageView, shown: Earned, urls: PublicUrls): Page {
  const url = urls.badge(badge.templateId)
  const kicker = badge.state === 'active' ? messages.kicker : messages.noLongerKicker
  const earned = badge.earned === 0 ? messages.nobody : plural(badge.earned, messages.earned)
  const towards = badge.alignments.flatMap(toAlignment)
  const isWide = badge.tags.length > 0 || towards.length > 0 || badge.endorsements.length > 0
  const main = html`
<article>
<section class="card hero">
<img class="picture" src="${urls.local(url)}/image?for=page" alt="${`Badge: ${badge.name}`}" width="320" height="320">
<div>
<p class="kicker">${kicker}</p>
<h1>${badge.name}</h1>
<p class="facts">${messages.by} <a href="${urls.local(urls.issuerPage(badge.issuerId))}">${badge.issuerName}</a></p>
${badge.state === 'archived' && archivedLine()}
${badge.description !== '' && html`<p>${badge.description}</p>`}
<p class="facts"><b>${earned}</b></p>
</div>
</section>
<div class="grid${isWide && ' two'}">
<section class="card prose"><h2>${messages.criteria}</h2>
${badge.criteria === '' ? html`<p class="soft">${messages.noCriteria}</p>` : renderMarkdown(badge.criteria)}</section>
${badge.tags.length > 0 && html`<section class="card"><h2>${messages.skills}</h2>${chips(badge.tags)}</section>`}
${towards.length > 0 && html`<section class="card"><h2>${messages.towards}</h2>${alignmentList(towards)}</section>`}
${badge.endorsements.length > 0 && html`<section class="card"><h2>${messages.endorsed}</h2>${endorsementList(badge)}</section>`}
</div>
${earnerList(badge, shown, urls)}
</article>`
  return {
    title: `${badge.name}, ${messages.by} ${badge.issuerName}`,
    main,
    listed: badge.state === 'active',
    preview: {
      url,
      description: badge.description || `${kicker}, ${messages.by} ${badge.issuerName}.`,
      image: `${url}/image?type=png&fmt=wide`,
      imageText: `Badge: ${badge.name}`,
      isWide: true,
    },
  }
}

function earnerList(
  badge: BadgePageView,
  { earners, isFirst }: Earned,
  urls: PublicUrls,
): Html | false {
  if (earners.length === 0 && isFirst) return false
  const url = urls.local(urls.badge(badge.templateId))
  const { rows, next } = toPage(earners, earnersOnPage, (each) => [each.awardedAt, each.awardId])
  return html`<section class="card" id="earners"><h2>${messages.earnedBy}</h2>
<ul class="earners">${rows.map(
    ({ awardId, awardedAt, learnerName }) =>
      html`<li><a href="${urls.local(urls.assertion(awardId))}">${learnerName ?? messages.unnamed}</a> <span class="soft">${dateTag(awardedAt)}</span></li>`,
  )}</ul>
${(next !== null || !isFirst) && html`<p class="buttons">${!isFirst && html`<a class="button" href="${url}#earners">${messages.first}</a>`}${next !== null && html`<a class="button" href="${url}?after=${next}#earners">${messages.more}</a>`}</p>`}
</section>`
}

function archivedLine(): Html {
  const { title, text } = messages.archived
  return html`<p class="status warn">${icons.warn}<span><strong>${title}</strong>${text}</span></p>`
}

function alignmentList(towards: ReturnType<typeof toAlignment>): Html {
  return html`<ul>${towards.map(({ targetName, targetUrl, targetDescription, ...more }) => {
    const beside = [more.targetFramework, more.targetCode].filter((text) => text !== undefined)
    return html`<li><a href="${targetUrl}" rel="nofollow noopener ugc">${targetName}</a>${
      beside.length > 0 && html` <span class="soft">${beside.join(', ')}</span>`
    }${targetDescription !== undefined && html`<br><span class="soft">${targetDescription}</span>`}</li>`
  })}</ul>`
}

function endorsementList({ endorsements }: BadgePageView): Html {
  return html`<ul>${endorsements.map(({ by, comment }) => html`<li><strong>${by}</strong>: ${comment}</li>`)}</ul>`
}

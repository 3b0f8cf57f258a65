import { html } from '../../http/html.js'
import type { Page } from '../../http/html-page.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { awardStatus } from './award-status.js'
import type { AwardView } from './page-views.js'
import { statusLine } from './status-line.js'

const messages = { by: 'by', awardedTo: 'Awarded to', check: 'See and check this badge' }

type With = { readonly urls: PublicUrls; readonly now: Date }

/** A card of one award, to stand in a page of somebody else; what it leads to opens outside of it. */
export function embeddedAward(award: AwardView, { urls, now }: With): Page {
  const url = urls.assertion(award.awardId)
  const local = urls.local(url)
  const { name, issuerName, learnerName } = award
  const main = html`<article class="card embed">
<img class="picture" src="${local}/image?for=page" alt="${`Badge: ${name}`}" width="112" height="112">
<div><h1>${name}</h1>
<p class="facts">${messages.by} ${issuerName}${learnerName !== null && html`. ${messages.awardedTo} <b>${learnerName}</b>`}</p>
${statusLine(awardStatus(award, now), issuerName)}
<p><a href="${url}?share=embed" target="_blank" rel="noopener">${messages.check}</a></p></div>
</article>`
  return { title: `${name}, ${messages.by} ${issuerName}`, main, isFramed: true }
}

import { toIri } from '../../http/badge-text.js'
import { type Html, html } from '../../http/html.js'
import type { Page } from '../../http/html-page.js'
import { plural } from '../../http/html-words.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { type IssuerView, type ListedBadge, maxListed } from './page-views.js'

const messages = {
  kicker: 'Issuer of badges',
  badges: 'Badges',
  none: 'There is no badge to earn here at the moment.',
  count: { one: '{n} badge to earn', other: '{n} badges to earn' },
  more: `The first ${maxListed} badges are shown.`,
}

/** The page of an issuer with the badges that can be earned. */
export function issuerPage(
  issuer: IssuerView,
  badges: readonly ListedBadge[],
  urls: PublicUrls,
): Page {
  const url = urls.issuerPage(issuer.issuerId)
  const website = toIri(issuer.issuerUrl)
  const description = issuer.issuerDescription ?? ''
  const main = html`
<section class="card hero">
<img class="picture" src="${urls.local(url)}/image?for=page" alt="" width="320" height="320">
<div>
<p class="kicker">${messages.kicker}</p>
<h1>${issuer.issuerName}</h1>
${website !== undefined && html`<p class="facts"><a href="${website}" rel="noopener">${new URL(website).host}</a></p>`}
${description !== '' && html`<p>${description}</p>`}
</div>
</section>
<section class="card"><h2>${badges.length === 0 ? messages.badges : plural(badges.length, messages.count)}</h2>
${badges.length === 0 ? html`<p class="soft">${messages.none}</p>` : badgeList(badges, urls)}
${badges.length === maxListed && html`<p class="soft">${messages.more}</p>`}
</section>`
  return {
    title: issuer.issuerName,
    main,
    listed: true,
    preview: {
      url,
      description: description || messages.kicker,
      image: `${url}/image`,
      imageText: issuer.issuerName,
    },
  }
}

function badgeList(badges: readonly ListedBadge[], urls: PublicUrls): Html {
  return html`<ul class="badges">${badges.map(({ templateId, name, description }) => {
    const href = urls.local(urls.badge(templateId))
    return html`<li><a href="${href}"><img src="${href}/image?for=page" alt="" width="72" height="72" loading="lazy"><span><strong>${name}</strong><span class="soft">${shortened(description)}</span></span></a></li>`
  })}</ul>`
}

function shortened(text: string): string {
  return text.length <= 90 ? text : `${text.slice(0, 88).trimEnd()}…`
}

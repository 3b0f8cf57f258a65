import type { BackpackStatus } from '@rosette/contract/backpack'
import { type Html, html } from '../../http/html.js'
import { icons } from '../../http/html-icons.js'
import type { Page } from '../../http/html-page.js'
import { dateTag, plural } from '../../http/html-words.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { renderMarkdown } from '../pages/pages.js'
import type { Collected } from './collection-json.js'
import type { SharedCollection } from './create-collections.js'

const messages = {
  kicker: 'Collection of badges',
  by: 'by',
  of: 'Put together by',
  count: { one: '{n} badge', other: '{n} badges' },
  none: 'There is no badge to see here at the moment.',
  all: 'See the whole collection',
}

const marks: Partial<Record<BackpackStatus, Html>> = {
  valid: html`<p class="mark good">${icons.good}<span>Valid</span></p>`,
  expired: html`<p class="mark warn">${icons.warn}<span>Expired</span></p>`,
  'being-issued': html`<p class="mark warn">${icons.waiting}<span>Being issued</span></p>`,
  unknown: html`<p class="mark warn">${icons.warn}<span>Could not be checked lately</span></p>`,
}

type Shown = {
  readonly collection: SharedCollection
  readonly url: string
  readonly urls: PublicUrls
}

/** The page of a collection, for whoever has its link. */
export function collectionPage({ collection, url, urls }: Shown): Page {
  const { name, description, owner, badges } = collection
  const count = plural(badges.length, messages.count)
  const main = html`<article>
<header class="card prose"><p class="kicker">${messages.kicker}</p><h1>${name}</h1>
${description !== '' && renderMarkdown(description)}
<p class="facts">${owner !== null && html`${messages.of} <b>${owner}</b>. `}${count}.</p></header>
<section class="card">${cards(badges, (page) => html`href="${`${urls.local(page)}?share=collection`}"`)}</section>
</article>`
  return {
    title: owner === null ? name : `${name}, ${messages.by} ${owner}`,
    main,
    // Whoever made it gives its link to whom they want to.
    listed: false,
    preview: {
      url,
      description: previewText(collection, count),
      image: `${url}/image`,
      imageText: `${name}: ${count}`,
      isWide: true,
      oembed: urls.oembed(url),
    },
  }
}

/** The same for a page of somebody else. */
export function embeddedCollection({ collection: { name, owner, badges }, url }: Shown): Page {
  const main = html`<article class="card">
<h1>${name}</h1>
${owner !== null && html`<p class="facts">${messages.by} <b>${owner}</b></p>`}
${cards(badges, outside)}
<p class="paragraph"><a href="${url}?share=embed" target="_blank" rel="noopener">${messages.all}</a></p>
</article>`
  return { title: name, main, isFramed: true }
}

/** A description in Markdown as one line. */
function previewText({ description, badges }: SharedCollection, count: string): string {
  const line = description
    .replace(/[*_#>`[\]]|\(https?:[^)]*\)/g, '')
    .replace(/\s+/g, ' ')
    .trim()
  if (line !== '') return line.length <= 200 ? line : `${line.slice(0, 198).trimEnd()}…`
  const names = badges.slice(0, 3).map(({ badge }) => badge.name)
  return names.length === 0
    ? count
    : `${count}: ${names.join(', ')}${badges.length > 3 ? ' …' : ''}`
}

/** The attributes of a link to the page of a badge. */
type LinkTo = (page: string) => Html

const outside: LinkTo = (page) =>
  html`href="${`${page}?share=embed`}" target="_blank" rel="noopener"`

function cards(badges: readonly Collected[], linkTo: LinkTo): Html {
  if (badges.length === 0) return html`<p class="soft">${messages.none}</p>`
  return html`<ul class="cards shown">${badges.map((each) => card(each, linkTo))}</ul>`
}

function card({ badge, note }: Collected, linkTo: LinkTo): Html {
  const { name, issuer, pictureUrl, publicUrl, awardedAt, status } = badge
  const title =
    publicUrl === null ? html`<h2>${name}</h2>` : html`<h2><a ${linkTo(publicUrl)}>${name}</a></h2>`
  return html`<li><div class="head"><img src="${pictureUrl}" alt="" width="72" height="72" loading="lazy"><div>${title}
${issuer.name !== '' && html`<p class="soft">${messages.by} ${issuer.name}</p>`}
${awardedAt !== null && html`<p class="soft">${dateTag(awardedAt)}</p>`}</div></div>
${note !== '' && html`<blockquote>${note}</blockquote>`}
${marks[status]}</li>`
}

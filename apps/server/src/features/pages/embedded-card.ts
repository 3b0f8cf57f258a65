import { type Html, html } from '../../http/html.js'
import type { Page } from '../../http/html-page.js'

const messages = { by: 'by', see: 'See and check this badge' }

type Card = {
  readonly name: string
  readonly issuerName: string
  /** What is said beside the issuer. */
  readonly more?: Html | false
  /** The path of its picture. */
  readonly picture: string
  readonly status: Html
  /** Its page, absolute. */
  readonly url: string
}

/** A card of one badge, to stand in a page of somebody else; what it leads to opens outside of it. */
export function embeddedCard({ name, issuerName, more, picture, status, url }: Card): Page {
  const main = html`<article class="card embed">
<img class="picture" src="${picture}" alt="${`Badge: ${name}`}" width="112" height="112">
<div><h1>${name}</h1>
<p class="facts">${issuerName !== '' && html`${messages.by} ${issuerName}`}${more}</p>
${status}
<p><a href="${url}?share=embed" target="_blank" rel="noopener">${messages.see}</a></p></div>
</article>`
  return {
    title: issuerName === '' ? name : `${name}, ${messages.by} ${issuerName}`,
    main,
    isFramed: true,
  }
}

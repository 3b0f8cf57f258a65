import { toIri } from '../../http/badge-text.js'
import { type Html, html } from '../../http/html.js'
import { dateTag } from '../../http/html-words.js'

/** What somebody said of a badge, and its learner has accepted. */
export type Endorsed = {
  readonly id: string
  readonly name: string
  readonly url: string | null
  readonly comment: string
  readonly givenAt: string
}

const title = 'Endorsed by'

/** A card of those who stand behind a badge; nothing where there are none. */
export function endorsementCard(
  endorsements: readonly Endorsed[],
  urlOf: (id: string) => string,
): Html | false {
  if (endorsements.length === 0) return false
  return html`<section class="card"><h2>${title}</h2><ul>${endorsements.map((each) => {
    const { id, name, comment, givenAt } = each
    const address = each.url === null ? undefined : toIri(each.url)
    const who =
      address === undefined
        ? html`<strong>${name}</strong>`
        : html`<a href="${address}" rel="nofollow noopener ugc">${name}</a>`
    return html`<li>${who}: ${comment} <a class="soft" href="${urlOf(id)}">${dateTag(givenAt)}</a></li>`
  })}</ul></section>`
}

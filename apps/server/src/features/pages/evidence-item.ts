import type { EvidenceJson } from '../../db/schema.js'
import { toIri } from '../../http/badge-text.js'
import { type Html, html } from '../../http/html.js'

/** One piece of evidence, as an item of a list. */
export function evidenceItem({ url, name, narrative }: EvidenceJson): Html {
  const address = url === undefined ? undefined : toIri(url)
  const label = name || (address === undefined ? '' : new URL(address).host)
  const link =
    address === undefined ? label : html`<a href="${address}" rel="noopener ugc">${label}</a>`
  return html`<li>${link}${narrative && html`<br><span class="soft">${narrative}</span>`}</li>`
}

import { type Html, html } from '../../http/html.js'

export function chips(tags: readonly string[]): Html {
  return html`<ul class="chips">${tags.map((tag) => html`<li>${tag}</li>`)}</ul>`
}

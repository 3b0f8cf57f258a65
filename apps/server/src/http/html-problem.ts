import { html } from './html.js'
import { icons } from './html-icons.js'
import type { Page } from './html-page.js'

const messages = {
  notFound: 'There is nothing here',
  refused: 'That did not work',
  advice: 'If you followed a link, ask whoever gave it to you for a new one.',
  start: 'Go to the start page',
}

/** What people see instead of a problem document. */
export function problemPage(
  problem: { readonly status: number; readonly title: string },
  home: string,
): Page {
  const isMissing = problem.status === 404
  const heading = isMissing ? messages.notFound : messages.refused
  const main = html`<section class="card"><h1>${heading}</h1>
<p class="status warn">${icons.warn}<span>${problem.title}</span></p>
${isMissing && html`<p>${messages.advice}</p>`}
<p><a href="${home}">${messages.start}</a></p></section>`
  return { title: heading, main }
}

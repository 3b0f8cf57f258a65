import { type Issuance, issuanceStates } from '@rosette/contract'
import { type Html, html } from '../../http/html.js'
import { formatNumber } from '../../http/html-words.js'
import type { AdminPaths } from './admin-frame.js'
import { listPath } from './chosen.js'
import { wordsOf } from './state-words.js'

type State = Issuance['state']
type Counts = Partial<Readonly<Record<State, number>>>

const width = 1000
const gap = 3
/** A state with few issuances is to be seen, too: it may be the one that needs a person. */
const narrowest = 12

/** How many issuances are in which state: a bar for the eye, and the same in words with links. */
export function shareBar(
  counts: Counts,
  { paths, account }: { readonly paths: AdminPaths; readonly account?: string },
): Html {
  const shown = issuanceStates.flatMap((state) => {
    const count = counts[state] ?? 0
    return count > 0 ? [{ state, count }] : []
  })
  return html`${bar(shown)}<ul class="legend">${shown.map(
    ({ state, count }) =>
      html`<li><a href="${listPath(paths, { state, account })}"><svg class="s-${state}" viewBox="0 0 10 10" aria-hidden="true" focusable="false"><rect width="10" height="10" rx="2"/></svg><span>${wordsOf(state)} <b>${formatNumber(count)}</b></span></a></li>`,
  )}</ul>`
}

function bar(shown: readonly { readonly state: State; readonly count: number }[]): Html {
  const total = shown.reduce((sum, { count }) => sum + count, 0)
  const room = width - gap * (shown.length - 1) - narrowest * shown.length
  let x = 0
  const parts = shown.map(({ state, count }) => {
    const wide = narrowest + (room * count) / total
    const part = html`<rect class="s-${state}" x="${x.toFixed(1)}" width="${wide.toFixed(1)}" height="20"/>`
    x += wide + gap
    return part
  })
  return html`<svg class="share" viewBox="0 0 ${width} 20" preserveAspectRatio="none" aria-hidden="true" focusable="false">${parts}</svg>`
}

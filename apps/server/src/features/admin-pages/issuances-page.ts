import type { Issuance, IssuanceCounts } from '@rosette/contract'
import { issuanceStates } from '@rosette/contract'
import { type Html, html } from '../../http/html.js'
import { formatNumber, plural } from '../../http/html-words.js'
import { type AdminPaths, adminPage, type Notice } from './admin-frame.js'
import { type Chosen, listPath } from './chosen.js'
import { issuanceTable } from './issuance-table.js'
import { wordsOf } from './state-words.js'

type Shown = {
  readonly items: readonly Issuance[]
  readonly next: string | null
  readonly counts: IssuanceCounts['items']
  readonly chosen: Chosen
  readonly paths: AdminPaths
  readonly notice?: Notice | undefined
}

const messages = {
  title: 'Issuances',
  about: 'Each is the life of an award where it is issued: by us, or at a provider.',
  filters: 'By state',
  all: 'All',
  where: 'Where',
  everywhere: 'Everywhere',
  native: 'Here, signed by us',
  show: 'Show',
  retryAll: { one: 'Try the one that failed again', other: 'Try all {n} that failed again' },
  empty: 'There is nothing in this list.',
  emptyAtAll: 'Nothing has been issued yet. The first award appears here by itself.',
  next: 'Next page',
}

/** Where badges are on their way, filtered by state and place. */
export function issuancesPage(shown: Shown): Html {
  const { items, next, chosen, paths, notice } = shown
  const main = html`<div class="top"><div><h1>${messages.title}</h1><p class="soft">${messages.about}</p></div>${retryAllForm(shown)}</div>
${placeForm(shown)}
${stateLinks(shown)}
<section class="card" aria-label="${messages.title}">${
    items.length === 0 ? emptyNote(shown) : issuanceTable(items, { paths, chosen })
  }</section>
${next !== null && html`<p><a class="button" href="${listPath(paths, chosen)}${mark(chosen)}cursor=${next}">${messages.next}</a></p>`}`
  return adminPage({ title: messages.title, main, paths, tab: 'issuances', notice })
}

function mark({ state, account }: Chosen): string {
  return state === undefined && account === undefined ? '?' : '&'
}

function countOf({ counts, chosen }: Shown, states: readonly Issuance['state'][]): number {
  return counts
    .filter(({ account }) => isChosen(account, chosen))
    .filter(({ state }) => states.includes(state))
    .reduce((sum, { count }) => sum + count, 0)
}

function isChosen(account: Issuance['account'], chosen: Chosen): boolean {
  return chosen.account === undefined || (account?.id ?? 'native') === chosen.account
}

function stateLinks(shown: Shown): Html {
  const { chosen, paths } = shown
  const link = (state: Chosen['state'], content: Html) => {
    const path = listPath(paths, { ...chosen, state })
    return html`<li><a href="${path}"${state === chosen.state && html` aria-current="true"`}>${content}</a></li>`
  }
  const states = issuanceStates.filter(
    (state) => countOf(shown, [state]) > 0 || state === chosen.state,
  )
  return html`<nav aria-label="${messages.filters}"><ul class="filters">${link(
    undefined,
    html`${messages.all} <b>${formatNumber(countOf(shown, issuanceStates))}</b>`,
  )}${states.map((state) =>
    link(state, html`${wordsOf(state)} <b>${formatNumber(countOf(shown, [state]))}</b>`),
  )}</ul></nav>`
}

function placeForm({ counts, chosen, paths }: Shown): Html | false {
  const accounts = new Map(
    counts.flatMap(({ account }) =>
      account === null ? [] : [[account.id, account.name] as const],
    ),
  )
  if (accounts.size === 0) return false
  const options: readonly (readonly [string, string])[] = [
    ['', messages.everywhere],
    ['native', messages.native],
    ...accounts,
  ]
  return html`<form class="inline" method="get" action="${paths.issuances}">
${chosen.state !== undefined && html`<input type="hidden" name="state" value="${chosen.state}">`}
<div><label for="account">${messages.where}</label>
<select id="account" name="account">${options.map(
    ([value, name]) =>
      html`<option value="${value}"${value === (chosen.account ?? '') && html` selected`}>${name}</option>`,
  )}</select></div>
<button class="button">${messages.show}</button></form>`
}

// Our own badges are tried again with all others, or one by one: an account is what can be named.
function retryAllForm(shown: Shown): Html | false {
  const { chosen, paths } = shown
  const failed = countOf(shown, ['failed', 'stopped'])
  if (failed === 0 || chosen.account === 'native') return false
  return html`<form method="post" action="${paths.issuances}/retry">
<input type="hidden" name="account" value="${chosen.account ?? ''}">
<input type="hidden" name="state" value="${chosen.state ?? ''}">
<button class="button main">${plural(failed, messages.retryAll)}</button></form>`
}

function emptyNote({ counts }: Shown): Html {
  return html`<p class="soft">${counts.length === 0 ? messages.emptyAtAll : messages.empty}</p>`
}

import { issuanceStates, type ProviderAccount } from '@rosette/contract'
import { providerNames } from '@rosette/providers'
import { type Html, html } from '../../http/html.js'
import { formatNumber } from '../../http/html-words.js'
import { accountState, keyEnd, lastSync } from './account-words.js'
import { type AdminPaths, adminPage, type Notice } from './admin-frame.js'
import { listPath } from './chosen.js'
import { wordsOf } from './state-words.js'
import { table } from './table.js'

type Shown = {
  readonly accounts: readonly ProviderAccount[]
  readonly next: string | null
  readonly paths: AdminPaths
  readonly now: Date
  readonly notice?: Notice | undefined
}

const messages = {
  title: 'Providers',
  about: 'Accounts at platforms that issue badges for us.',
  add: 'Add an account',
  at: 'at',
  empty:
    'There are no accounts. Without one, badges are signed here, as Open Badges that anyone can check.',
  account: 'Account',
  state: 'State',
  key: 'Key',
  issuances: 'Issuances',
  sync: 'Templates read',
  none: 'none',
  next: 'Next page',
}

/** The accounts, how they are, and the way to another one. */
export function providersPage({ accounts, next, paths, now, notice }: Shown): Html {
  const main = html`<div class="top"><div><h1>${messages.title}</h1><p class="soft">${messages.about}</p></div></div>
<section class="card" aria-label="${messages.title}">${
    accounts.length === 0
      ? html`<p class="soft">${messages.empty}</p>`
      : accountTable(accounts, paths, now)
  }</section>
${next !== null && html`<p><a class="button" href="${paths.providers}?cursor=${next}">${messages.next}</a></p>`}
<section class="card"><h2>${messages.add}</h2><div class="buttons">${addLinks(paths)}</div></section>`
  return adminPage({ title: messages.title, main, paths, tab: 'providers', notice })
}

function addLinks(paths: AdminPaths): readonly Html[] {
  return Object.entries(providerNames).map(
    ([provider, name]) =>
      html`<a class="button" href="${paths.providers}/new/${provider}"><span class="unseen">${messages.add} ${messages.at} </span>${name}</a>`,
  )
}

function accountTable(accounts: readonly ProviderAccount[], paths: AdminPaths, now: Date): Html {
  const { account, state, key, issuances, sync } = messages
  return table({
    caption: messages.title,
    columns: [account, state, key, issuances, sync].map((label) => ({ label })),
    rows: accounts.map((one) => [
      html`<div><a href="${paths.provider(one.id)}">${one.name}</a><br><span class="soft">${providerNames[one.provider]}</span></div>`,
      accountState(one),
      keyEnd(one, now),
      countsOf(one, paths),
      lastSync(one),
    ]),
  })
}

function countsOf({ id, issuances }: ProviderAccount, paths: AdminPaths): Html {
  const states = issuanceStates.filter((state) => (issuances[state] ?? 0) > 0)
  if (states.length === 0) return html`<span class="soft">${messages.none}</span>`
  return html`<div>${states.map(
    (state) =>
      html`<a href="${listPath(paths, { state, account: id })}">${wordsOf(state)}</a> ${formatNumber(issuances[state] ?? 0)}<br>`,
  )}</div>`
}

import type { IssuanceCounts, Notice as NeedsYou, ProviderAccount } from '@rosette/contract'
import { providerNames } from '@rosette/providers'
import { type Html, html } from '../../http/html.js'
import { icons } from '../../http/html-icons.js'
import { momentTag, plural } from '../../http/html-words.js'
import { accountState, keyEnd } from './account-words.js'
import { type AdminPaths, adminPage, type Notice } from './admin-frame.js'
import { listPath } from './chosen.js'
import { noticeLink } from './notice-links.js'
import { shareBar } from './share-bar.js'
import { table } from './table.js'

type Shown = {
  readonly notices: readonly NeedsYou[]
  readonly counts: IssuanceCounts['items']
  readonly accounts: readonly ProviderAccount[]
  readonly paths: AdminPaths
  readonly now: Date
  readonly notice?: Notice | undefined
}

const messages = {
  title: 'Overview',
  needs: 'Needs you',
  nothing: 'Nothing needs you.',
  since: 'Since',
  seenTo: 'Seen to',
  stopped: {
    one: 'One badge could not be issued and waits for you.',
    other: '{n} badges could not be issued and wait for you.',
  },
  see: 'See why',
  issuances: 'Issuances',
  none: 'Nothing has been issued yet. The first award appears here by itself.',
  accounts: 'Accounts at providers',
  noAccounts:
    'There are none. Badges are signed here, as Open Badges; with an account, they can be issued through Credly, Accredible or a server of Badgr.',
  add: 'Add an account',
  account: 'Account',
  provider: 'Provider',
  state: 'State',
  key: 'Key',
}

/** The first page: what needs a person, where badges stand, how the accounts are. */
export function overviewPage(shown: Shown): Html {
  const { counts, accounts, paths, notice } = shown
  const main = html`<h1>${messages.title}</h1>
<section class="card"><h2>${messages.needs}</h2>${needsList(shown)}</section>
<section class="card"><h2>${messages.issuances}</h2>${
    counts.length === 0
      ? html`<p class="soft">${messages.none}</p>`
      : shareBar(sumByState(counts), { paths })
  }</section>
<section class="card"><h2>${messages.accounts}</h2>${
    accounts.length === 0
      ? html`<p>${messages.noAccounts}</p><p><a class="button" href="${paths.providers}">${messages.add}</a></p>`
      : accountTable(shown)
  }</section>`
  return adminPage({ title: messages.title, main, paths, tab: 'overview', notice })
}

function sumByState(counts: IssuanceCounts['items']) {
  const sums: Record<string, number> = {}
  for (const { state, count } of counts) sums[state] = (sums[state] ?? 0) + count
  return sums
}

function needsList({ notices, counts, paths }: Shown): Html {
  const stopped = sumByState(counts)['stopped'] ?? 0
  const items = notices.map((one) => {
    const link = noticeLink(one, paths)
    return html`<li>${icons.warn}<span>${one.sentence} <small>${messages.since} ${momentTag(one.openedAt)}</small></span>${
      link !== undefined && html`<a href="${link.path}">${link.text}</a>`
    }<form method="post" action="${paths.root}/notices/${one.id}/resolve"><button class="link">${messages.seenTo}<span class="unseen">: ${one.sentence}</span></button></form></li>`
  })
  if (stopped > 0) {
    const path = listPath(paths, { state: 'stopped' })
    items.push(
      html`<li>${icons.warn}<span>${plural(stopped, messages.stopped)}</span> <a href="${path}">${messages.see}</a></li>`,
    )
  }
  if (items.length > 0) return html`<ul class="needs">${items}</ul>`
  return html`<p class="state good">${icons.good}${messages.nothing}</p>`
}

function accountTable({ accounts, paths, now }: Shown): Html {
  const { account, provider, state, key } = messages
  return table({
    caption: messages.accounts,
    columns: [{ label: account }, { label: provider }, { label: state }, { label: key }],
    rows: accounts.map((one) => [
      html`<a href="${paths.provider(one.id)}">${one.name}</a>`,
      providerNames[one.provider],
      accountState(one),
      keyEnd(one, now),
    ]),
  })
}

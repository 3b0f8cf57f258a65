import type { Issuance } from '@rosette/contract'
import { toIri } from '../../http/badge-text.js'
import { type Html, html } from '../../http/html.js'
import { momentTag } from '../../http/html-words.js'
import type { AdminPaths } from './admin-frame.js'
import type { Chosen } from './chosen.js'
import { hasProblem, stateLabel, wordsThere } from './state-words.js'
import { table } from './table.js'

const messages = {
  caption: 'Issuances, the latest change first',
  here: 'Here',
  again: 'again at',
  since: 'since',
  details: 'details',
  retry: 'Retry now',
  open: 'Open at the provider',
  there: 'There:',
  toDo: 'What to do:',
}

type Around = { readonly paths: AdminPaths; readonly chosen: Chosen }

export function issuanceTable(items: readonly Issuance[], around: Around): Html {
  return table({
    caption: messages.caption,
    columns: [
      { label: 'Badge' },
      { label: 'Learner' },
      { label: 'Where' },
      { label: 'State' },
      { label: '', is: 'bare' },
    ],
    rows: items.map((item) => [
      html`<a href="${around.paths.issuance(item.id)}"><b>${item.template.name}</b><span class="unseen">, ${messages.details}</span></a>`,
      learnerCell(item),
      item.account === null
        ? messages.here
        : html`<a href="${around.paths.provider(item.account.id)}">${item.account.name}</a>`,
      stateCell(item),
      actionCell(item, around),
    ]),
  })
}

function learnerCell({ learner }: Issuance): Html {
  const address = learner.email || learner.username
  return html`<span>${learner.name || learner.username}<br><span class="soft">${address}</span></span>`
}

function stateCell(item: Issuance): Html {
  const { state, nextTryAt, updatedAt, externalState, note } = item
  // Of what has come to its end, how it came there stands on its own page.
  const isAtRest = state === 'issued' || state === 'revoked'
  const when =
    state === 'failed' && nextTryAt !== null
      ? html`${messages.again} ${momentTag(nextTryAt)}`
      : html`${messages.since} ${momentTag(updatedAt)}`
  return html`<div>${stateLabel(item)}<p class="soft">${when}</p>
${externalState !== null && html`<p class="soft">${messages.there} ${wordsThere(externalState)}</p>`}
${hasProblem(item) ? problemOf(item) : !isAtRest && note !== null && html`<p class="soft">${note}</p>`}</div>`
}

/** What went wrong, and what a person can do about it. */
export function problemOf(
  issuance: Pick<Issuance, 'lastError' | 'remedy' | 'note' | 'state'>,
): Html {
  const { remedy } = issuance
  // What ended there met no error here; how we know is what there is to tell.
  const lastError = issuance.state === 'revoked' ? issuance.note : issuance.lastError
  return html`${lastError !== null && html`<p>${lastError}</p>`}${remedy !== null && html`<p><b>${messages.toDo}</b> ${remedy}</p>`}`
}

function actionCell(item: Issuance, { paths, chosen }: Around): Html {
  const of = html`<span class="unseen"> ${item.template.name}, ${item.learner.name || item.learner.username}</span>`
  return html`<div class="actions">${hasProblem(item) && retryForm(item, { paths, chosen, of })}${linkThere(item, of)}</div>`
}

type Retry = { readonly paths: AdminPaths; readonly chosen?: Chosen; readonly of: Html }

/** Goes back to the list with its filters; without them, to the issuance. */
export function retryForm({ id }: Pick<Issuance, 'id'>, { paths, chosen, of }: Retry): Html {
  return html`<form method="post" action="${paths.issuance(id)}/retry">${
    chosen !== undefined &&
    html`<input type="hidden" name="back" value="list"><input type="hidden" name="state" value="${chosen.state}"><input type="hidden" name="account" value="${chosen.account}">`
  }<button class="button main small">${messages.retry}${of}</button></form>`
}

export function linkThere({ externalUrl }: Pick<Issuance, 'externalUrl'>, of: Html): Html | false {
  const address = externalUrl === null ? undefined : toIri(externalUrl)
  if (address === undefined) return false
  return html`<a class="button small" href="${address}" rel="noopener">${messages.open}${of}</a>`
}

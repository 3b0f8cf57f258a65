import type { IssuanceDetail } from '@rosette/contract'
import { type Html, html } from '../../http/html.js'
import { momentTag, plural } from '../../http/html-words.js'
import { type AdminPaths, adminPage, type Notice } from './admin-frame.js'
import { linkThere, problemOf, retryForm } from './issuance-table.js'
import { hasProblem, iconOf, stateLabel, wordsOf, wordsThere } from './state-words.js'

type Shown = {
  readonly issuance: IssuanceDetail
  readonly paths: AdminPaths
  readonly notice?: Notice | undefined
}
type Entry = IssuanceDetail['history'][number]

const messages = {
  list: 'Issuances',
  to: 'for',
  facts: 'Facts',
  learner: 'Learner',
  where: 'Where',
  here: 'Here, signed by us',
  wanted: 'The award asks for',
  wants: { issued: 'a badge', revoked: 'its end' },
  there: "The provider's word",
  externalId: 'Id at the provider',
  attempts: 'Tries',
  times: { one: '{n} try', other: '{n} tries' },
  issued: 'Issued',
  revoked: 'Taken back',
  effect: 'What taking back did there',
  effects: {
    revoke: 'It is revoked there.',
    expire: 'It got an end date; it stays visible there as expired.',
    delete: 'It was deleted there.',
    none: 'Nothing: there was nothing to take back.',
  },
  history: 'What happened',
  again: 'Next try at',
  badge: 'The badge',
  page: 'Page of the award',
}

/** One issuance: where it stands, what can be done, and how it came there. */
export function issuancePage({ issuance, paths, notice }: Shown): Html {
  const { template, learner, awardId } = issuance
  const name = learner.name || learner.username
  const title = `${template.name} ${messages.to} ${name}`
  const main = html`<section class="card"><p class="kicker"><a href="${paths.issuances}">${messages.list}</a></p>
<h1>${title}</h1>
<p>${stateLabel(issuance)}</p>${
    issuance.state === 'failed' &&
    issuance.nextTryAt !== null &&
    html`<p class="soft">${messages.again} ${momentTag(issuance.nextTryAt)}</p>`
  }
${hasProblem(issuance) && problemOf(issuance)}
<div class="actions">${hasProblem(issuance) && retryForm(issuance, { paths, of: html`` })}${linkThere(issuance, html``)}<a class="button small" href="${paths.start}public/assertions/${awardId}">${messages.page}</a></div>
</section>
<div class="grid two"><section class="card"><h2>${messages.history}</h2><ol class="timeline">${issuance.history.map(entryItem)}</ol></section>
<section class="card"><h2>${messages.facts}</h2>${factList(issuance, paths)}</section></div>`
  return adminPage({ title, main, paths, tab: 'issuances', notice })
}

function entryItem({ at, state, externalState, note, error, nextTryAt }: Entry): Html {
  return html`<li>${iconOf(state)}<b>${wordsOf(state)}</b> <span class="soft">${momentTag(at)}</span>
${externalState !== null && html`<p class="soft">${messages.there}: ${wordsThere(externalState)}</p>`}
${note !== null && html`<p>${note}</p>`}
${error !== null && html`<p>${error}</p>`}
${nextTryAt !== null && html`<p class="soft">${messages.again} ${momentTag(nextTryAt)}</p>`}</li>`
}

function factList(issuance: IssuanceDetail, paths: AdminPaths): Html {
  const { learner, account, wanted, externalState, externalId, attempts } = issuance
  const { issuedAt, revokedAt, revocationEffect } = issuance
  return html`<dl>
${fact(messages.badge, html`<a href="${paths.badge(issuance.template.id)}">${issuance.template.name}</a>`)}
${fact(messages.learner, `${learner.name || learner.username}, ${learner.email || learner.username}`)}
${fact(messages.where, account === null ? messages.here : html`<a href="${paths.provider(account.id)}">${account.name}</a>`)}
${fact(messages.wanted, messages.wants[wanted])}
${externalState !== null && fact(messages.there, wordsThere(externalState))}
${externalId !== null && fact(messages.externalId, html`<code>${externalId}</code>`)}
${fact(messages.attempts, plural(attempts, messages.times))}
${issuedAt !== null && fact(messages.issued, momentTag(issuedAt))}
${revokedAt !== null && fact(messages.revoked, momentTag(revokedAt))}
${revocationEffect !== null && fact(messages.effect, messages.effects[revocationEffect])}
</dl>`
}

function fact(name: string, value: Html | string): Html {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`
}

import type { ProviderAccount, ProviderTemplate } from '@rosette/contract'
import { providerNames } from '@rosette/providers'
import type { Fault } from '../../http/app-error.js'
import { type Html, html } from '../../http/html.js'
import { accountState, capabilityWords, keyEnd, lastSync, syncWords } from './account-words.js'
import { type AdminPaths, adminPage, type Notice } from './admin-frame.js'
import { listPath } from './chosen.js'
import { keyFields } from './key-fields.js'
import { shareBar } from './share-bar.js'
import { templateTable } from './template-table.js'

export type ShownAccount = {
  readonly account: ProviderAccount
  readonly templates: readonly ProviderTemplate[]
  readonly nextTemplates: string | null
  readonly paths: AdminPaths
  readonly now: Date
  readonly notice?: Notice | undefined
  /** The address of the webhook with its new secret, shown this once. */
  readonly webhook?: string | undefined
  readonly faults?: readonly Fault[]
}

const messages = {
  list: 'Providers',
  number: 'number',
  test: 'Test the connection',
  sync: 'Sync templates now',
  pause: 'Pause',
  resume: 'Resume',
  issuances: 'Issuances',
  none: 'Nothing has been issued through this account yet.',
  see: 'See all',
  templates: 'Templates there',
  more: 'More templates',
  differs: 'How it works there',
  key: 'Key',
  newKey: 'Enter a new key',
  useKey: 'Use this key',
  rotate: 'Make a new key there and use it',
  rotateHint: 'The old key works until it ends.',
  fixedKey: 'The key stands in the settings of the server, and is changed there.',
  webhook: 'Webhook',
  webhookAbout: 'Enter this address at the provider, so that changes made there arrive at once:',
  secretOn: 'The address has a secret; without it, announcements are refused.',
  secretOff: 'The address has no secret: announcements are accepted, and checked at the provider.',
  makeSecret: 'Make a secret',
  makeNewSecret: 'Make a new secret',
  clearSecret: 'Remove the secret',
  once: 'This is the address with its secret. It is shown this once: copy it now.',
  facts: 'Facts',
  organization: 'Id there',
  address: 'Address of the API',
  settings: 'the one in the settings',
  lastSync: 'Templates read',
  found: 'Found',
}

/** One account: how it is, what can be done with it, what is known of its templates. */
export function providerPage(shown: ShownAccount): Html {
  const { account, paths, notice, webhook } = shown
  const main = html`<section class="card"><p class="kicker"><a href="${paths.providers}">${messages.list}</a></p>
<h1>${account.name}</h1><p class="soft">${providerNames[account.provider]}, ${messages.number} ${account.number}</p>
<div>${accountState(account)}</div>
<div class="actions">${actionButtons(shown)}</div></section>
${webhook !== undefined && onceNote(webhook)}
<div class="grid two"><div>${issuanceSection(shown)}${templateSection(shown)}</div>
<div>${factSection(shown)}${capabilitySection(account)}${keySection(shown)}${account.webhookUrl !== null && webhookSection(shown, account.webhookUrl)}</div></div>`
  return adminPage({ title: account.name, main, paths, tab: 'providers', notice })
}

type Act = { readonly act: string; readonly label: string; readonly isMain?: boolean }

function button({ account, paths }: ShownAccount, { act, label, isMain = false }: Act): Html {
  return html`<form method="post" action="${paths.provider(account.id)}/${act}"><button class="button small${isMain && ' main'}">${label}</button></form>`
}

function actionButtons(shown: ShownAccount): Html {
  const isPaused = shown.account.state === 'paused'
  return html`${isPaused && button(shown, { act: 'resume', label: messages.resume, isMain: true })}${button(shown, { act: 'sync', label: messages.sync, isMain: !isPaused })}${button(shown, { act: 'test', label: messages.test })}${!isPaused && button(shown, { act: 'pause', label: messages.pause })}`
}

function onceNote(webhook: string): Html {
  return html`<section class="card note"><h2>${messages.webhook}</h2><p>${messages.once}</p><code class="secret">${webhook}</code></section>`
}

function issuanceSection({ account, paths }: ShownAccount): Html {
  const total = Object.values(account.issuances).reduce((sum, count) => sum + count, 0)
  const content =
    total === 0
      ? html`<p class="soft">${messages.none}</p>`
      : html`${shareBar(account.issuances, { paths, account: account.id })}<p><a href="${listPath(paths, { account: account.id })}">${messages.see}</a></p>`
  return html`<section class="card"><h2>${messages.issuances}</h2>${content}</section>`
}

function templateSection({ account, templates, nextTemplates, paths }: ShownAccount): Html {
  const more = `${paths.provider(account.id)}?cursor=${nextTemplates}`
  return html`<section class="card"><h2>${messages.templates}</h2>${templateTable(templates, paths)}${
    nextTemplates !== null && html`<p><a href="${more}">${messages.more}</a></p>`
  }</section>`
}

function factSection({ account, now }: ShownAccount): Html {
  const { externalId, apiBaseUrl, syncSummary } = account
  return html`<section class="card"><h2>${messages.facts}</h2><dl>
<div><dt>${messages.key}</dt><dd>${keyEnd(account, now)}</dd></div>
<div><dt>${messages.lastSync}</dt><dd>${lastSync(account)}</dd></div>
${syncSummary !== null && html`<div><dt>${messages.found}</dt><dd>${syncWords(syncSummary)}</dd></div>`}
${externalId !== null && html`<div><dt>${messages.organization}</dt><dd><code>${externalId}</code></dd></div>`}
<div><dt>${messages.address}</dt><dd>${apiBaseUrl ?? messages.settings}</dd></div>
</dl></section>`
}

function capabilitySection(account: ProviderAccount): Html {
  const sentences = capabilityWords(account)
  return html`<section class="card"><h2>${messages.differs}</h2><ul class="steps">${sentences.map((one) => html`<li>${one}</li>`)}</ul></section>`
}

function keySection(shown: ShownAccount): Html {
  const { account, paths, faults = [] } = shown
  if (account.keyKind === 'settings') {
    return html`<section class="card"><h2>${messages.key}</h2><p>${messages.fixedKey}</p></section>`
  }
  const rotate = html`${button(shown, { act: 'rotate-key', label: messages.rotate })}<p class="hint">${messages.rotateHint}</p>`
  return html`<section class="card"><h2>${messages.key}</h2>${account.capabilities.rotatesKey && rotate}
<details${faults.length > 0 && html` open`}><summary>${messages.newKey}</summary><form method="post" action="${paths.provider(account.id)}/key">${keyFields(account.provider, faults)}<p><button class="button main small">${messages.useKey}</button></p></form></details></section>`
}

function webhookSection(shown: ShownAccount, url: string): Html {
  const { hasWebhookSecret: isSecret } = shown.account
  const make = isSecret ? messages.makeNewSecret : messages.makeSecret
  return html`<section class="card"><h2>${messages.webhook}</h2><p>${messages.webhookAbout}</p><code class="secret">${url}</code>
<p>${isSecret ? messages.secretOn : messages.secretOff}</p>
<div class="actions">${button(shown, { act: 'webhook-secret', label: make })}${isSecret && button(shown, { act: 'clear-webhook-secret', label: messages.clearSecret })}</div></section>`
}

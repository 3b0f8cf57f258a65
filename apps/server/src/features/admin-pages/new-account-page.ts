import type { ProviderAccount } from '@rosette/contract'
import { providerNames } from '@rosette/providers'
import type { Fault } from '../../http/app-error.js'
import { type Html, html } from '../../http/html.js'
import { type AdminPaths, adminPage, type Notice } from './admin-frame.js'
import { choice, field } from './fields.js'
import type { IssuerChoice } from './issuer-views.js'
import { keyFields } from './key-fields.js'

type Provider = ProviderAccount['provider']

/** What was entered before, without the key. */
export type Entered = {
  readonly name?: string
  readonly issuerId?: string
  readonly externalId?: string
  readonly apiBaseUrl?: string
}

type Shown = {
  readonly provider: Provider
  readonly issuers: readonly IssuerChoice[]
  readonly paths: AdminPaths
  readonly entered?: Entered
  readonly faults?: readonly Fault[]
  readonly notice?: Notice | undefined
}

const messages = {
  list: 'Providers',
  title: (name: string) => `Add an account at ${name}`,
  about: 'The key is tried first; nothing is stored unless it works.',
  name: 'Name',
  nameHint: 'As people here call it.',
  issuer: 'In whose name',
  issuerHint: 'Its badges appear in this name on our own pages.',
  externalIds: {
    credly: ['Organization id', 'A UUID; it stands in the address of your organization at Credly.'],
    badgr: ['Issuer id', 'The entityId of the issuer at the server.'],
  },
  address: 'Address of the API',
  addressHint: {
    credly: 'Leave it empty for Credly itself.',
    accredible: 'Leave it empty for Accredible itself.',
    badgr: 'Such as https://api.badgr.io.',
  },
  key: 'Key',
  add: 'Add the account',
  noIssuer:
    'There is no issuer yet in whose name badges could appear. Make an organization and an issuer with the API first.',
} as const

/** The form for one provider: it asks for what that provider needs and nothing else. */
export function newAccountPage(shown: Shown): Html {
  const { provider, issuers, paths, notice } = shown
  const title = messages.title(providerNames[provider])
  const main = html`<section class="card"><p class="kicker"><a href="${paths.providers}">${messages.list}</a></p><h1>${title}</h1>
${issuers.length === 0 ? html`<p>${messages.noIssuer}</p>` : form(shown)}</section>`
  return adminPage({ title, main, paths, tab: 'providers', notice })
}

function form({ provider, issuers, paths, entered = {}, faults = [] }: Shown): Html {
  const options = issuers.map(
    ({ id, name, organizationName }) =>
      [id, name === organizationName ? name : `${name} (${organizationName})`] as const,
  )
  const name = field(
    {
      name: 'name',
      label: messages.name,
      value: entered.name,
      hint: messages.nameHint,
      isRequired: true,
    },
    faults,
  )
  return html`<p class="soft">${messages.about}</p><form method="post" action="${paths.providers}/new/${provider}"><div class="fields">
<div class="fields two">${name}${choice({ name: 'issuerId', label: messages.issuer, options, value: entered.issuerId, hint: messages.issuerHint })}</div>
<div class="fields two">${idField(provider, entered, faults)}${field(
    {
      name: 'apiBaseUrl',
      label: messages.address,
      type: 'url',
      value: entered.apiBaseUrl,
      hint: messages.addressHint[provider],
      isRequired: provider === 'badgr',
    },
    faults,
  )}</div>
<fieldset><legend>${messages.key}</legend>${keyFields(provider, faults)}</fieldset>
<p><button class="button main">${messages.add}</button></p></div></form>`
}

function idField(provider: Provider, entered: Entered, faults: readonly Fault[]): Html | false {
  if (provider === 'accredible') return false
  const [label, hint] = messages.externalIds[provider]
  const value = entered.externalId
  return field({ name: 'externalId', label, hint, value, isRequired: true }, faults)
}

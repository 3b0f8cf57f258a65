import type { ProviderAccount } from '@rosette/contract'
import type { FastifyRequest } from 'fastify'
import { AppError, type Fault } from '../../http/app-error.js'
import { type Html, html } from '../../http/html.js'
import type { Credentials } from './admin-deps.js'
import { field } from './fields.js'
import { fieldOf, rawFieldOf } from './form-body.js'

type Provider = ProviderAccount['provider']

const messages = {
  token: {
    credly: ['Organization token', 'At Credly: Developers, Authorization Tokens.'],
    accredible: ['API key', 'At Accredible: Settings, API Keys.'],
    badgr: ['Access token', 'One that does not end; otherwise enter a client or a person below.'],
  },
  client: 'Or an OAuth client',
  clientId: 'Client id',
  clientSecret: 'Client secret',
  person: 'Or user name and password',
  username: 'User name',
  password: 'Password',
  kept: 'It is stored sealed, and never shown again.',
  missing: 'Enter what opens the account.',
} as const

/** Where the key of an account is entered: the usual kind first, others where the provider has them. */
export function keyFields(provider: Provider, faults: readonly Fault[] = []): Html {
  const [label, hint] = messages.token[provider]
  const secret = { type: 'password' as const }
  const token = field(
    {
      name: 'token',
      label,
      hint: `${hint} ${messages.kept}`,
      ...secret,
      paths: ['credentials', 'credentials.kind', 'credentials.token'],
      isRequired: provider === 'accredible',
    },
    faults,
  )
  const client = html`<details><summary>${messages.client}</summary><div class="fields two">${field(
    { name: 'clientId', label: messages.clientId },
  )}${field({ name: 'clientSecret', label: messages.clientSecret, ...secret })}</div></details>`
  const person = html`<details><summary>${messages.person}</summary><div class="fields two">${field(
    { name: 'username', label: messages.username },
  )}${field({ name: 'password', label: messages.password, ...secret })}</div></details>`
  return html`${token}${provider !== 'accredible' && client}${provider === 'badgr' && person}`
}

/** The key that was entered; refuses when there is none. */
export function credentialsIn(request: FastifyRequest): Credentials {
  const token = fieldOf(request, 'token')
  if (token !== '') return { kind: 'token', token }
  const [clientId, clientSecret] = [fieldOf(request, 'clientId'), fieldOf(request, 'clientSecret')]
  if (clientId !== '' && clientSecret !== '') return { kind: 'client', clientId, clientSecret }
  const [username, password] = [fieldOf(request, 'username'), rawFieldOf(request, 'password')]
  if (username !== '' && password !== '') return { kind: 'password', username, password }
  const faults = [{ path: 'credentials', reason: messages.missing }]
  throw new AppError('request-invalid', messages.missing, { faults })
}

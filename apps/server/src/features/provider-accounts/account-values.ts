import type { ProviderAccount } from '@rosette/contract'
import { faultOfKeyAddress, providerNames } from '@rosette/providers'
import { AppError, type Fault } from '../../http/app-error.js'
import type { AccountRow } from './account-repository.js'
import type { AccountSecret } from './account-secret.js'

type Provider = ProviderAccount['provider']

/** Which account is meant, and where it is. */
export type Place = Pick<AccountRow, 'provider' | 'external_id' | 'api_base_url'>

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The kinds of credentials that a provider takes. */
const kindsOf = {
  credly: ['token', 'client'],
  accredible: ['token'],
  badgr: ['token', 'client', 'password'],
} as const satisfies Record<Provider, readonly AccountSecret['kind'][]>

/** In one form each, so that an account that is there already is recognised. */
export function toPlace({ provider, external_id: given, api_base_url: address }: Place): Place {
  return {
    provider,
    external_id: (provider === 'credly' ? given?.toLowerCase() : given) ?? null,
    api_base_url: address === null ? null : `${address.replace(/\/+$/, '')}/`,
  }
}

/** Refuses what no account of this provider can be, every fault at once. */
export function assertFits(place: Place, secret: AccountSecret | undefined): void {
  const faults = [
    ...faultsOfId(place),
    ...faultsOfAddress(place),
    ...(secret === undefined ? [] : faultsOfSecret(place, secret)),
  ]
  if (faults.length === 0) return
  throw new AppError(
    'request-invalid',
    `This cannot be an account of ${providerNames[place.provider]}.`,
    {
      faults,
    },
  )
}

function faultsOfId({ provider, external_id: id }: Place): readonly Fault[] {
  const fault = (reason: string) => [{ path: 'externalId', reason }]
  switch (provider) {
    case 'credly':
      if (id !== null && uuid.test(id)) return []
      return fault('Must be the UUID of the organization at Credly.')
    case 'badgr':
      return id === null ? fault('Must be the entityId of the issuer.') : []
    case 'accredible':
      return id === null ? [] : fault('Must be left out: the key alone says which account it is.')
    default:
      return provider satisfies never
  }
}

function faultsOfAddress({ provider, api_base_url: address }: Place): readonly Fault[] {
  const path = 'apiBaseUrl'
  if (address === null) {
    if (provider !== 'badgr') return []
    return [{ path, reason: 'Must be the address of the server, such as https://api.badgr.io.' }]
  }
  const fault = faultOfKeyAddress(address)
  if (fault === undefined) return []
  const remedy = 'Write one that begins with https:// (http:// only for a host of one word).'
  return [{ path, reason: `The address ${fault} ${remedy}` }]
}

function faultsOfSecret({ provider }: Place, secret: AccountSecret): readonly Fault[] {
  const kinds: readonly AccountSecret['kind'][] = kindsOf[provider]
  if (!kinds.includes(secret.kind)) {
    return [{ path: 'credentials.kind', reason: `Must be one of ${kinds.join(', ')}.` }]
  }
  // It is sent in a header, which takes nothing else.
  if (secret.kind !== 'token' || /^[\x21-\x7e]+$/.test(secret.token)) return []
  const reason = 'Must be the key as it is shown there: without blanks, lines and foreign letters.'
  return [{ path: 'credentials.token', reason }]
}

/** Whether a key for the one place would be sent elsewhere at the other. */
export function isOtherHost(before: Place, after: Place): boolean {
  return originOf(before) !== originOf(after)
}

// The address in the settings is an operator's word, and a change back to it is one to another host.
function originOf({ api_base_url: address }: Place): string {
  return address !== null && URL.canParse(address) ? new URL(address).origin : 'settings'
}

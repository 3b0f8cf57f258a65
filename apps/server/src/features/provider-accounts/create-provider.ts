import {
  type BadgrOptions,
  type CredlyOptions,
  createAccredible,
  createBadgr,
  createCredly,
} from '@rosette/providers'
import { AppError } from '../../http/app-error.js'
import type { AccountRow } from './account-repository.js'
import type { AccountSecret } from './account-secret.js'
import type { ProviderFactory } from './open-account.js'

/** Where providers are when an account says nothing else. */
export type ProviderSettings = { readonly credly: Addresses; readonly accredible: Addresses }

type Addresses = { readonly webBaseUrl: string; readonly apiBaseUrl: string }

/** Makes the client that an account asks for. */
export function createProviderFactory({ credly, accredible }: ProviderSettings): ProviderFactory {
  return (account, secret, deps) => {
    switch (account.provider) {
      case 'credly':
        return createCredly(credlyOptions(account, secret, credly), deps)
      case 'accredible': {
        if (secret.kind !== 'token') throw unfit(account, 'Accredible takes a key and nothing else')
        const addresses = addressesOf(account, accredible)
        return createAccredible({ ...addresses, apiKey: secret.token }, deps)
      }
      case 'badgr':
        return createBadgr(badgrOptions(account, secret), deps)
      default:
        return account.provider satisfies never
    }
  }
}

function credlyOptions(
  account: AccountRow,
  secret: AccountSecret,
  addresses: Addresses,
): CredlyOptions {
  const { external_id: organizationId } = account
  if (organizationId === null) throw unfit(account, 'it names no organization of Credly')
  if (secret.kind === 'password') throw unfit(account, 'Credly takes no user name and password')
  const credentials = secret.kind === 'client' ? ({ ...secret, kind: 'oauth' } as const) : secret
  return { organizationId, credentials, ...addressesOf(account, addresses) }
}

function badgrOptions(account: AccountRow, credentials: AccountSecret): BadgrOptions {
  const { api_base_url: baseUrl, external_id: issuerId } = account
  if (baseUrl === null) throw unfit(account, 'it has no address')
  if (issuerId === null) throw unfit(account, 'it names no issuer')
  return { baseUrl, issuerId, credentials }
}

/** An account elsewhere has its pages beside its API: a simulator, or another server of the provider. */
function addressesOf({ api_base_url: own }: AccountRow, known: Addresses): Addresses {
  const { webBaseUrl, apiBaseUrl } = known
  if (own === null) return { webBaseUrl, apiBaseUrl }
  return { webBaseUrl: new URL('/', own).href, apiBaseUrl: own }
}

function unfit({ name }: AccountRow, why: string): AppError {
  return new AppError('provider-refused', `The account "${name}" cannot be used: ${why}.`)
}

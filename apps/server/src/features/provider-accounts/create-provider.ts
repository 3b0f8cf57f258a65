import { createBadgr } from '@rosette/providers'
import { AppError } from '../../http/app-error.js'
import type { AccountRow } from './account-repository.js'
import type { AccountSecret } from './account-secret.js'
import type { ProviderFactory } from './open-account.js'

/** Where providers are when an account says nothing else. */
export type ProviderSettings = {
  readonly credly: Addresses
  readonly accredible: Addresses
}

type Addresses = { readonly webBaseUrl: string; readonly apiBaseUrl: string }

/** Makes the client that an account asks for. */
export function createProviderFactory({ credly, accredible }: ProviderSettings): ProviderFactory {
  return (account, secret, deps) => {
    if (account.provider === 'badgr') return createBadgr(badgrOptions(account, secret), deps)
    throw unfit(account, [credly.apiBaseUrl, accredible.apiBaseUrl].join())
  }
}

function badgrOptions(account: AccountRow, credentials: AccountSecret) {
  const { api_base_url: baseUrl, external_id: issuerId } = account
  if (baseUrl === null || issuerId === null) {
    throw unfit(account, 'an account of Badgr needs an address and an issuer')
  }
  return { baseUrl, issuerId, credentials }
}

function unfit({ name }: AccountRow, why: string): AppError {
  return new AppError('provider-refused', `The account "${name}" cannot be used: ${why}.`)
}

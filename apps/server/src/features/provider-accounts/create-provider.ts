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

/** Pages lie beside the API: on a host of their own where it is known, else on the same. */
function addressesOf({ api_base_url: own }: AccountRow, known: Addresses): Addresses {
  if (own === null) return { ...known, webBaseUrl: withTokens(known.webBaseUrl) }
  const { host, origin } = new URL(own)
  return { webBaseUrl: webOf.get(host) ?? `${origin}/`, apiBaseUrl: own }
}

// Open edX knows Credly without www; tokens for applications are given out only with it, and a
// redirect is not followed, because it would take the secret along.
function withTokens(webBaseUrl: string): string {
  return webBaseUrl === 'https://credly.com/' ? 'https://www.credly.com/' : webBaseUrl
}

const webOf: ReadonlyMap<string, string> = new Map([
  ['api.credly.com', 'https://www.credly.com/'],
  ['sandbox-api.credly.com', 'https://sandbox.credly.com/'],
  ['api.accredible.com', 'https://dashboard.accredible.com/'],
  ['sandbox.api.accredible.com', 'https://sandbox.dashboard.accredible.com/'],
])

function unfit({ name }: AccountRow, why: string): AppError {
  return new AppError('provider-refused', `The account "${name}" cannot be used: ${why}.`)
}

import type { HttpDeps, Provider, RateLimit } from '@rosette/providers'
import type { Db } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import { type AccountRow, findAccount } from './account-repository.js'
import { type AccountSecret, unsealSecret } from './account-secret.js'
import { createRateLimits } from './rate-limits.js'

/** Makes the client of an account; the addresses in the settings are known to it. */
export type ProviderFactory = (
  account: AccountRow,
  secret: AccountSecret,
  deps: HttpDeps,
) => Provider

export type OpenAccount = { readonly account: AccountRow; readonly provider: Provider }

type Deps = {
  readonly db: Db
  readonly masterKey: Buffer
  readonly createProvider: ProviderFactory
  /** Keys of Credly organizations that stand in the settings, by organization. */
  readonly preconfigured: ReadonlyMap<string, string>
}

/** Clients of accounts, ready to call. Whoever calls, the limits of the account are kept. */
export function createAccountClients({ db, masterKey, createProvider, preconfigured }: Deps) {
  const limits = createRateLimits({ db })
  const made = new Map<string, { readonly of: string; readonly provider: Provider }>()

  async function open(id: string): Promise<OpenAccount> {
    const account = await findAccount(db, id)
    if (account === undefined) {
      throw new AppError('provider-account-not-found', `There is no provider account ${id}.`)
    }
    return { account, provider: clientOf(account) }
  }

  // A client keeps the access tokens it was given, so it is made anew only when its account changed.
  function clientOf(account: AccountRow): Provider {
    const { id } = account
    const of = [account.api_base_url, account.external_id, account.requests_per_minute].join(' ')
    const version = `${of} ${account.sealed_secret?.toString('base64')}`
    const known = made.get(id)
    if (known?.of === version) return known.provider
    const provider = connect(account, secretOf(account))
    made.set(id, { of: version, provider })
    return provider
  }

  /** A client of an account as it is given, stored or not: for trying a key before it is kept. */
  function connect(account: AccountRow, secret: AccountSecret): Provider {
    const provider: Provider = createProvider(account, secret, {
      beforeRequest: (signal) => limits.take(limitKey(), limitOf(account, provider), signal),
      onRateLimited: (retryAfterMs) => limits.block(limitKey(), retryAfterMs),
    })
    function limitKey(): string {
      if (provider.capabilities.rateLimit.countedBy === 'account') return account.id
      return `${account.provider} ${account.api_base_url ?? ''}`
    }
    return provider
  }

  function secretOf(account: AccountRow): AccountSecret {
    if (account.sealed_secret !== null) {
      return unsealSecret(account.sealed_secret, account.id, masterKey)
    }
    const token = preconfigured.get(account.external_id ?? '')
    if (token !== undefined) return { kind: 'token', token }
    throw new AppError(
      'provider-refused',
      `The account "${account.name}" has no key: it stood in the settings and does no more. Enter one, or remove the account.`,
    )
  }

  return { open, connect }
}

export type AccountClients = ReturnType<typeof createAccountClients>

function limitOf({ requests_per_minute: perMinute }: AccountRow, provider: Provider): RateLimit {
  const { rateLimit } = provider.capabilities
  if (perMinute === null) return rateLimit
  return { ...rateLimit, perSecond: perMinute / 60, burst: Math.max(1, Math.round(perMinute / 15)) }
}

import type { Capabilities, HttpDeps, Provider, RateLimit } from '@rosette/providers'
import type { Db } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import { type AccountRow, accountOr404 } from './account-repository.js'
import { type AccountSecret, unsealSecret } from './account-secret.js'
import { createRateLimits } from './rate-limits.js'

/** Makes the client of an account; the addresses in the settings are known to it. */
export type ProviderFactory = (
  account: AccountRow,
  secret: AccountSecret,
  deps: HttpDeps,
) => Provider

export type AccountDescription = {
  readonly keyKind: AccountSecret['kind'] | 'settings'
  readonly capabilities: Capabilities
  /** Whether a new key can be made from here. */
  readonly rotatesKey: boolean
}

/** Stands where a client is made only to be asked what it can do. */
const noKey: AccountSecret = { kind: 'token', token: '-' }

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
    const account = await accountOr404(db, id)
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
  function connect(account: AccountRow, secret: AccountSecret = secretOf(account)): Provider {
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

  /** What can be said of an account without a call; it may be one without a key. */
  function describe(account: AccountRow): AccountDescription {
    const { sealed_secret: sealed } = account
    const secret = sealed === null ? noKey : unsealSecret(sealed, account.id, masterKey)
    const { capabilities, rotateKey } = createProvider(account, secret, {})
    const keyKind = sealed === null ? 'settings' : secret.kind
    return { keyKind, capabilities, rotatesKey: sealed !== null && rotateKey !== undefined }
  }

  /** Its key stands in the settings, where the operator alone changes it. */
  function isPreconfigured(account: AccountRow): boolean {
    return account.sealed_secret === null && preconfigured.has(account.external_id ?? '')
  }

  return { open, connect, secretOf, describe, isPreconfigured }
}

export type AccountClients = ReturnType<typeof createAccountClients>

function limitOf({ requests_per_minute: perMinute }: AccountRow, provider: Provider): RateLimit {
  const { rateLimit } = provider.capabilities
  if (perMinute === null) return rateLimit
  return { ...rateLimit, perSecond: perMinute / 60, burst: Math.max(1, Math.round(perMinute / 15)) }
}

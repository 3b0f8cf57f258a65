import { ProviderError } from '@rosette/providers'
import type { Db } from '../../db/database.js'
import { log } from '../../telemetry/log.js'
import { messageOf } from '../../telemetry/message-of.js'
import type { Notices } from '../notices/notices.js'
import { type AccountHealth, subjectOf } from './account-health.js'
import { type AccountRow, findWorkingAccounts, updateAccount } from './account-repository.js'
import type { AccountClients } from './open-account.js'
import { toInstant, tryAccount } from './try-account.js'

export const watchKeysTask = 'watch-provider-keys'

/** Time enough for a person to make a new key, holidays included. */
const noticeMs = 14 * 24 * 3_600_000

export type WatchDeps = {
  readonly db: Db
  readonly clients: AccountClients
  readonly health: AccountHealth
  readonly notices: Notices
  readonly now: () => Date
}

/** Keys end, and a key that ended stops every badge of its account: people are told in time. */
export function createKeyWatch({ db, clients, health, notices, now }: WatchDeps) {
  /** Keeps when the key ends, and opens or resolves the notice about it. */
  async function noteExpiry(account: AccountRow, keyExpiresAt: string | null): Promise<void> {
    await updateAccount(db, account.id, { key_expires_at: keyExpiresAt })
    const subject = subjectOf(account.id)
    const isOther = toInstant(account.key_expires_at) !== keyExpiresAt
    // Resolved and opened again, so that the notice tells of this key and not of the one before.
    if (isOther || !endsSoon(keyExpiresAt)) await notices.resolve(db, 'key-ends-soon', subject)
    if (!endsSoon(keyExpiresAt)) return
    await notices.open(db, {
      kind: 'key-ends-soon',
      subject,
      organizationId: account.organization_id,
      detail: { account: account.name, provider: account.provider, keyExpiresAt },
    })
  }

  function endsSoon(keyExpiresAt: string | null): boolean {
    return keyExpiresAt !== null && Date.parse(keyExpiresAt) - now().getTime() <= noticeMs
  }

  /** The key works: what the account was paused for has passed, unless a person paused it. */
  async function noteWorking(account: AccountRow, keyExpiresAt: string | null): Promise<void> {
    await noteExpiry(account, keyExpiresAt)
    if (account.next_probe_at !== null) await health.resume(account)
    else await health.succeeded(account.id)
  }

  async function look(account: AccountRow): Promise<void> {
    const { provider } = await clients.open(account.id)
    const { keyExpiresAt } = await tryAccount(provider, clients.secretOf(account))
    await noteExpiry(account, keyExpiresAt)
  }

  /** Asks at every account that is worked with; the failure of one does not keep from the next. */
  async function watchKeys(): Promise<void> {
    for (const account of await findWorkingAccounts(db)) {
      try {
        await look(account)
      } catch (error) {
        await noteFailure(account, error)
      }
    }
  }

  async function noteFailure(account: AccountRow, error: unknown): Promise<void> {
    const reason = messageOf(error)
    log.warn({ account: account.id, reason }, 'the key of an account could not be looked at')
    // Also without an answer, time goes on for the key that is known.
    await noteExpiry(account, toInstant(account.key_expires_at))
    const cause = error instanceof Error ? error.cause : undefined
    if (cause instanceof ProviderError && cause.kind === 'unauthorized') {
      await health.pause(account, reason)
    }
  }

  return { noteWorking, watchKeys }
}

export type KeyWatch = ReturnType<typeof createKeyWatch>

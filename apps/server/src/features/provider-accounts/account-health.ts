import type { Provider } from '@rosette/providers'
import { sql } from 'kysely'
import type { Db } from '../../db/database.js'
import { log } from '../../telemetry/log.js'
import type { Notices } from '../notices/notices.js'
import type { AccountRow } from './account-repository.js'

/** Failures in a row after which an account is left alone but for a probe now and then. */
const failuresToPause = 5
const shortestProbeMs = 5000
const longestProbeMs = 300_000

type Deps = {
  readonly db: Db
  readonly notices: Notices
  readonly now: () => Date
  readonly random: () => number
}

/**
 * Whether an account can be worked with. One that keeps failing is paused, its owner is told, and a
 * probe resumes it: until then its work waits without using up its tries, and disturbs no other account.
 */
export function createAccountHealth({ db, notices, now, random }: Deps) {
  async function succeeded(id: string): Promise<void> {
    await db
      .updateTable('provider_account')
      .set({ failures: 0 })
      .where('id', '=', id)
      .where('failures', '>', 0)
      .execute()
  }

  /** Counts a failure of the service; one too many pauses the account. */
  async function failed(account: AccountRow, reason: string): Promise<void> {
    const { failures } = await db
      .updateTable('provider_account')
      .set((eb) => ({ failures: eb('failures', '+', 1) }))
      .where('id', '=', account.id)
      .returning('failures')
      .executeTakeFirstOrThrow()
    if (failures >= failuresToPause) await pause(account, reason)
  }

  async function pause(account: AccountRow, reason: string): Promise<void> {
    const at = now().toISOString()
    const paused = await db
      .updateTable('provider_account')
      .set({ paused_at: at, pause_reason: reason, probes: 0, next_probe_at: at })
      .where('id', '=', account.id)
      .where('paused_at', 'is', null)
      .returning('id')
      .executeTakeFirst()
    if (paused === undefined) return
    log.warn({ account: account.name, provider: account.provider, reason }, 'account paused')
  }

  /** Takes work up again; what failed because of the account is due at once. */
  async function resume(account: Pick<AccountRow, 'id' | 'name'>): Promise<void> {
    const at = now().toISOString()
    const resumed = await db
      .updateTable('provider_account')
      .set({ paused_at: null, pause_reason: null, failures: 0, probes: 0, next_probe_at: null })
      .where('id', '=', account.id)
      .where('paused_at', 'is not', null)
      .returning('id')
      .executeTakeFirst()
    await notices.resolve(db, 'account-paused', subjectOf(account.id))
    if (resumed === undefined) return
    await db
      .updateTable('issuance')
      .set({ next_try_at: at })
      .where('account_id', '=', account.id)
      .where('state', '=', 'failed')
      .where('next_try_at', '>', at)
      .execute()
    log.info({ account: account.name }, 'account resumed')
  }

  /** Takes the turn to probe this account, if it is due and nobody else took it. */
  async function claimProbe(id: string): Promise<AccountRow | undefined> {
    const at = now()
    const delay = sql<number>`least(${longestProbeMs}::float8, ${shortestProbeMs}::float8 * 2 ^ probes)`
    const jitter = 0.75 + random() / 2
    return await db
      .updateTable('provider_account')
      .set((eb) => ({
        probes: eb('probes', '+', 1),
        next_probe_at: sql<string>`${at.toISOString()}::timestamptz + ${delay} * ${jitter}::float8 * interval '1 millisecond'`,
      }))
      .where('id', '=', id)
      .where('paused_at', 'is not', null)
      .where('next_probe_at', '<=', at.toISOString())
      .returningAll()
      .executeTakeFirst()
  }

  /** Asks whether the account works again. The owner is told only when it does not: some pauses pass at once. */
  async function probe(account: AccountRow, provider: () => Promise<Provider>): Promise<void> {
    try {
      await (await provider()).testConnection({ signal: AbortSignal.timeout(20_000) })
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      await notices.open(db, {
        kind: 'account-paused',
        subject: subjectOf(account.id),
        organizationId: account.organization_id,
        detail: {
          account: account.name,
          provider: account.provider,
          reason: account.pause_reason ?? reason,
        },
      })
      return
    }
    await resume(account)
  }

  return { succeeded, failed, pause, resume, claimProbe, probe }
}

export type AccountHealth = ReturnType<typeof createAccountHealth>

/** How an account is named in notices and in the audit log. */
export function subjectOf(accountId: string): string {
  return `provider-account/${accountId}`
}

import type { Provider } from '@rosette/providers'
import { sql } from 'kysely'
import type { Db } from '../../db/database.js'
import { log } from '../../telemetry/log.js'
import { messageOf } from '../../telemetry/message-of.js'
import type { Notices } from '../notices/notices.js'
import { type AccountRow, hastenIssuances } from './account-repository.js'

/** Failures in a row after which an account is left alone but for a probe now and then. */
const failuresToPause = 5
const shortestProbeMs = 5000
const longestProbeMs = 300_000
// Without a bound, it overflows after some days.
const probeDelay = sql<number>`least(${longestProbeMs}::float8, ${shortestProbeMs}::float8 * 2 ^ least(probes, 10))`

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
  /** Work was done: whatever went wrong before is over. */
  async function succeeded(id: string): Promise<void> {
    const recovered = await db
      .updateTable('provider_account')
      .set({ failures: 0, probes: 0 })
      .where('id', '=', id)
      .where('paused_at', 'is', null)
      .where((eb) => eb.or([eb('failures', '>', 0), eb('probes', '>', 0)]))
      .returning('id')
      .executeTakeFirst()
    if (recovered !== undefined) await notices.resolve(db, 'account-paused', subjectOf(id))
  }

  /** Counts a failure of the service; one too many pauses the account. */
  async function failed(account: AccountRow, reason: string): Promise<void> {
    const failures = await countFailure(db, account.id, 'is')
    if (failures >= failuresToPause) await pause(account, reason)
  }

  /**
   * The first probe is due at once. After one that promised too much, because nothing was done since that
   * went well, each comes later than the one before, and the owner is told.
   */
  async function pause(account: AccountRow, reason: string): Promise<void> {
    const at = now().toISOString()
    const paused = await db
      .updateTable('provider_account')
      // While it is paused, what fails are its probes.
      .set({ paused_at: at, pause_reason: reason, failures: 0 })
      .set({
        next_probe_at: sql<string>`${at}::timestamptz
          + case when probes > 0 then ${probeDelay} else 0 end * interval '1 millisecond'`,
      })
      .where('id', '=', account.id)
      .where('paused_at', 'is', null)
      .returning('probes')
      .executeTakeFirst()
    if (paused === undefined) return
    if (paused.probes > 0) await tell({ db, notices }, account, reason)
    log.warn({ account: account.name, provider: account.provider, reason }, 'account paused')
  }

  /** A person takes work up again; what failed because of the account is due at once. */
  async function resume(account: Pick<AccountRow, 'id' | 'name'>): Promise<void> {
    const resumed = await unpause(account, { by: 'person' })
    await notices.resolve(db, 'account-paused', subjectOf(account.id))
    if (resumed) await hastenIssuances(db, account.id, now().toISOString())
  }

  async function unpause(
    account: Pick<AccountRow, 'id' | 'name'>,
    { by }: { readonly by: 'person' | 'probe' },
  ): Promise<boolean> {
    const resumed = await db
      .updateTable('provider_account')
      .set({ paused_at: null, pause_reason: null, failures: 0, next_probe_at: null })
      .$if(by === 'person', (update) => update.set({ probes: 0 }))
      .where('id', '=', account.id)
      .where('paused_at', 'is not', null)
      // A person who pauses it meanwhile means it.
      .$if(by === 'probe', (update) => update.where('next_probe_at', 'is not', null))
      .returning('id')
      .executeTakeFirst()
    if (resumed !== undefined) log.info({ account: account.name }, 'account resumed')
    return resumed !== undefined
  }

  /** Takes the turn to probe this account, if it is due and nobody else took it. */
  async function claimProbe(id: string): Promise<AccountRow | undefined> {
    const at = now()
    const jitter = 0.75 + random() / 2
    return await db
      .updateTable('provider_account')
      .set((eb) => ({
        probes: eb('probes', '+', 1),
        next_probe_at: sql<string>`${at.toISOString()}::timestamptz + ${probeDelay} * ${jitter}::float8 * interval '1 millisecond'`,
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
      const reason = messageOf(error)
      await countFailure(db, account.id, 'is not')
      await tell({ db, notices }, account, account.pause_reason ?? reason)
      return
    }
    // What fails goes on after its own delay: that the account answers does not mean that it issues.
    const isResumed = await unpause(account, { by: 'probe' })
    if (isResumed && account.failures > 0) {
      await notices.resolve(db, 'account-paused', subjectOf(account.id))
    }
  }

  return { succeeded, failed, pause, resume, claimProbe, probe }
}

export type AccountHealth = ReturnType<typeof createAccountHealth>

/** Counts one of the work, or one of the probes: what ends late is of neither. */
async function countFailure(db: Db, id: string, isPaused: 'is' | 'is not'): Promise<number> {
  const counted = await db
    .updateTable('provider_account')
    .set((eb) => ({ failures: eb('failures', '+', 1) }))
    .where('id', '=', id)
    .where('paused_at', isPaused, null)
    .returning('failures')
    .executeTakeFirst()
  return counted?.failures ?? 0
}

async function tell(
  { db, notices }: Pick<Deps, 'db' | 'notices'>,
  account: AccountRow,
  reason: string,
): Promise<void> {
  await notices.open(db, {
    kind: 'account-paused',
    subject: subjectOf(account.id),
    organizationId: account.organization_id,
    detail: { account: account.name, provider: account.provider, reason },
  })
}

/** How an account is named in notices and in the audit log. */
export function subjectOf(accountId: string): string {
  return `provider-account/${accountId}`
}

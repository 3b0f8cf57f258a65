import { type Provider, ProviderError } from '@rosette/providers'
import { z } from 'zod'
import { inTransaction } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import { log } from '../../telemetry/log.js'
import { addJobs } from '../../workers/jobs.js'
import type { Tasks } from '../../workers/worker.js'
import type { AccountRow } from '../provider-accounts/provider-accounts.js'
import { accountQueue } from './account-queue.js'
import {
  forgetRefused,
  issuedLongAgo,
  markChecked,
  storeCursor,
  workingAccounts,
} from './watch-repository.js'
import type { WatchingDeps } from './watching-deps.js'

export const pollTask = 'poll-provider-changes'
export const recheckTask = 'recheck-issuances'
const pollAccountTask = 'poll-provider-account'
const recheckAccountTask = 'recheck-account-issuances'

const payloadSchema = z.object({ accountId: z.uuid() })

const mostRechecked = 50

type Issued = { readonly badgeId: string; readonly templateId: string }

/** How we hear of changes that nobody announces: by asking what changed, and by looking again. */
export function createWatch({ db, accounts, observe, now }: WatchingDeps): Tasks {
  async function pollAll(): Promise<void> {
    const polled: string[] = []
    for (const id of await workingAccounts(db)) if (await isPolled(id)) polled.push(id)
    await addAccountJobs(pollAccountTask, polled)
  }

  async function recheckAll(): Promise<void> {
    await forgetRefused(db)
    await addAccountJobs(recheckAccountTask, await workingAccounts(db))
  }

  async function isPolled(id: string): Promise<boolean> {
    try {
      const { provider } = await accounts.open(id)
      return provider.capabilities.changes === 'polling' && provider.pollChanges !== undefined
    } catch (error) {
      // One account without a key must not keep the others from being asked.
      if (error instanceof AppError) return false
      throw error
    }
  }

  async function addAccountJobs(task: string, accountIds: readonly string[]): Promise<void> {
    const jobs = accountIds.map((accountId) => ({
      task,
      payload: { accountId },
      key: `${task} ${accountId}`,
      queue: accountQueue(accountId),
    }))
    await inTransaction(db, (tx) => addJobs(tx, jobs))
  }

  /** The cursor moves only when all was applied: what a failure cut off is asked for again. */
  async function poll(payload: unknown): Promise<void> {
    const { accountId } = payloadSchema.parse(payload)
    const { account, provider } = await accounts.open(accountId)
    const changes = await changesAt(provider, account)
    if (changes === undefined) return
    for (const badge of changes.badges) {
      await observe(accountId, badge.id, { badge, source: 'Found when asking for changes' })
    }
    const at = now().toISOString()
    await storeCursor(db, accountId, { from: account.poll_cursor, to: changes.cursor, at })
  }

  /** Undefined where that cannot be asked with this key: then each badge is looked at now and then. */
  async function changesAt(provider: Provider, { id, poll_cursor }: AccountRow) {
    try {
      return await provider.pollChanges?.(poll_cursor)
    } catch (error) {
      if (!(error instanceof ProviderError) || error.kind !== 'refused') throw error
      log.warn({ account: id, reason: error.message }, 'changes not shown')
      return undefined
    }
  }

  async function recheck(payload: unknown): Promise<void> {
    const { accountId } = payloadSchema.parse(payload)
    const { provider } = await accounts.open(accountId)
    for (const { id, ...issued } of await issuedLongAgo(db, accountId, mostRechecked)) {
      await lookAgain(provider, { accountId, ...issued })
      await markChecked(db, id, now().toISOString())
    }
  }

  async function lookAgain(
    provider: Provider,
    { accountId, badgeId, templateId }: Issued & { readonly accountId: string },
  ): Promise<void> {
    try {
      const badge = await provider.getBadge(badgeId)
      // A wrong key or address hides living badges, and their templates with them.
      if (badge === undefined && (await provider.getTemplate(templateId)) === undefined) {
        log.warn({ account: accountId, badge: badgeId }, 'neither badge nor template shown')
        return
      }
      await observe(accountId, badgeId, { badge, source: 'Found when looking again' })
    } catch (error) {
      if (!(error instanceof ProviderError) || error.kind !== 'refused') throw error
      // The provider shows all others: this one must not stand before them for ever.
      log.warn({ account: accountId, badge: badgeId, reason: error.message }, 'badge not shown')
    }
  }

  return {
    [pollTask]: pollAll,
    [recheckTask]: recheckAll,
    [pollAccountTask]: poll,
    [recheckAccountTask]: recheck,
  }
}

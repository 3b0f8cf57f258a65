import type { ProviderBadge } from '@rosette/providers'
import { type Db, inTransaction, type Tx } from '../../db/database.js'
import { recordAudit } from '../audit/audit.js'
import type { Credentials } from '../credentials/credentials.js'
import type { Notices } from '../notices/notices.js'
import type { AccountClients, AccountHealth } from '../provider-accounts/provider-accounts.js'
import {
  endIssuances,
  insertIssuances,
  type Retried,
  requeue,
  retryCompleted,
} from './issuance-repository.js'
import { type Lanes, startLanes } from './lanes.js'
import { addIssueJobs, createNativeIssuing } from './native-issuing.js'
import { createObserver } from './observe.js'

type Deps = {
  readonly db: Db
  readonly credentials: Credentials
  readonly accounts: Pick<AccountClients, 'open'>
  readonly accountHealth: AccountHealth
  readonly notices: Notices
  readonly now: () => Date
  readonly random: () => number
}

/** A task that retries what was stopped for a missing name or address once the learner has one. */
export const retryCompletedTask = 'retry-completed-learners'

/** An award's life at its target: our own signing, or a provider. */
export function createIssuances(deps: Deps) {
  const { db, credentials, notices, now } = deps
  const native = createNativeIssuing({ db, credentials, now })
  const observe = createObserver({ db, notices, now })

  /** Queues new awards for issuing, in the transaction that granted them. */
  async function granted(tx: Tx, awardIds: readonly string[]): Promise<void> {
    if (awardIds.length === 0) return
    await addIssueJobs(tx, await insertIssuances(tx, awardIds, now().toISOString()))
  }

  /** Ends the issuances of these awards and marks their badges as revoked, signed or not yet. */
  async function revoked(tx: Tx, awardIds: readonly string[]): Promise<void> {
    if (awardIds.length === 0) return
    await endIssuances(tx, awardIds, now().toISOString())
    await credentials.revoked(tx, awardIds)
  }

  /**
   * Tries those within reach again that have failed or were stopped, once a person has removed the cause;
   * all of them when none are named. One that ended at the provider while its award stands is issued anew by name.
   */
  async function retryAll(which: Retried, actor: string): Promise<number> {
    return await inTransaction(db, async (tx) => {
      const queued = await requeue(tx, which, now().toISOString())
      const native = queued.filter(({ target }) => target === 'native')
      await addIssueJobs(
        tx,
        native.map(({ awardId }) => awardId),
      )
      for (const { id } of which.ids === undefined ? [] : queued) {
        await recordAudit(tx, { actor, action: 'issuance.retry', subject: `issuance/${id}` })
      }
      if (which.ids === undefined) {
        const { accountId = null, templateId = null } = which
        const detail = { count: queued.length, accountId, templateId }
        await recordAudit(tx, { actor, action: 'issuance.retry-all', subject: 'issuance', detail })
      }
      return queued.length
    })
  }

  return {
    granted,
    revoked,
    issue: native.issue,
    retryAll,
    /** Takes over what a badge has become at its provider; undefined when it is gone there. */
    observe: (accountId: string, badgeId: string, seen: Seen) =>
      observe({ accountId, badgeId, ...seen }),
    tasks: {
      ...native.tasks,
      [retryCompletedTask]: () => retryCompleted(db, now().toISOString()),
    },
    /** Works for all accounts until it is stopped. */
    startLanes: (): Lanes => startLanes(deps),
  }
}

type Seen = { readonly badge: ProviderBadge | undefined; readonly source: string }

import { OpenBadgesError } from '@rosette/open-badges'
import { z } from 'zod'
import { type Db, inTransaction, type Tx } from '../../db/database.js'
import { addJobs } from '../../workers/jobs.js'
import type { Attempt } from '../../workers/worker.js'
import type { Credentials } from '../credentials/credentials.js'
import { NoSigningKey } from '../issuers/issuers.js'
import {
  insertIssuances,
  lockIssuance,
  markIssued,
  markRevoked,
  recordFailure,
  requeue,
} from './issuance-repository.js'

const issueTask = 'issue-award'

type Deps = { readonly db: Db; readonly credentials: Credentials; readonly now: () => Date }

const payloadSchema = z.object({ awardId: z.uuid() })

/** An award's life at its target. Here: our own signing. */
export function createIssuances({ db, credentials, now }: Deps) {
  /** Queues new awards for issuing, in the transaction that granted them. */
  async function granted(tx: Tx, awardIds: readonly string[]): Promise<void> {
    if (awardIds.length === 0) return
    await insertIssuances(tx, awardIds)
    await addIssueJobs(tx, awardIds)
  }

  /** Ends the issuances of these awards and marks their badges as revoked, signed or not yet. */
  async function revoked(tx: Tx, awardIds: readonly string[]): Promise<void> {
    if (awardIds.length === 0) return
    await markRevoked(tx, awardIds)
    await credentials.revoked(tx, awardIds)
  }

  /** Tries those again that have failed or were stopped, once a person has removed the cause. */
  async function retry(tx: Tx, awardIds: readonly string[]): Promise<number> {
    const queued = await requeue(tx, awardIds)
    await addIssueJobs(tx, queued)
    return queued.length
  }

  async function issue(payload: unknown, attempt: Attempt): Promise<void> {
    const { awardId } = payloadSchema.parse(payload)
    try {
      await inTransaction(db, (tx) => issueOnce(tx, awardId))
    } catch (error) {
      const stopped = isPermanent(error) || attempt.isLast
      const nextTryAt = stopped ? null : nextTry(now(), attempt.number)
      const state = stopped ? 'stopped' : 'failed'
      const recorded = recordFailure(db, awardId, { state, error: messageOf(error), nextTryAt })
      // The job ends only when a person can see why. Else it is tried again, and the error of the
      // try says more than that of the record: the database may be what failed.
      if (isPermanent(error)) return await recorded
      await recorded.catch(() => {})
      throw error
    }
  }

  async function issueOnce(tx: Tx, awardId: string): Promise<void> {
    const issuance = await lockIssuance(tx, awardId)
    if (issuance === undefined || done.has(issuance.state)) return
    const outcome = await credentials.sign(tx, awardId)
    if (outcome === 'signed') await markIssued(tx, issuance.id, now().toISOString())
    else await markRevoked(tx, [awardId])
  }

  return { granted, revoked, retry, issue, tasks: { [issueTask]: issue } }
}

const done = new Set(['issued', 'revoking', 'revoked'])

async function addIssueJobs(tx: Tx, awardIds: readonly string[]): Promise<void> {
  await addJobs(
    tx,
    awardIds.map((awardId) => ({ task: issueTask, payload: { awardId } })),
  )
}

// What the badge says cannot be signed, or there is nobody to sign: only a person can change that.
function isPermanent(error: unknown): boolean {
  return error instanceof NoSigningKey || error instanceof OpenBadgesError
}

/** When the queue tries again: it waits e^attempts seconds, e^10 at most. */
function nextTry(from: Date, attempt: number): string {
  return new Date(from.getTime() + Math.exp(Math.min(10, attempt)) * 1000).toISOString()
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

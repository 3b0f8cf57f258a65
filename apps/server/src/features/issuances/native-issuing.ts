import { OpenBadgesError } from '@rosette/open-badges'
import { z } from 'zod'
import { type Db, inTransaction, type Tx } from '../../db/database.js'
import { messageOf } from '../../telemetry/message-of.js'
import { addJobs } from '../../workers/jobs.js'
import type { Attempt } from '../../workers/worker.js'
import type { Credentials } from '../credentials/credentials.js'
import { NoSigningKey } from '../issuers/issuers.js'
import { endIssuances } from './issuance-repository.js'
import { lockIssuance, markIssued, recordFailure } from './native-repository.js'

const issueTask = 'issue-award'

type Deps = { readonly db: Db; readonly credentials: Credentials; readonly now: () => Date }

const payloadSchema = z.object({ awardId: z.uuid() })

/** Our own target: the badge is signed here, by a job of the queue. */
export function createNativeIssuing({ db, credentials, now }: Deps) {
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
    const at = now().toISOString()
    if (outcome === 'signed') await markIssued(tx, issuance.id, at)
    else await endIssuances(tx, [awardId], at)
  }

  return { issue, tasks: { [issueTask]: issue } }
}

const done = new Set(['issued', 'revoking', 'revoked'])

export async function addIssueJobs(tx: Tx, awardIds: readonly string[]): Promise<void> {
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

import type { Reissue } from '@rosette/contract'
import { OpenBadgesError } from '@rosette/open-badges'
import { z } from 'zod'
import { type Db, inTransaction, type Tx } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import { addJobs } from '../../workers/jobs.js'
import { recordAudit } from '../audit/audit.js'
import { NoSigningKey } from '../issuers/issuers.js'
import { countSignedBy } from './credential-repository.js'
import {
  insertReissue,
  listReissueRows,
  lockReissue,
  nextToReissue,
  type ReissueRow,
  recordReissued,
} from './reissue-repository.js'

const reissueTask = 'reissue-badges'
/** Badges of one transaction: a quarter of a second of signing. */
const batchSize = 50

/** What became of one badge that was to be signed anew. */
export type Reissued = 'reissued' | 'not-signed' | 'revoked' | 'expired'

type Deps = {
  readonly db: Db
  readonly reissue: (tx: Tx, awardId: string) => Promise<Reissued>
  readonly now: () => Date
}

type Wanted = {
  readonly issuerId: string
  readonly keyId?: string | undefined
  readonly templateId?: string | undefined
}

const payloadSchema = z.object({ id: z.uuid() })

/** Signs badges anew: after a key was stolen, or when what they say was wrong. */
export function createReissuing({ db, reissue, now }: Deps) {
  async function reissueAward(awardId: string, actor: string): Promise<void> {
    await inTransaction(db, async (tx) => {
      const outcome = await reissue(tx, awardId)
      if (outcome !== 'reissued') throw await refusal(tx, awardId, outcome)
      const subject = `award/${awardId}`
      await recordAudit(tx, { actor, action: 'award.reissue', subject })
    })
  }

  /** Queues many; the work goes on in the background. */
  async function request(wanted: Wanted, actor: string): Promise<Reissue> {
    const { issuerId, keyId = null, templateId = null } = wanted
    return await inTransaction(db, async (tx) => {
      await assertKnown(tx, wanted)
      const row = await insertReissue(tx, {
        issuer_id: issuerId,
        key_kid: keyId,
        template_id: templateId,
        requested_by: actor,
        requested_at: now().toISOString(),
      })
      await addBatch(tx, row.id)
      const detail = { reissueId: row.id, keyId, templateId }
      const subject = `issuer/${issuerId}`
      await recordAudit(tx, { actor, action: 'issuer.reissue', subject, detail })
      return toView(row)
    })
  }

  async function list(issuerId: string) {
    await assertKnown(db, { issuerId })
    return { items: (await listReissueRows(db, issuerId)).map(toView) }
  }

  async function countBadges(issuerId: string, keyId: string) {
    await assertKnown(db, { issuerId, keyId })
    return { badges: await countSignedBy(db, keyId) }
  }

  // A batch commits together with the place where it ended: interrupted, it is done again as a whole.
  async function work(payload: unknown): Promise<void> {
    const { id } = payloadSchema.parse(payload)
    await inTransaction(db, async (tx) => {
      const run = await lockReissue(tx, id)
      if (run === undefined || run.finished_at !== null) return
      const awards = await nextToReissue(tx, run, batchSize)
      const last = awards.at(-1)
      const isLast = last === undefined || awards.length < batchSize
      const counts = await reissueAll(tx, run, awards)
      await recordReissued(tx, run, {
        ...counts,
        last_number: last?.number ?? run.last_number,
        finished_at: isLast ? now().toISOString() : null,
      })
      if (!isLast) await addBatch(tx, id)
    })
  }

  async function reissueAll(tx: Tx, run: ReissueRow, awards: readonly { readonly id: string }[]) {
    const counts = { reissued: run.reissued, failed: run.failed, last_error: run.last_error }
    for (const { id } of awards) {
      try {
        if ((await reissue(tx, id)) === 'reissued') counts.reissued += 1
      } catch (error) {
        // What one badge says cannot be signed: the others need not wait for it.
        if (!(error instanceof OpenBadgesError || error instanceof NoSigningKey)) throw error
        counts.failed += 1
        counts.last_error = `Award ${id}: ${error.message}`
      }
    }
    return counts
  }

  return { reissueAward, request, list, countBadges, tasks: { [reissueTask]: work } }
}

export type Reissuing = ReturnType<typeof createReissuing>

async function addBatch(tx: Tx, id: string): Promise<void> {
  await addJobs(tx, [{ task: reissueTask, payload: { id }, queue: reissueTask }])
}

async function refusal(tx: Tx, awardId: string, outcome: Reissued): Promise<AppError> {
  const awards = tx.selectFrom('award').select(['status', 'revoked_at', 'expires_at'])
  const award = await awards.where('id', '=', awardId).executeTakeFirst()
  if (award === undefined) return new AppError('award-not-found', `There is no award ${awardId}.`)
  if (award.status === 'revoked') {
    const message = `This award was revoked at ${award.revoked_at}; its badge is not issued again.`
    return new AppError('award-not-active', message)
  }
  if (outcome === 'expired') {
    return new AppError('award-not-active', `This award has expired at ${award.expires_at}.`)
  }
  const message = 'No badge of ours was signed for this award yet, so there is none to sign anew.'
  return new AppError('conflict', message)
}

async function assertKnown(db: Db, { issuerId, keyId, templateId }: Wanted): Promise<void> {
  const issuer = db.selectFrom('issuer').select('id').where('id', '=', issuerId)
  if ((await issuer.executeTakeFirst()) === undefined) {
    throw new AppError('issuer-not-found', `There is no issuer ${issuerId}.`)
  }
  const keys = db.selectFrom('issuer_key').select('kid').where('issuer_id', '=', issuerId)
  if (
    keyId !== undefined &&
    (await keys.where('kid', '=', keyId).executeTakeFirst()) === undefined
  ) {
    throw new AppError('key-not-found', `The issuer has no key ${keyId}.`)
  }
  const templates = db
    .selectFrom('badge_template as t')
    .innerJoin('issuer as i', 'i.organization_id', 't.organization_id')
    .select('t.id')
    .where('i.id', '=', issuerId)
  if (
    templateId !== undefined &&
    (await templates.where('t.id', '=', templateId).executeTakeFirst()) === undefined
  ) {
    throw new AppError('template-not-found', `There is no badge template ${templateId}.`)
  }
}

function toView(row: ReissueRow): Reissue {
  return {
    id: row.id,
    issuerId: row.issuer_id,
    keyId: row.key_kid,
    templateId: row.template_id,
    requestedBy: row.requested_by,
    requestedAt: row.requested_at,
    reissued: row.reissued,
    failed: row.failed,
    lastError: row.last_error,
    finishedAt: row.finished_at,
  }
}

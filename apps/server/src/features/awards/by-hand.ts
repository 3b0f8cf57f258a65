import { randomUUID } from 'node:crypto'
import { type Db, inTransaction, type Tx } from '../../db/database.js'
import type { EvidenceJson, ResultJson } from '../../db/schema.js'
import { AppError } from '../../http/app-error.js'
import { countByHand } from '../../telemetry/events.js'
import { type AuditEntry, changesOf, recordAudit } from '../audit/audit.js'
import { learnerOr404, lockLearners, type StoredLearner } from '../learners/learners.js'
import { findTemplate, type StoredTemplate } from '../templates/templates.js'
import { type AwardRow, findAward, latestAwards, setShowsName } from './award-repository.js'
import { type AwardChange, carryOut } from './carry-out.js'
import { type AwardDeps, assertGrantable, instanceOf } from './grant-checks.js'
import { datesOf } from './grant-dates.js'
import { createGrants } from './grant-many.js'
import { assertResultsFit } from './grant-results.js'
import { createRevocations, notBefore } from './revoke-many.js'

export type GrantByHand = {
  readonly templateId: string
  readonly learnerId: string
  readonly instance?: string | undefined
  readonly reason?: string | undefined
  readonly narrative?: string | undefined
  readonly evidence?: readonly EvidenceJson[] | undefined
  readonly results?: readonly ResultJson[] | undefined
  readonly awardedAt?: string | undefined
  readonly expiresAt?: string | null | undefined
}

/** What a person decides about awards; it takes the same way as what the rules decide. */
export function createAwards(deps: AwardDeps) {
  const { db, consequences, now, reaction } = deps

  async function grant(given: GrantByHand, actor: string): Promise<string> {
    const id = randomUUID()
    await inTransaction(db, async (tx) => {
      // The rules first, the learner second: consumers lock in this order.
      await reaction.prepare(tx)
      const template = await templateToGrant(tx, given.templateId)
      const { id: learnerId } = await learnerOr404(tx, given.learnerId)
      const learner = await lockLearner(tx, learnerId)
      const instance = instanceOf(template, given.instance)
      assertResultsFit(given.results ?? [], template.row)
      const pair = { learnerId, templateId: given.templateId }
      const latest = (await latestAwards(tx, [pair])).find((a) => a.instance === instance)
      refuseSecond(latest, { learner, template })
      const award = {
        id,
        ...pair,
        instance,
        source: 'hand' as const,
        ...datesOf(given, { now: now(), template: template.row, latest }),
        cause: { by: actor },
        evidence: given.evidence ?? [],
        results: given.results ?? [],
        ...(given.narrative === undefined ? {} : { narrative: given.narrative }),
      }
      await carryOutAndTell(tx, { change: 'grant', learner, template: template.row, award })
      const { reason = null } = given
      await audit(tx, id, { actor, action: 'grant', detail: { ...pair, reason } })
    })
    countByHand('awarded')
    return id
  }

  async function revoke(id: string, reason: string, actor: string): Promise<void> {
    await inTransaction(db, async (tx) => {
      await reaction.prepare(tx)
      const { learner_id } = await awardOr404(tx, id)
      const learner = await lockLearner(tx, learner_id)
      // Read again under the lock: the rules may have revoked it meanwhile.
      const award = await awardOr404(tx, id)
      if (award.status !== 'awarded') {
        throw new AppError('award-not-active', `This award was revoked at ${award.revoked_at}.`)
      }
      const template = await templateOr404(tx, award.template_id)
      const revokedAt = notBefore(award.awarded_at, now())
      const revocation = { id, by: 'hand' as const, revokedAt, reason, cause: { by: actor } }
      await carryOutAndTell(tx, { change: 'revoke', learner, template: template.row, revocation })
      const changes = changesOf({ status: 'awarded' }, { status: 'revoked' })
      await audit(tx, id, { actor, action: 'revoke', detail: { reason }, ...changes })
    })
    countByHand('revoked')
  }

  async function showName(id: string, showsName: boolean, actor: string): Promise<void> {
    await inTransaction(db, async (tx) => {
      const { shows_name } = await awardOr404(tx, id)
      await setShowsName(tx, id, showsName)
      const changes = changesOf({ showsName: shows_name }, { showsName })
      await audit(tx, id, { actor, action: 'show-name', detail: { showsName }, ...changes })
    })
  }

  async function carryOutAndTell(tx: Tx, change: AwardChange): Promise<void> {
    await reaction.react(tx, await carryOut(tx, [change], consequences))
  }

  return { grant, revoke, showName, ...createRevocations(deps), ...createGrants(deps) }
}

export type Awards = ReturnType<typeof createAwards>

async function templateToGrant(db: Db, id: string): Promise<StoredTemplate> {
  return assertGrantable(await findTemplate(db, id), id)
}

async function templateOr404(db: Db, id: string): Promise<StoredTemplate> {
  const template = await findTemplate(db, id)
  if (template !== undefined) return template
  throw new AppError('template-not-found', `There is no badge template ${id}.`)
}

async function awardOr404(db: Db, id: string): Promise<AwardRow> {
  const award = await findAward(db, id)
  if (award === undefined) throw new AppError('award-not-found', `There is no award ${id}.`)
  return award
}

async function lockLearner(tx: Tx, id: number): Promise<StoredLearner> {
  const [learner] = await lockLearners(tx, [id])
  if (learner === undefined) throw new AppError('learner-not-found', 'There is no such learner.')
  return learner
}

function refuseSecond(
  latest: AwardRow | undefined,
  { learner, template }: { readonly learner: StoredLearner; readonly template: StoredTemplate },
): void {
  if (latest?.status !== 'awarded') return
  const who = learner.name || learner.username
  throw new AppError(
    'award-exists',
    `${who} holds "${template.row.name}" already, as award ${latest.id}.`,
  )
}

async function audit(
  tx: Tx,
  id: string,
  entry: Omit<AuditEntry, 'subject' | 'detail'> & { readonly detail: object },
): Promise<void> {
  const { action, detail } = entry
  const subject = `award/${id}`
  await recordAudit(tx, { ...entry, action: `award.${action}`, subject, detail: { ...detail } })
}

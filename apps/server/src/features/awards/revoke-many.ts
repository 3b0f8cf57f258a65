import { formatEventTime, parseEventTime } from '@rosette/engine'
import { inTransaction, type Tx } from '../../db/database.js'
import { countByHand } from '../../telemetry/events.js'
import { recordAudit } from '../audit/audit.js'
import { lockLearners } from '../learners/learners.js'
import { findTemplates } from '../templates/templates.js'
import { type AwardRow, findAwards } from './award-repository.js'
import { type AwardChange, carryOut } from './carry-out.js'
import type { AwardDeps } from './grant-checks.js'

export type RevokedOne = {
  readonly id: string
  readonly outcome: 'revoked' | 'not-active' | 'not-found'
  readonly detail: string | null
}

/** Awards of one transaction: short enough for the learners' other events to wait. */
const atOnce = 50

/**
 * Revokes many for one reason. Each part is committed by itself, and answered for one by one: asked again
 * after an interruption, what was revoked already is `not-active`.
 */
export function createRevocations({ db, consequences, now, reaction }: AwardDeps) {
  async function revokeMany(
    ids: readonly string[],
    { reason, actor }: { readonly reason: string; readonly actor: string },
  ): Promise<readonly RevokedOne[]> {
    const each = [...new Set(ids)]
    const outcomes: RevokedOne[] = []
    for (let start = 0; start < each.length; start += atOnce) {
      const part = each.slice(start, start + atOnce)
      const done = await inTransaction(db, (tx) => revokePart(tx, part, { reason, actor }))
      for (const one of done) if (one.outcome === 'revoked') countByHand('revoked')
      outcomes.push(...done)
    }
    return outcomes
  }

  async function revokePart(
    tx: Tx,
    ids: readonly string[],
    { reason, actor }: { readonly reason: string; readonly actor: string },
  ): Promise<readonly RevokedOne[]> {
    // The rules first, the learners second and in id order: consumers lock the same way.
    await reaction.prepare(tx)
    const before = await findAwards(tx, ids)
    const locked = await lockLearners(tx, [...new Set(before.map((a) => a.learner_id))])
    const learnerOf = new Map(locked.map((learner) => [learner.id, learner]))
    // Read again under the locks: the rules, or the same request asked twice, may have been faster.
    const awards = new Map((await findAwards(tx, ids)).map((award) => [award.id, award]))
    const templates = await findTemplates(tx, {
      ids: [...new Set([...awards.values()].map((award) => award.template_id))],
    })
    const templateOf = new Map(templates.map(({ row }) => [row.id, row]))
    const changes: AwardChange[] = []
    const outcomes: RevokedOne[] = []
    for (const id of ids) {
      const award = awards.get(id)
      const learner = award && learnerOf.get(award.learner_id)
      const template = award && templateOf.get(award.template_id)
      outcomes.push(outcomeOf(id, award))
      if (award?.status !== 'awarded' || learner === undefined || template === undefined) continue
      const revokedAt = notBefore(award.awarded_at, now())
      const revocation = { id, by: 'hand' as const, revokedAt, reason, cause: { by: actor } }
      changes.push({ change: 'revoke', learner, template, revocation })
      const audited = { organizationId: template.organization_id, detail: { reason } }
      await recordAudit(tx, { actor, action: 'award.revoke', subject: `award/${id}`, ...audited })
    }
    await reaction.react(tx, await carryOut(tx, changes, consequences))
    return outcomes
  }

  return { revokeMany }
}

function outcomeOf(id: string, award: AwardRow | undefined): RevokedOne {
  if (award === undefined) return { id, outcome: 'not-found', detail: null }
  if (award.status === 'awarded') return { id, outcome: 'revoked', detail: null }
  return { id, outcome: 'not-active', detail: `It was revoked at ${award.revoked_at}.` }
}

/** Badges that build on this one see both as events; the revocation has to be the later one. */
export function notBefore(awardedAt: string, now: Date): string {
  const earliest = (parseEventTime(awardedAt) ?? 0) + 1
  return formatEventTime(Math.max(earliest, now.getTime() * 1000))
}

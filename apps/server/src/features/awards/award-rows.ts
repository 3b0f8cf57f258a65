import type { Award } from '@rosette/contract'
import { EVERY } from '@rosette/engine'
import type { Db } from '../../db/database.js'
import type { AwardRow } from './award-repository.js'

/** An award with the names of those concerned. */
export type NamedAward = AwardRow & {
  templateName: string
  publicId: string
  username: string
  learnerName: string
  email: string
}

export function joined(db: Db) {
  return db
    .selectFrom('award')
    .innerJoin('learner', 'learner.id', 'award.learner_id')
    .innerJoin('badge_template', 'badge_template.id', 'award.template_id')
    .selectAll('award')
    .select([
      'badge_template.name as templateName',
      'learner.public_id as publicId',
      'learner.username',
      'learner.name as learnerName',
      'learner.email',
    ])
}

export function toView(row: NamedAward, now: Date): Award {
  const { expires_at: expiresAt } = row
  return {
    id: row.id,
    template: { id: row.template_id, name: row.templateName },
    learner: {
      id: row.publicId,
      username: row.username,
      name: row.learnerName,
      email: row.email,
    },
    instance: row.instance === EVERY ? null : row.instance.slice(1),
    status: row.status,
    expired: expiresAt !== null && new Date(expiresAt) <= now,
    source: row.source,
    awardedAt: row.awarded_at,
    expiresAt,
    revokedAt: row.revoked_at,
    revokedBy: row.revoked_by,
    revocationReason: row.revocation_reason,
    narrative: row.narrative,
    evidence: row.evidence,
    results: [...row.results],
    showsName: row.shows_name,
  }
}

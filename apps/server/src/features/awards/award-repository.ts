import { type Selectable, sql } from 'kysely'
import { jsonTexts, plainArray } from '../../db/arrays.js'
import type { Db, Tx } from '../../db/database.js'
import type { CauseJson, EvidenceJson, ResultJson, Schema } from '../../db/schema.js'

export type AwardRow = Selectable<Schema['award']>

export type NewAward = {
  readonly id: string
  readonly templateId: string
  readonly learnerId: number
  readonly instance: string
  readonly source: 'rules' | 'hand'
  readonly awardedAt: string
  readonly expiresAt: string | null
  readonly cause: CauseJson
  readonly evidence?: readonly EvidenceJson[]
  readonly results?: readonly ResultJson[]
  readonly narrative?: string
}

export type Revocation = {
  readonly id: string
  readonly by: 'rules' | 'hand'
  readonly revokedAt: string
  readonly reason: string | null
  readonly cause: CauseJson
}

type Pair = { readonly learnerId: number; readonly templateId: string }

/**
 * The latest award of each pair and instance. Exact only while the learners are locked. Compared in a
 * way that no index serves, templates leave the planner the index by learner alone: planned while
 * there are no awards yet, and kept, it went through all awards of the template for each learner.
 */
export async function latestAwards(db: Db, pairs: readonly Pair[]): Promise<AwardRow[]> {
  const { rows } = await sql<AwardRow>`
    select distinct on (a.learner_id, a.template_id, a.instance) a.*
    from unnest(
      ${plainArray(pairs.map((p) => p.learnerId))}::bigint[],
      ${plainArray(pairs.map((p) => p.templateId))}::uuid[]
    ) as p (learner_id, template_id)
    join award a on a.learner_id = p.learner_id and a.template_id is not distinct from p.template_id
    order by a.learner_id, a.template_id, a.instance, a.number desc`.execute(db)
  return rows
}

export async function insertAwards(tx: Tx, awards: readonly NewAward[]): Promise<void> {
  if (awards.length === 0) return
  await sql`
    insert into award (id, template_id, learner_id, instance, source, awarded_at, expires_at, cause, evidence, results,
      narrative)
    select id, template_id, learner_id, instance, source, awarded_at, expires_at, cause::jsonb, evidence::jsonb,
      results::jsonb, nullif(narrative, '')
    from unnest(
      ${plainArray(awards.map((a) => a.id))}::uuid[],
      ${plainArray(awards.map((a) => a.templateId))}::uuid[],
      ${plainArray(awards.map((a) => a.learnerId))}::bigint[],
      ${awards.map((a) => a.instance)}::text[],
      ${plainArray(awards.map((a) => a.source))}::text[],
      ${plainArray(awards.map((a) => a.awardedAt))}::timestamptz[],
      ${plainArray(awards.map((a) => a.expiresAt))}::timestamptz[],
      string_to_array(${jsonTexts(awards.map((a) => a.cause))}, e'\\x1e'),
      string_to_array(${jsonTexts(awards.map((a) => a.evidence ?? []))}, e'\\x1e'),
      string_to_array(${jsonTexts(awards.map((a) => a.results ?? []))}, e'\\x1e'),
      ${awards.map((a) => a.narrative ?? '')}::text[]
    ) as n (id, template_id, learner_id, instance, source, awarded_at, expires_at, cause, evidence, results,
      narrative)
    `.execute(tx)
}

export async function markRevoked(tx: Tx, revocations: readonly Revocation[]): Promise<void> {
  if (revocations.length === 0) return
  await sql`
    update award set status = 'revoked', revoked_by = n.revoked_by, revoked_at = n.revoked_at,
      revocation_reason = nullif(n.reason, ''), revocation_cause = n.cause::jsonb
    from unnest(
      ${plainArray(revocations.map((r) => r.id))}::uuid[],
      ${plainArray(revocations.map((r) => r.by))}::text[],
      ${plainArray(revocations.map((r) => r.revokedAt))}::timestamptz[],
      ${revocations.map((r) => r.reason ?? '')}::text[],
      string_to_array(${jsonTexts(revocations.map((r) => r.cause))}, e'\\x1e')
    ) as n (id, revoked_by, revoked_at, reason, cause)
    where award.id = n.id and award.status = 'awarded'`.execute(tx)
}

export async function findAward(db: Db, id: string): Promise<AwardRow | undefined> {
  return await db.selectFrom('award').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function findAwards(db: Db, ids: readonly string[]): Promise<AwardRow[]> {
  if (ids.length === 0) return []
  return await db
    .selectFrom('award')
    .selectAll()
    .where('id', 'in', [...ids])
    .execute()
}

export async function setShowsName(tx: Tx, id: string, showsName: boolean): Promise<void> {
  await tx.updateTable('award').set({ shows_name: showsName }).where('id', '=', id).execute()
}

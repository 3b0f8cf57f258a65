import type { Visibility } from '@rosette/contract/backpack'
import { sql } from 'kysely'
import type { Db } from '../../db/database.js'
import type { AlignmentJson, EvidenceJson } from '../../db/schema.js'
import type { Elsewhere } from '../credentials/credentials.js'

export type IssuerView = {
  readonly issuerId: string
  readonly issuerName: string
  readonly issuerUrl: string
  readonly issuerEmail: string | null
  readonly issuerDescription: string | null
  readonly issuerImageId: string | null
}
export type BadgeView = IssuerView & {
  readonly templateId: string
  readonly name: string
  readonly description: string
  readonly criteria: string
  readonly tags: readonly string[]
  readonly alignments: readonly AlignmentJson[]
  readonly imageId: string | null
  /** Where the provider shows its picture; null for a badge with one of its own, and for native ones. */
  readonly imageUrl: string | null
  readonly state: 'draft' | 'active' | 'archived'
  /** How many people have it; one may hold it several times. */
  readonly earned: number
}
export type AwardView = Omit<BadgeView, 'earned' | 'state'> & {
  readonly awardId: string
  readonly status: 'awarded' | 'revoked'
  readonly visibility: Visibility
  readonly awardedAt: string
  readonly expiresAt: string | null
  readonly revokedAt: string | null
  readonly revokedBy: 'rules' | 'hand' | null
  readonly revocationReason: string | null
  readonly evidence: readonly EvidenceJson[]
  readonly narrative: string | null
  /** The name of the learner who agreed to be named; everybody else is nobody here. */
  readonly learnerName: string | null
  /** The exact signed badge, once there is one. */
  readonly signedText: string | null
  readonly issuance: 'queued' | 'issuing' | 'issued' | 'failed' | 'stopped' | 'revoking' | 'revoked'
  /** Who has issued it or will, where it is there, and since when it is no more; null when we sign it. */
  readonly provider: Elsewhere['provider'] | null
  readonly externalUrl: string | null
  /** It waits there until the learner takes it; its address is for the learner alone until then. */
  readonly isToAccept: boolean
  readonly endedAt: string | null
}

const issuerColumns = sql`
  i.id as "issuerId", i.name as "issuerName", i.url as "issuerUrl", i.email as "issuerEmail",
  i.description as "issuerDescription", i.image_id as "issuerImageId"`
// Only an address that no browser warns of.
const pictureThere = sql<string | null>`(select p.image_url from provider_template p
  where p.id = t.provider_template_id and t.image_id is null and p.image_url like 'https://%')`
const badgeColumns = sql`
  t.id as "templateId", t.name, t.description, t.criteria, t.tags,
  t.alignments, t.image_id as "imageId",
  ${pictureThere} as "imageUrl"`
// A draft is nobody's business yet.
const isPublic = sql`(t.state <> 'draft' or exists (select from award a where a.template_id = t.id))`

/** One award with everything its page says. The only thing read of the learner is an agreed name. */
export async function findAwardView(db: Db, awardId: string): Promise<AwardView | undefined> {
  const { rows } = await sql<AwardView>`
    select a.id as "awardId", a.status, a.visibility, a.awarded_at as "awardedAt", a.expires_at as "expiresAt",
      a.revoked_at as "revokedAt", a.revoked_by as "revokedBy", a.revocation_reason as "revocationReason",
      a.evidence, a.narrative, case when a.shows_name and a.acceptance <> 'rejected' then nullif(l.name, '') end as "learnerName",
      c.signed_text as "signedText", coalesce(s.state, 'queued') as issuance,
      p.provider, s.revoked_at as "endedAt", coalesce(s.external_state = 'pending', false) as "isToAccept",
      case when s.external_state is distinct from 'pending' then s.external_url end as "externalUrl",
      ${badgeColumns}, ${issuerColumns}
    from award a
    join badge_template t on t.id = a.template_id
    join issuer i on i.id = t.issuer_id
    join learner l on l.id = a.learner_id
    left join credential c on c.award_id = a.id
    left join issuance s on s.award_id = a.id
    left join provider_account p on p.id = s.account_id
    where a.id = ${awardId}
    order by s.created_at desc limit 1`.execute(db)
  return rows[0]
}

export type BadgePageView = BadgeView & {
  /** What other issuers say of the badge. */
  readonly endorsements: readonly { readonly by: string; readonly comment: string }[]
}

export async function findBadgeView(
  db: Db,
  templateId: string,
  at: Date,
): Promise<BadgePageView | undefined> {
  const { rows } = await sql<BadgePageView>`
    select ${badgeColumns}, ${issuerColumns}, t.state,
      (select count(distinct a.learner_id) from award a
        where a.template_id = t.id and a.status = 'awarded') as earned,
      coalesce((select jsonb_agg(jsonb_build_object('by', e.issuer_name, 'comment', e.comment)
          order by e.created_at, e.id)
        from endorsement e where e.subject_template_id = t.id and e.withdrawn_at is null
          and (e.valid_until is null or e.valid_until > ${at})),
        '[]') as endorsements
    from badge_template t join issuer i on i.id = t.issuer_id
    where t.id = ${templateId} and ${isPublic}`.execute(db)
  return rows[0]
}

export type IssuerProfileView = IssuerView & {
  /** The keys that sign awards in Open Badges 2.0, the newest first. */
  readonly assertionKeys: readonly { readonly kid: string; readonly isRevoked: boolean }[]
}

export async function findIssuerView(
  db: Db,
  issuerId: string,
): Promise<IssuerProfileView | undefined> {
  const { rows } = await sql<IssuerProfileView>`
    select ${issuerColumns}, coalesce((
      select jsonb_agg(jsonb_build_object('kid', k.kid, 'isRevoked', k.revoked_at is not null)
        order by k.created_at desc, k.kid)
      from issuer_key k where k.issuer_id = i.id and k.algorithm = 'RSA'), '[]') as "assertionKeys"
    from issuer i where i.id = ${issuerId}`.execute(db)
  return rows[0]
}

export type RevokedAward = { readonly awardId: string; readonly reason: string | null }

/** The awards that somebody may hold signed in Open Badges 2.0, and that were taken back. */
export async function listRevokedAssertions(db: Db, issuerId: string): Promise<RevokedAward[]> {
  const { rows } = await sql<RevokedAward>`
    select a.id as "awardId", a.revocation_reason as reason
    from award a join badge_template t on t.id = a.template_id
    where t.issuer_id = ${issuerId} and a.status = 'revoked' and (
      exists (select from credential c where c.award_id = a.id and c.signed_assertion is not null)
      or exists (select from replaced_credential r
        where r.award_id = a.id and r.signed_assertion is not null))
    order by a.number`.execute(db)
  return rows
}

export type ListedBadge = Pick<BadgeView, 'templateId' | 'name' | 'description'>

/** How many badges an issuer's page shows; the rest is reached by links to the badges. */
export const maxListed = 60

export async function listBadgesOf(db: Db, issuerId: string): Promise<ListedBadge[]> {
  const { rows } = await sql<ListedBadge>`
    select t.id as "templateId", t.name, t.description from badge_template t
    where t.issuer_id = ${issuerId} and t.state = 'active'
    order by lower(t.name), t.id limit ${maxListed}`.execute(db)
  return rows
}

/** What an issuer's list for programs holds at most. */
const maxInList = 1000

/** The badges of an issuer for programs, those too that are no longer awarded. */
export async function listBadgeViews(
  db: Db,
  issuerId: string,
): Promise<readonly Omit<BadgeView, 'earned' | 'state'>[]> {
  const { rows } = await sql<Omit<BadgeView, 'earned' | 'state'>>`
    select ${badgeColumns}, ${issuerColumns}
    from badge_template t join issuer i on i.id = t.issuer_id
    where t.issuer_id = ${issuerId} and ${isPublic}
    order by t.created_at, t.id limit ${maxInList}`.execute(db)
  return rows
}

type Pictured = Pick<BadgeView, 'templateId' | 'name' | 'imageId' | 'imageUrl'>

/** What is needed to draw a badge; drafts too, since the console shows them. */
export async function findBadgePicture(db: Db, id: string): Promise<Pictured | undefined> {
  const { rows } = await sql<Pictured>`
    select t.id as "templateId", t.name, t.image_id as "imageId", ${pictureThere} as "imageUrl"
    from badge_template t where t.id = ${id}`.execute(db)
  return rows[0]
}

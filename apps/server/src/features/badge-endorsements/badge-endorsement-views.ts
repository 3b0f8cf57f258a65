import type { BadgeEndorsement } from '@rosette/contract/backpack'
import { sql } from 'kysely'
import type { Db } from '../../db/database.js'
import { ownLearners } from '../../db/own-learners.js'
import type { PublicUrls } from '../../http/public-urls.js'
import type { BadgeKey, EndorsementRow } from './badge-endorsement-repository.js'

/** A badge that is, or is to be, endorsed. */
export type EndorsedBadge = {
  readonly id: string
  readonly origin: 'earned' | 'imported'
  readonly templateId: string | null
  readonly issuerId: string | null
  readonly name: string
  readonly description: string
  readonly issuerName: string
  readonly isPrivate: boolean
  readonly isInForce: boolean
  /** Of an imported badge, as it came. */
  readonly text: string | null
}

/** One of somebody's own badges, if it is one; an imported one that waits for its address is not yet. */
export async function findOwnBadge(
  db: Db,
  userId: string,
  id: string,
): Promise<EndorsedBadge | undefined> {
  const { rows } = await sql<EndorsedBadge>`
    ${earned} where a.id = ${id}::uuid and a.learner_id in ${ownLearners(userId)}
    union all ${imported} where e.id = ${id}::uuid and e.user_id = ${userId}::uuid
      and e.state = 'kept'`.execute(db)
  return rows[0]
}

export async function findBadgeOf(db: Db, key: BadgeKey): Promise<EndorsedBadge | undefined> {
  const { rows } = await sql<EndorsedBadge>`
    ${earned} where a.id = ${key.award_id}::uuid
    union all ${imported} where e.id = ${key.entry_id}::uuid`.execute(db)
  return rows[0]
}

const earned = sql`
  select a.id, 'earned' as origin, t.id as "templateId", i.id as "issuerId", t.name, t.description,
    i.name as "issuerName", a.visibility = 'private' as "isPrivate",
    a.status = 'awarded' as "isInForce", null as text
  from award a join badge_template t on t.id = a.template_id join issuer i on i.id = t.issuer_id`
const imported = sql`
  select e.id, 'imported', null, null, e.name, e.description, e.issuer_name,
    e.visibility = 'private', e.verdict <> 'revoked', e.text
  from backpack_entry e`

/** The issuer that speaks for the site: the first of those that are not invented. */
export async function siteIssuerId(db: Db): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select i.id from issuer i join organization o on o.id = i.organization_id
    where not o.is_demo order by i.created_at, i.id limit 1`.execute(db)
  return rows[0]?.id
}

export function publicUrlOf({ id, origin }: EndorsedBadge, urls: PublicUrls): string {
  return origin === 'earned' ? urls.assertion(id) : urls.importedBadge(id)
}

export function pictureOf({ id, templateId }: EndorsedBadge, urls: PublicUrls): string {
  return `${templateId === null ? urls.importedBadge(id) : urls.badge(templateId)}/image`
}

/** The address of the one who was asked is for the learner alone. */
export function toView(
  row: EndorsementRow,
  urls: PublicUrls,
  { isForLearner }: { readonly isForLearner: boolean },
): BadgeEndorsement {
  const isServed = row.state === 'accepted' && row.signed_text !== null
  return {
    id: row.id,
    state: row.state,
    name: row.name,
    email: isForLearner ? row.email : null,
    comment: row.comment,
    askedAt: row.created_at,
    givenAt: row.given_at,
    credentialUrl: isServed ? urls.personalEndorsement(row.id) : null,
  }
}

/** What others said to somebody, or were asked for; the latest first. */
export async function listReceived(db: Db, userId: string): Promise<readonly EndorsementRow[]> {
  return await db
    .selectFrom('badge_endorsement')
    .selectAll()
    .where('user_id', '=', userId)
    .where('state', '<>', 'withdrawn')
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(mostListed)
    .execute()
}

const mostListed = 500

/** What somebody said about badges of others. */
export async function listGiven(db: Db, userId: string) {
  return await db
    .selectFrom('badge_endorsement as b')
    .leftJoin('award as a', 'a.id', 'b.award_id')
    .leftJoin('badge_template as t', 't.id', 'a.template_id')
    .leftJoin('backpack_entry as e', 'e.id', 'b.entry_id')
    .innerJoin('app_user as u', 'u.id', 'b.user_id')
    .selectAll('b')
    .select(['t.name as template_name', 'e.name as entry_name', 'u.name as learner_name'])
    .where('b.endorser_user_id', '=', userId)
    .where('b.given_at', 'is not', null)
    .orderBy('b.given_at', 'desc')
    .orderBy('b.id')
    .limit(mostListed)
    .execute()
}

/** What stands on the page of a badge: what somebody said of it, and the learner has accepted. */
export type AcceptedEndorsement = {
  readonly id: string
  readonly name: string
  readonly url: string | null
  readonly comment: string
  readonly givenAt: string
}

export async function acceptedEndorsementsOf(
  db: Db,
  badgeId: string,
): Promise<readonly AcceptedEndorsement[]> {
  const { rows } = await sql<AcceptedEndorsement>`
    select id, name, url, comment, given_at as "givenAt" from badge_endorsement
    where (award_id = ${badgeId}::uuid or entry_id = ${badgeId}::uuid)
      and state = 'accepted' and signed_text is not null
    order by given_at, id limit 50`.execute(db)
  return rows
}

/** The signed endorsement while it may be read: accepted, of a badge that is not private. */
export async function findServed(db: Db, id: string): Promise<string | undefined> {
  const { rows } = await sql<{ text: string }>`
    select b.signed_text as text from badge_endorsement b
      left join award a on a.id = b.award_id left join backpack_entry e on e.id = b.entry_id
    where b.id = ${id}::uuid and b.state = 'accepted' and b.signed_text is not null
      and coalesce(a.visibility, e.visibility) <> 'private' and (e.id is null or e.state = 'kept')`.execute(
    db,
  )
  return rows[0]?.text
}

import type { BackpackStatus, ImportSource, Visibility } from '@rosette/contract/backpack'
import { type RawBuilder, sql } from 'kysely'
import { plainArray } from '../../db/arrays.js'
import type { Db } from '../../db/database.js'
import { ownLearners } from '../../db/own-learners.js'
import { likeText, readCursor, toPage } from '../../http/paging.js'
import type { AwardView } from '../pages/pages.js'

type Facts = {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly issuerName: string
  readonly issuerUrl: string | null
  readonly awardedAt: string | null
  readonly expiresAt: string | null
  /** Where it stands in the list. */
  readonly at: string
  readonly seenAt: string | null
  readonly isHidden: boolean
  readonly visibility: Visibility
  readonly showsName: boolean
  readonly tags: readonly string[]
}

/** What only an award of ours has. */
export type EarnedRow = Facts &
  Pick<
    AwardView,
    | 'status'
    | 'revokedAt'
    | 'revocationReason'
    | 'issuance'
    | 'provider'
    | 'isToAccept'
    | 'endedAt'
    | 'externalUrl'
    | 'templateId'
  > & { readonly origin: 'earned'; readonly isSigned: boolean; readonly awardedAt: string }

/** What only a badge from elsewhere has. */
export type ImportedRow = Facts & {
  readonly origin: 'imported'
  readonly state: 'waiting' | 'kept' | 'rejected'
  readonly verdict: string
  readonly statusReason: string | null
  readonly source: ImportSource
}

export type BadgeRow = EarnedRow | ImportedRow

export type Asked = {
  readonly limit: number
  readonly cursor?: string | undefined
  readonly search?: string | undefined
  readonly show: 'shown' | 'hidden' | 'all'
  readonly origin?: 'earned' | 'imported' | undefined
  readonly isNew?: boolean | undefined
}

/** Every badge of a person in one form, whoever issued it; what one kind lacks is null. */
function badgesOf(userId: string): RawBuilder<BadgeRow> {
  return sql<BadgeRow>`
    select a.id, 'earned' as origin, t.name, t.description, i.name as "issuerName", i.url as "issuerUrl",
      a.awarded_at as "awardedAt", a.expires_at as "expiresAt", a.awarded_at as at, a.seen_at as "seenAt",
      a.is_hidden or a.acceptance = 'rejected' as "isHidden", a.visibility, a.shows_name as "showsName", t.tags,
      a.status, a.revoked_at as "revokedAt", a.revocation_reason as "revocationReason",
      c.award_id is not null as "isSigned", coalesce(s.state, 'queued') as issuance, s.provider,
      coalesce(s.external_state = 'pending', false) as "isToAccept", s.revoked_at as "endedAt",
      s.external_url as "externalUrl", a.template_id as "templateId",
      null as state, null as verdict, null as "statusReason", null as source
    from award a
    join badge_template t on t.id = a.template_id
    join issuer i on i.id = t.issuer_id
    left join credential c on c.award_id = a.id
    left join lateral (
      select s.state, s.external_state, s.external_url, s.revoked_at, p.provider
      from issuance s left join provider_account p on p.id = s.account_id
      where s.award_id = a.id order by s.created_at desc limit 1
    ) s on true
    where a.learner_id in ${ownLearners(userId)}
    union all
    select e.id, 'imported', e.name, e.description, e.issuer_name, e.issuer_url,
      e.awarded_at, e.expires_at, coalesce(e.awarded_at, e.created_at), e.seen_at,
      e.is_hidden or e.state = 'rejected', e.visibility, e.shows_name, e.tags,
      null, null, null, null, null, null, null, null, null, null,
      e.state, e.verdict, e.status_reason, e.source
    from backpack_entry e where e.user_id = ${userId}::uuid`
}

export async function listBadges(db: Db, userId: string, asked: Asked) {
  const after = readCursor(asked.cursor, ['instant', 'uuid'])
  const { rows } = await sql<BadgeRow>`
    select * from (${badgesOf(userId)}) b
    where ${shown(asked.show)} ${and(asked.origin, (origin) => sql`b.origin = ${origin}`)}
      ${and(asked.isNew, (isNew) => sql`(b."seenAt" is null) = ${isNew}`)}
      ${and(asked.search || undefined, isFound)}
      ${and(after, ([at = '', id = '']) => sql`(b.at, b.id) < (${at}::timestamptz, ${id}::uuid)`)}
    order by b.at desc, b.id desc limit ${asked.limit + 1}`.execute(db)
  return toPage(rows, asked.limit, (row) => [row.at, row.id])
}

/** One of a person's own badges; what is somebody else's is not there. */
export async function findBadge(db: Db, userId: string, id: string): Promise<BadgeRow | undefined> {
  return (await findBadges(db, userId, [id]))[0]
}

export async function findBadges(
  db: Db,
  userId: string,
  ids: readonly string[],
): Promise<readonly BadgeRow[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<BadgeRow>`
    select * from (${badgesOf(userId)}) b where b.id = any(${plainArray(ids)}::uuid[])`.execute(db)
  return rows
}

export async function countBadges(db: Db, userId: string) {
  const { rows } = await sql<Readonly<Record<CountName, number>>>`
    select count(*) filter (where b.origin = 'earned' and not b."isHidden") as earned,
      count(*) filter (where b.origin = 'imported' and not b."isHidden" and b.state = 'kept') as imported,
      count(*) filter (where b.state = 'waiting' and not b."isHidden") as waiting,
      count(*) filter (where b."isHidden") as hidden,
      count(*) filter (where b."seenAt" is null and not b."isHidden") as "isNew",
      (select count(*) from user_address where user_id = ${userId}::uuid and proven_at is null)
        as "unconfirmedAddresses"
    from (${badgesOf(userId)}) b`.execute(db)
  const [counts] = rows
  if (counts === undefined) throw new Error('PostgreSQL counted nothing at all.')
  return counts
}

type CountName = 'earned' | 'imported' | 'waiting' | 'hidden' | 'isNew' | 'unconfirmedAddresses'

/** In the order of verdicts: what is known of an entry when it is shown. */
export function isStatus(verdict: string): verdict is BackpackStatus {
  return ['valid', 'expired', 'revoked', 'suspended', 'invalid', 'unknown'].includes(verdict)
}

function shown(show: Asked['show']): RawBuilder<boolean> {
  return show === 'all' ? sql`true` : sql`b."isHidden" = ${show === 'hidden'}`
}

function isFound(search: string): RawBuilder<boolean> {
  const pattern = `%${likeText(search)}%`
  return sql`(b.name ilike ${pattern} or b.description ilike ${pattern} or b."issuerName" ilike ${pattern}
    or exists (select from unnest(b.tags) tag where tag ilike ${pattern}))`
}

function and<Value>(
  value: Value | undefined,
  condition: (value: Value) => RawBuilder<boolean>,
): RawBuilder<unknown> {
  return value === undefined ? sql`` : sql`and ${condition(value)}`
}

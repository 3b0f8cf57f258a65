import type { BackpackBadge } from '@rosette/contract/backpack'
import { sql } from 'kysely'
import type { Db } from '../../db/database.js'
import { ownLearners } from '../../db/own-learners.js'

/** A badge in a collection as it is stored: one that was earned here, or one from elsewhere. */
export type CollectedRow = {
  readonly collectionId: string
  readonly note: string
  readonly awardId: string | null
  readonly entryId: string | null
  /** What its picture is drawn of where it has none. */
  readonly seed: string
  readonly name: string
  readonly description: string
  readonly issuerName: string
  readonly issuerUrl: string | null
  readonly tags: string[]
  readonly awardedAt: string | null
  readonly expiresAt: string | null
  readonly visibility: BackpackBadge['visibility']
  readonly showsName: boolean
  readonly isHidden: boolean
  readonly isNew: boolean
  /** Software was told that the learner does not want it. */
  readonly isRejected: boolean
  /** As the badge names the learner, whether it is shown or not. */
  readonly learnerName: string | null
  readonly imageId: string | null
  /** A provider's picture. */
  readonly imageUrl: string | null
  /** Of one from elsewhere. */
  readonly verdict: string | null
  readonly state: 'waiting' | 'kept' | 'rejected' | null
  readonly content: Buffer | null
  readonly sourceUrl: string | null
  readonly checkedAt: string | null
  /** Of one that was earned here. */
  readonly status: 'awarded' | 'revoked' | null
  readonly issuance: string | null
  readonly isSigned: boolean
  readonly isThere: boolean
}

/** The badges of one person's collections, in their order; of one collection where it is named. */
export async function listCollected(
  db: Db,
  userId: string,
  collectionId: string | null = null,
): Promise<CollectedRow[]> {
  const wanted = sql`c.user_id = ${userId} and (${collectionId}::uuid is null or c.id = ${collectionId}::uuid)`
  // What a learner no longer holds the address of is no longer theirs to show.
  const { rows } = await sql<CollectedRow>`
    select * from (
      select c.id as "collectionId", ci.position, ci.note, a.id as "awardId", null::uuid as "entryId",
        t.id as seed, t.name, t.description, i.name as "issuerName", i.url as "issuerUrl", t.tags,
        a.awarded_at as "awardedAt", a.expires_at as "expiresAt", a.visibility,
        a.shows_name as "showsName", a.is_hidden as "isHidden", a.seen_at is null as "isNew",
        a.acceptance = 'rejected' as "isRejected", nullif(l.name, '') as "learnerName",
        t.image_id as "imageId", p.image_url as "imageUrl",
        null as verdict, null as state, null::bytea as content, null as "sourceUrl",
        null::timestamptz as "checkedAt",
        a.status, s.state as issuance, k.award_id is not null as "isSigned",
        coalesce(s.account_id is not null, false) as "isThere"
      from collection c
      join collection_item ci on ci.collection_id = c.id
      join award a on a.id = ci.award_id and a.learner_id in ${ownLearners(userId)}
      join learner l on l.id = a.learner_id
      join badge_template t on t.id = a.template_id
      join issuer i on i.id = t.issuer_id
      left join provider_template p on p.id = t.provider_template_id and t.image_id is null
        and p.image_url like 'https://%'
      left join credential k on k.award_id = a.id
      left join lateral (select s.state, s.account_id from issuance s where s.award_id = a.id
        order by s.created_at desc limit 1) s on true
      where ${wanted}
      union all
      select c.id, ci.position, ci.note, null, e.id, e.id, e.name, e.description, e.issuer_name,
        e.issuer_url, e.tags, e.awarded_at, e.expires_at, e.visibility, e.shows_name, e.is_hidden,
        e.seen_at is null, e.state = 'rejected', nullif(u.name, ''), e.picture_id, null,
        e.verdict, e.state, e.content, e.source_url, e.checked_at, null, null, false, false
      from collection c
      join collection_item ci on ci.collection_id = c.id
      join backpack_entry e on e.id = ci.entry_id and e.user_id = c.user_id
      join app_user u on u.id = c.user_id
      where ${wanted}
    ) items order by "collectionId", position`.execute(db)
  return rows
}

/** Of these ids, the badges of one person, each an award or a badge from elsewhere. */
export async function listOwn(
  db: Db,
  userId: string,
  ids: readonly string[],
): Promise<{ readonly awards: ReadonlySet<string>; readonly entries: ReadonlySet<string> }> {
  const wanted = sql`any(${[...ids]}::uuid[])`
  const { rows } = await sql<{ id: string; kind: 'award' | 'entry' }>`
    select a.id, 'award' as kind from award a
      where a.id = ${wanted} and a.learner_id in ${ownLearners(userId)}
    union all
    select e.id, 'entry' from backpack_entry e
      where e.id = ${wanted} and e.user_id = ${userId} and e.state <> 'rejected'`.execute(db)
  const of = (kind: 'award' | 'entry') =>
    new Set(rows.filter((row) => row.kind === kind).map(({ id }) => id))
  return { awards: of('award'), entries: of('entry') }
}

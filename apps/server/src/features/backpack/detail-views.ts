import type { BackpackBadgeDetail, ImportSource } from '@rosette/contract/backpack'
import { sql } from 'kysely'
import type { Db } from '../../db/database.js'
import type { EvidenceJson } from '../../db/schema.js'
import type { BadgeRow } from './badge-views.js'

/** What the page of one badge says beside the list. */
export type Detail = {
  readonly criteria: string
  readonly evidence: readonly EvidenceJson[]
  readonly narrative: string | null
  readonly source: ImportSource | null
  readonly sourceUrl: string | null
  readonly checkedAt: string | null
  readonly report: unknown
  /** Of an imported badge: how it came, and what it is. */
  readonly contentType: string | null
  readonly text: string | null
}

export async function findDetail(db: Db, { origin, id }: BadgeRow): Promise<Detail> {
  const { rows } = await (origin === 'earned' ? earned(id) : imported(id)).execute(db)
  const [detail] = rows
  if (detail === undefined) throw new Error(`The badge ${id} went away while it was read.`)
  return detail
}

const earned = (id: string) => sql<Detail>`
  select t.criteria, a.evidence, a.narrative, null as source, null as "sourceUrl", null as "checkedAt",
    null as report, null as "contentType", null as text
  from award a join badge_template t on t.id = a.template_id where a.id = ${id}::uuid`

const imported = (id: string) => sql<Detail>`
  select criteria, evidence, narrative, source, source_url as "sourceUrl", checked_at as "checkedAt",
    report, content_type as "contentType", text
  from backpack_entry where id = ${id}::uuid`

/** How often the public page of an award was used; nobody counts those of imported badges. */
export async function countsOf(
  db: Db,
  { origin, id }: BadgeRow,
): Promise<BackpackBadgeDetail['counts']> {
  if (origin === 'imported') return { view: 0, share: 0, download: 0, verify: 0 }
  const { rows } = await sql<BackpackBadgeDetail['counts']>`
    select coalesce(sum(count) filter (where kind = 'award-view'), 0)::bigint as view,
      coalesce(sum(count) filter (where kind = 'share'), 0)::bigint as share,
      coalesce(sum(count) filter (where kind = 'download'), 0)::bigint as download,
      coalesce(sum(count) filter (where kind = 'verification'), 0)::bigint as verify
    from page_count where award_id = ${id}::uuid`.execute(db)
  return rows[0] ?? { view: 0, share: 0, download: 0, verify: 0 }
}

export async function collectionsWith(
  db: Db,
  userId: string,
  { origin, id }: BadgeRow,
): Promise<BackpackBadgeDetail['collections']> {
  return await db
    .selectFrom('collection_item as item')
    .innerJoin('collection', 'collection.id', 'item.collection_id')
    .select(['collection.id', 'collection.name'])
    .where('collection.user_id', '=', userId)
    .where(origin === 'earned' ? 'item.award_id' : 'item.entry_id', '=', id)
    .orderBy('collection.name')
    .orderBy('collection.id')
    .execute()
}

/** What others say of the badge; what was withdrawn is not shown. */
export async function endorsementsOf(db: Db, userId: string, { origin, id }: BadgeRow) {
  return await db
    .selectFrom('badge_endorsement')
    .select(['id', 'state', 'name', 'email', 'comment', 'signed_text'])
    .select(['created_at', 'given_at'])
    .where('user_id', '=', userId)
    .where(origin === 'earned' ? 'award_id' : 'entry_id', '=', id)
    .where('state', '<>', 'withdrawn')
    .orderBy('created_at')
    .orderBy('id')
    .execute()
}

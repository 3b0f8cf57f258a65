import { sql } from 'kysely'
import type { Db } from '../../db/database.js'
import { ownLearners } from '../../db/own-learners.js'

/** A badge in somebody's backpack: one of ours, or one that came from elsewhere as it came. */
export type KeptBadge =
  | { readonly origin: 'earned'; readonly id: string; readonly signedText: string }
  | {
      readonly origin: 'imported'
      readonly id: string
      readonly content: Buffer
      readonly contentType: string
    }

export type Asked = {
  readonly limit: number
  readonly offset: number
  /** Only what was issued, issued again or brought after this. */
  readonly since?: string | undefined
}

const kinds = {
  '3.0': ['OpenBadgeCredential 3.0', 'OpenBadgeCredential 3.0 (VC 1.1)', 'OpenBadge JWT'],
  '2.0': ['Assertion 2.1', 'Assertion 2.0'],
} as const

type Row = KeptBadge & { readonly total: number }

/**
 * What an application that was let in gets to see: everything in force but what is hidden, the oldest
 * first, so that pages do not shift while something new comes in. Of awards here, all; of badges from
 * elsewhere, those of one version.
 */
export async function listKeptBadges(
  db: Db,
  { userId, version }: { readonly userId: string; readonly version: keyof typeof kinds },
  { limit, offset, since = '-infinity' }: Asked,
) {
  const { rows } = await sql<Row>`
    with kept as (
      select 'earned' as origin, a.id, c.signed_text as "signedText", null::bytea as content,
        null as "contentType", coalesce(c.reissued_at, c.created_at) as at
      from award a join credential c on c.award_id = a.id
      where a.learner_id in ${ownLearners(userId)} and a.status = 'awarded' and not a.is_hidden
        and a.acceptance <> 'rejected'
      union all
      select 'imported', e.id, null, e.content, e.content_type, e.updated_at
      from backpack_entry e
      where e.user_id = ${userId}::uuid and e.state = 'kept' and not e.is_hidden
        and e.kind in (${sql.join(kinds[version])}))
    select origin, id, "signedText", content, "contentType", count(*) over () as total
    from kept where at > ${since}::timestamptz
    order by at, id limit ${limit} offset ${offset}`.execute(db)
  const total = rows[0]?.total ?? (await countAfter(db, { userId, version }, { offset, since }))
  return { badges: rows, total }
}

// Beyond the last page there is no row that could tell how many there are.
async function countAfter(
  db: Db,
  whose: Parameters<typeof listKeptBadges>[1],
  { offset, since }: { readonly offset: number; readonly since: string },
): Promise<number> {
  if (offset === 0) return 0
  return (await listKeptBadges(db, whose, { limit: 1, offset: 0, since })).total
}

/** By what name and address a person is known; for applications that may ask. */
export async function findHolder(db: Db, userId: string) {
  const user = db.selectFrom('app_user').select(['id', 'name', 'email']).where('id', '=', userId)
  return await user.executeTakeFirst()
}

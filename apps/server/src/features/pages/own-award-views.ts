import { sql } from 'kysely'
import type { Db } from '../../db/database.js'
import { ownLearners } from '../../db/own-learners.js'

type Asked = { readonly awardId: string; readonly userId: string }

/** Whether an award is this person's. */
export async function isAwardOf(db: Db, { awardId, userId }: Asked): Promise<boolean> {
  const { rows } = await sql`select a.id from award a
    where a.id = ${awardId} and a.learner_id in ${ownLearners(userId)}`.execute(db)
  return rows.length > 0
}

/** Somebody who shows everybody that they have earned a badge. */
export type Earner = {
  readonly awardId: string
  readonly awardedAt: string
  /** Null for those who do not show it. */
  readonly learnerName: string | null
}

/** How many a page shows. */
export const earnersOnPage = 24

type Wanted = {
  readonly templateId: string
  readonly at: Date
  /** Instant and id of the last one of the page before. */
  readonly after: readonly string[] | undefined
}

/** Those who show it to everybody, the newest first; one more than a page holds. */
export async function listEarners(
  db: Db,
  { templateId, at, after = [] }: Wanted,
): Promise<readonly Earner[]> {
  const [awardedAt = null, id = null] = after
  const { rows } = await sql<Earner>`
    select a.id as "awardId", a.awarded_at as "awardedAt",
      case when a.shows_name then nullif(l.name, '') end as "learnerName"
    from award a join learner l on l.id = a.learner_id
    where a.template_id = ${templateId} and a.visibility = 'public' and a.status = 'awarded'
      and a.acceptance <> 'rejected' and l.erased_at is null
      and (a.expires_at is null or a.expires_at > ${at})
      and not exists (select from issuance s where s.award_id = a.id and s.state = 'revoked')
      and (${awardedAt}::timestamptz is null
        or (a.awarded_at, a.id) < (${awardedAt}::timestamptz, ${id}::uuid))
    order by a.awarded_at desc, a.id desc limit ${earnersOnPage + 1}`.execute(db)
  return rows
}

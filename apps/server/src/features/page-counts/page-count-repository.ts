import { sql } from 'kysely'
import { plainArray } from '../../db/arrays.js'
import type { Db } from '../../db/database.js'
import type { Schema } from '../../db/schema.js'

export type Kind = Schema['page_count']['kind']
export type Counted = {
  readonly kind: Kind
  /** Of the award, or of the template where its own page was shown. */
  readonly id: string
  readonly day: string
  readonly count: number
}

/**
 * Adds to what is stored. What has been deleted meanwhile is left out. Rows are taken in one order,
 * so that processes that write at once wait for each other instead of locking each other out.
 */
export async function addCounts(db: Db, counted: readonly Counted[]): Promise<void> {
  await sql`
    insert into page_count as c (template_id, award_id, day, kind, count)
    select coalesce(a.template_id, t.id), a.id, n.day, n.kind, n.count
    from unnest(
      ${plainArray(counted.map(({ kind }) => kind))}::text[],
      ${plainArray(counted.map(({ id }) => id))}::uuid[],
      ${plainArray(counted.map(({ day }) => day))}::date[],
      ${plainArray(counted.map(({ count }) => count))}::bigint[]
    ) as n (kind, id, day, count)
    left join award a on a.id = n.id and n.kind <> 'badge-view'
    left join badge_template t on t.id = n.id and n.kind = 'badge-view'
    where a.id is not null or t.id is not null
    order by 1, 3, 4, 2
    on conflict (template_id, day, kind, award_id) do update set count = c.count + excluded.count`.execute(
    db,
  )
}

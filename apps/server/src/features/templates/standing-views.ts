import { sql } from 'kysely'
import type { Db } from '../../db/database.js'

export type Standing = {
  readonly holding: number
  readonly onTheWay: number
  readonly lost: number
}

/** How many learners hold a badge, are on the way to it, or lost it; each learner in one of them. */
export async function standingOf(db: Db, templateId: string): Promise<Standing> {
  const { rows } = await sql<Standing>`
    with decided as (
      select learner_id, bool_or(status = 'awarded') as holds
      from award where template_id = ${templateId} group by learner_id
    ), begun as (
      select distinct learner_id from mark
      where requirement_id in (select id from requirement where template_id = ${templateId})
    )
    select
      (select count(*) from decided where holds)::int as holding,
      (select count(*) from decided where not holds)::int as lost,
      (select count(*) from begun where learner_id not in (select learner_id from decided))::int
        as "onTheWay"`.execute(db)
  const [row] = rows
  return row ?? { holding: 0, onTheWay: 0, lost: 0 }
}

import { sql } from 'kysely'
import type { Db } from '../../db/database.js'

/** The name of the learner who has earned an award, whether others are told it or not. */
export async function findLearnerName(db: Db, awardId: string): Promise<string | null> {
  const { rows } = await sql<{ name: string | null }>`
    select nullif(l.name, '') as name from award a join learner l on l.id = a.learner_id
    where a.id = ${awardId}`.execute(db)
  return rows[0]?.name ?? null
}

export async function findUserName(db: Db, userId: string): Promise<string | null> {
  const found = await db
    .selectFrom('app_user')
    .select('name')
    .where('id', '=', userId)
    .executeTakeFirst()
  return found?.name || null
}

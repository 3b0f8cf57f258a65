import { sql } from 'kysely'
import type { Db } from '../../db/database.js'

/** Who takes the badges along. */
export async function findPerson(db: Db, userId: string) {
  const { rows } = await sql<{ name: string; addresses: string[] }>`
    select u.name, coalesce((select array_agg(p.email order by lower(p.email)) from proven_address p
      where p.user_id = u.id), '{}') as addresses
    from app_user u where u.id = ${userId}::uuid`.execute(db)
  const [person] = rows
  return person ?? { name: '', addresses: [] }
}

/** What tells whether a badge says itself where it is hosted. */
export async function findOrigin(db: Db, entryId: string) {
  return await db
    .selectFrom('backpack_entry')
    .select(['kind', 'text', 'source_url as sourceUrl'])
    .where('id', '=', entryId)
    .executeTakeFirst()
}

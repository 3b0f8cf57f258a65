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

/** Where a badge is hosted that does not say it itself. */
export async function findAddressOnly(db: Db, entryId: string): Promise<string | null> {
  const { rows } = await sql<{ address: string | null }>`
    select case when kind in ('Assertion 0.5', 'Assertion 1.0') and text like '{%' and not (text::jsonb ? 'id')
      then source_url end as address
    from backpack_entry where id = ${entryId}::uuid`.execute(db)
  return rows[0]?.address ?? null
}

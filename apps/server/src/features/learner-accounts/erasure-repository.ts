import { sql } from 'kysely'
import type { Tx } from '../../db/database.js'

/** The owners of all that somebody owns, in one order. */
export async function lockOwners(tx: Tx, userId: string): Promise<void> {
  await sql`
    select from membership where role = 'owner' and organization_id in (
      select organization_id from membership where user_id = ${userId}::uuid and role = 'owner')
    order by organization_id, user_id for update`.execute(tx)
}

/** What would have no owner any more. */
export async function ownedAlone(
  tx: Tx,
  userId: string,
): Promise<readonly { readonly name: string }[]> {
  const { rows } = await sql<{ name: string }>`
    select o.name from membership m join organization o on o.id = m.organization_id
    where m.user_id = ${userId}::uuid and m.role = 'owner' and not exists (
      select from membership x join app_user u on u.id = x.user_id
      where x.organization_id = m.organization_id and x.role = 'owner' and x.user_id <> m.user_id
        and u.disabled_at is null)
    order by o.name`.execute(tx)
  return rows
}

/** Links that name the addresses only, and what the audit log says of them. */
export async function forgetTraces(tx: Tx, userId: string): Promise<void> {
  await sql`
    delete from one_time_link where user_id = ${userId}::uuid or lower(email) in (
      select lower(email) from user_address where user_id = ${userId}::uuid
      union select lower(email) from app_user where id = ${userId}::uuid) and kind = 'sign-in'
  `.execute(tx)
  await sql`
    update audit_log set detail = '{}', before = null, after = null
    where subject = ${`user/${userId}`}`.execute(tx)
}

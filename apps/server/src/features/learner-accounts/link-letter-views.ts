import { sql } from 'kysely'
import type { Db } from '../../db/database.js'
import type { LinkRow } from '../accounts/accounts.js'

const minute = 60_000
/** So that nobody fills somebody else's mailbox. */
const pauseMs = minute
const mostPerHour = 10

/** Whether one more letter with a link of this kind may go to an address now; letters about badges do not count. */
export async function mayMailLink(
  db: Db,
  {
    email,
    kind,
    now,
  }: { readonly email: string; readonly kind: LinkRow['kind']; readonly now: Date },
): Promise<boolean> {
  const since = new Date(now.getTime() - 60 * minute).toISOString()
  const { rows } = await sql<{ count: number; last: string | null }>`
    select count(*) as count, max(mailed_at) as last from one_time_link
    where lower(email) = lower(${email}) and kind = ${kind} and mailed_at > ${since}::timestamptz
      and created_by is null`.execute(db)
  const [{ count, last } = { count: 0, last: null }] = rows
  return count < mostPerHour && (last === null || now.getTime() - Date.parse(last) >= pauseMs)
}

/** What the latest learner of an address is called. */
export async function learnerNameOf(db: Db, email: string): Promise<string | undefined> {
  const { rows } = await sql<{ name: string }>`
    select name from learner where lower(email) = lower(${email}) and name <> ''
      and erased_at is null and not is_demo
    order by updated_at desc, id desc limit 1`.execute(db)
  return rows[0]?.name
}

/** How somebody who has an address has written it. */
export async function ownSpelling(db: Db, userId: string, email: string): Promise<string> {
  const { rows } = await sql<{ email: string }>`
    select email from app_user where id = ${userId}::uuid and lower(email) = lower(${email})
    union all
    select email from user_address where user_id = ${userId}::uuid and lower(email) = lower(${email})
    limit 1`.execute(db)
  return rows[0]?.email ?? email
}

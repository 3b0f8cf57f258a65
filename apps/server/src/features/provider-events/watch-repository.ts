import { sql } from 'kysely'
import type { Db } from '../../db/database.js'

export async function workingAccounts(db: Db): Promise<string[]> {
  const accounts = db.selectFrom('provider_account').select('id').where('paused_at', 'is', null)
  return (await accounts.orderBy('number').execute()).map(({ id }) => id)
}

/** Issued badges that nobody looked at for a week, the longest first. */
export async function issuedLongAgo(
  db: Db,
  accountId: string,
  most: number,
): Promise<{ id: string; badgeId: string; templateId: string }[]> {
  const { rows } = await sql<{ id: string; badgeId: string; templateId: string }>`
    select id, external_id as "badgeId", external_template_id as "templateId" from issuance
    where account_id = ${accountId} and state = 'issued' and external_id is not null
      and (checked_at is null or checked_at < now() - interval '7 days')
    order by checked_at nulls first limit ${most}`.execute(db)
  return rows
}

/**
 * Whoever knows an organization can announce what never happened, and would fill the table. Credly
 * repeats an announcement for 25 days, so one that is sent again later is looked into anew.
 */
export async function forgetRefused(db: Db): Promise<void> {
  await sql`delete from provider_event
    where state = 'refused' and received_at < now() - interval '30 days'`.execute(db)
}

/** Whatever was found: another issuance may stand for the same badge, and was looked at instead. */
export async function markChecked(db: Db, id: string, at: string): Promise<void> {
  await db.updateTable('issuance').set({ checked_at: at }).where('id', '=', id).execute()
}

type Move = { readonly from: string | null; readonly to: string; readonly at: string }

/** Moves the cursor, unless another poll has moved it meanwhile. */
export async function storeCursor(
  db: Db,
  accountId: string,
  { from, to, at }: Move,
): Promise<void> {
  await db
    .updateTable('provider_account')
    .set({ poll_cursor: to, polled_at: at })
    .where('id', '=', accountId)
    .where(sql<boolean>`poll_cursor is not distinct from ${from}`)
    .execute()
}

import { sql } from 'kysely'
import type { Db, Tx } from '../../db/database.js'

type Two = { readonly from: string; readonly into: string }

/** What makes it impossible that an account disappears into another. */
export async function dutiesOf(db: Db, userId: string): Promise<{ readonly isBusy: boolean }> {
  const { rows } = await sql<{ isBusy: boolean }>`
    select is_administrator or exists (select from membership m where m.user_id = u.id) as "isBusy"
    from app_user u where u.id = ${userId}::uuid`.execute(db)
  return { isBusy: rows[0]?.isBusy === true }
}

/** The ways in, which whoever made an account without proving its address does not bring along. */
export async function moveIdentities(tx: Tx, { from, into }: Two): Promise<void> {
  await tx.updateTable('user_identity').set({ user_id: into }).where('user_id', '=', from).execute()
}

/** Proven addresses; of the same address in both accounts one is kept. */
export async function moveAddresses(tx: Tx, { from, into }: Two): Promise<void> {
  await sql`
    delete from user_address mine using user_address theirs
    where mine.user_id = ${into}::uuid and mine.proven_at is null
      and theirs.user_id = ${from}::uuid and theirs.proven_at is not null
      and lower(mine.email) = lower(theirs.email)`.execute(tx)
  await sql`
    update user_address a set user_id = ${into}::uuid
    where a.user_id = ${from}::uuid and a.proven_at is not null
      and not exists (select from user_address mine
        where mine.user_id = ${into}::uuid and lower(mine.email) = lower(a.email))
      and not exists (select from app_user u
        where u.id = ${into}::uuid and lower(u.email) = lower(a.email))`.execute(tx)
}

/**
 * Imported badges, what is said of them, and the collections that they are in. Of a badge that both have the
 * one that is here stays: kept if one of the two was, and seen if one of the two was.
 */
export async function moveBadges(tx: Tx, { from, into }: Two): Promise<void> {
  await sql`update collection set user_id = ${into}::uuid where user_id = ${from}::uuid`.execute(tx)
  await sql`
    update backpack_entry mine set seen_at = coalesce(mine.seen_at, theirs.seen_at),
      state = case when 'kept' in (mine.state, theirs.state) then 'kept' else mine.state end,
      created_at = least(mine.created_at, theirs.created_at)
    from backpack_entry theirs where mine.user_id = ${into}::uuid
      and theirs.user_id = ${from}::uuid and theirs.identity = mine.identity`.execute(tx)
  for (const table of ['collection_item', 'badge_endorsement'] as const) {
    await sql`
      update ${sql.table(table)} o set entry_id = mine.id
      from backpack_entry theirs join backpack_entry mine
        on mine.identity = theirs.identity and mine.user_id = ${into}::uuid
      where theirs.user_id = ${from}::uuid and o.entry_id = theirs.id`.execute(tx)
  }
  await sql`
    delete from backpack_entry theirs using backpack_entry mine
    where theirs.user_id = ${from}::uuid and mine.user_id = ${into}::uuid
      and mine.identity = theirs.identity`.execute(tx)
  await sql`update backpack_entry set user_id = ${into}::uuid where user_id = ${from}::uuid`.execute(
    tx,
  )
  await sql`update badge_endorsement set user_id = ${into}::uuid where user_id = ${from}::uuid`.execute(
    tx,
  )
  await sql`
    update badge_endorsement set endorser_user_id = ${into}::uuid
    where endorser_user_id = ${from}::uuid`.execute(tx)
}

import { type Insertable, type Selectable, sql } from 'kysely'
import type { Db, Tx } from '../../db/database.js'
import type { Schema } from '../../db/schema.js'

export type NoticeRow = Selectable<Schema['notice']>

/** Whether it was opened; it is not when one of its kind is open about the same thing. */
export async function insertNotice(tx: Tx, row: Insertable<Schema['notice']>): Promise<boolean> {
  const inserted = await tx
    .insertInto('notice')
    .values(row)
    .onConflict((oc) =>
      oc.columns(['kind', 'subject']).where('resolved_at', 'is', null).doNothing(),
    )
    .returning('id')
    .executeTakeFirst()
  return inserted !== undefined
}

export async function findNotice(db: Db, id: string): Promise<NoticeRow | undefined> {
  return await db.selectFrom('notice').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function resolveNotices(
  db: Db,
  of: { readonly kind: string; readonly subject: string; readonly at: string },
): Promise<void> {
  await db
    .updateTable('notice')
    .set({ resolved_at: of.at })
    .where('kind', '=', of.kind)
    .where('subject', '=', of.subject)
    .where('resolved_at', 'is', null)
    .execute()
}

/** Whether it was open until now. */
export async function closeNotice(tx: Tx, id: string, at: string): Promise<boolean> {
  const closed = await tx
    .updateTable('notice')
    .set({ resolved_at: at })
    .where('id', '=', id)
    .where('resolved_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return closed !== undefined
}

/** Open ones that nobody was told of, the oldest first; those that another run is sending are passed over. */
export async function lockUnmailed(tx: Tx, most: number): Promise<NoticeRow[]> {
  return await tx
    .selectFrom('notice')
    .selectAll()
    .where('resolved_at', 'is', null)
    .where('mailed_at', 'is', null)
    .orderBy('opened_at')
    .orderBy('id')
    .limit(most)
    .forNoKeyUpdate()
    .skipLocked()
    .execute()
}

export async function markMailed(tx: Tx, ids: readonly string[], at: string): Promise<void> {
  await tx.updateTable('notice').set({ mailed_at: at }).where('id', 'in', ids).execute()
}

/** Open notices whose cause is gone, or the thing that they are about. */
export async function findSettled(db: Db): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select notice.id
    from notice
    left join provider_account as account
      on notice.subject = 'provider-account/' || account.id
    left join badge_template as template on notice.subject = 'badge-template/' || template.id
    where notice.resolved_at is null and (
      (notice.subject like 'provider-account/%' and account.id is null)
      or (notice.subject like 'badge-template/%' and template.id is null)
      or (notice.kind = 'account-paused' and account.paused_at is null)
      or (notice.kind = 'template-vanished' and not template.archived_with_provider)
      or (notice.kind = 'badge-ended-there' and not exists (
        select from issuance
        where account_id = account.id and state = 'revoked' and reason = 'ended-there')))
  `.execute(db)
  return rows.map(({ id }) => id)
}

export async function closeAll(tx: Tx, ids: readonly string[], at: string): Promise<void> {
  await tx
    .updateTable('notice')
    .set({ resolved_at: at })
    .where('id', 'in', ids)
    .where('resolved_at', 'is', null)
    .execute()
}

/**
 * Fails when somebody is just opening or resolving a notice, who could not be seen yet. Held until
 * the end of the transaction: what is read afterwards holds for whoever opens a notice later.
 */
export async function lockNotices(tx: Tx): Promise<void> {
  await sql`lock table notice in share row exclusive mode nowait`.execute(tx)
}

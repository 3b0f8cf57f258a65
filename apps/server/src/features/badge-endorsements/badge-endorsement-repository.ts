import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import type { Db, Tx } from '../../db/database.js'
import type { Schema } from '../../db/schema.js'

export type EndorsementRow = Selectable<Schema['badge_endorsement']>

/** Which badge: an award of ours, or one that was brought. */
export type BadgeKey = Pick<EndorsementRow, 'award_id' | 'entry_id'>

export async function insertRequest(
  tx: Tx,
  row: Insertable<Schema['badge_endorsement']>,
): Promise<EndorsementRow> {
  return await tx
    .insertInto('badge_endorsement')
    .values(row)
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Locked, so that of two who settle it at once the second finds it settled. */
export async function lockEndorsement(tx: Tx, id: string): Promise<EndorsementRow | undefined> {
  const rows = tx.selectFrom('badge_endorsement').selectAll().where('id', '=', id)
  return await rows.forUpdate().executeTakeFirst()
}

export async function findByHash(db: Db, hash: Buffer): Promise<EndorsementRow | undefined> {
  const rows = db.selectFrom('badge_endorsement').selectAll().where('hash', '=', hash)
  return await rows.executeTakeFirst()
}

export async function updateEndorsement(
  tx: Tx,
  id: string,
  values: Updateable<Schema['badge_endorsement']>,
): Promise<EndorsementRow> {
  return await tx
    .updateTable('badge_endorsement')
    .set(values)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** What was asked or said about one badge of somebody, whatever became of it. */
export async function listOfBadge(
  tx: Tx,
  userId: string,
  { award_id, entry_id }: BadgeKey,
): Promise<readonly EndorsementRow[]> {
  return await tx
    .selectFrom('badge_endorsement')
    .selectAll()
    .where('user_id', '=', userId)
    .where('award_id', 'is not distinct from', award_id)
    .where('entry_id', 'is not distinct from', entry_id)
    .execute()
}

export async function countAskedSince(tx: Tx, userId: string, since: string): Promise<number> {
  const { count } = await tx
    .selectFrom('badge_endorsement')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('user_id', '=', userId)
    .where('created_at', '>', since)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** Who reads the mail of an address, as far as it is known. */
export async function readerOf(db: Db, email: string): Promise<string | null> {
  const reader = db
    .selectFrom('proven_address')
    .select('user_id')
    .where(sql<boolean>`lower(email) = lower(${email})`)
    .limit(1)
  return (await reader.executeTakeFirst())?.user_id ?? null
}

import type { Insertable, Selectable } from 'kysely'
import type { Db, Tx } from '../../db/database.js'
import type { Schema } from '../../db/schema.js'

export type IssuerRow = Selectable<Schema['issuer']>
export type IssuerKeyRow = Selectable<Schema['issuer_key']>

export async function insertIssuer(tx: Tx, row: Insertable<Schema['issuer']>): Promise<IssuerRow> {
  return await tx.insertInto('issuer').values(row).returningAll().executeTakeFirstOrThrow()
}

export async function findIssuer(db: Db, id: string): Promise<IssuerRow | undefined> {
  return await db.selectFrom('issuer').selectAll().where('id', '=', id).executeTakeFirst()
}

/** The issuer that was there first; it also answers for the host as a whole. */
export async function findOldestIssuer(db: Db): Promise<IssuerRow | undefined> {
  const issuers = db.selectFrom('issuer').selectAll().orderBy('created_at').orderBy('id')
  return await issuers.limit(1).executeTakeFirst()
}

/** Two rotations at once wait here for each other, so that one key at most is in use. */
export async function lockIssuer(tx: Tx, id: string): Promise<IssuerRow | undefined> {
  const issuer = tx.selectFrom('issuer').selectAll().where('id', '=', id)
  return await issuer.forNoKeyUpdate().executeTakeFirst()
}

/** Every key, the newest first; retired ones too, which stay published. */
export async function findKeys(db: Db, issuerId: string): Promise<IssuerKeyRow[]> {
  const keys = db.selectFrom('issuer_key').selectAll().where('issuer_id', '=', issuerId)
  return await keys.orderBy('created_at', 'desc').orderBy('kid').execute()
}

export async function findKey(db: Db, kid: string): Promise<IssuerKeyRow | undefined> {
  return await db.selectFrom('issuer_key').selectAll().where('kid', '=', kid).executeTakeFirst()
}

/** The key that signs now. */
export async function findSigningKey(db: Db, issuerId: string): Promise<IssuerKeyRow | undefined> {
  const keys = db.selectFrom('issuer_key').selectAll().where('issuer_id', '=', issuerId)
  return await keys
    .where('retired_at', 'is', null)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst()
}

export async function insertKey(tx: Tx, row: Insertable<Schema['issuer_key']>): Promise<void> {
  await tx.insertInto('issuer_key').values(row).execute()
}

export async function retireKeys(
  tx: Tx,
  keys: { readonly issuerId: string; readonly at: string },
): Promise<void> {
  await tx
    .updateTable('issuer_key')
    .set({ retired_at: keys.at })
    .where('issuer_id', '=', keys.issuerId)
    .where('retired_at', 'is', null)
    .execute()
}

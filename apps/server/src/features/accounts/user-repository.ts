import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import type { Db, Tx } from '../../db/database.js'
import type { Schema } from '../../db/schema.js'

export type UserRow = Selectable<Schema['app_user']>

export async function findUser(db: Db, id: string): Promise<UserRow | undefined> {
  return await db.selectFrom('app_user').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function findUserByEmail(db: Db, email: string): Promise<UserRow | undefined> {
  return await byEmail(db, email).executeTakeFirst()
}

/** Locked until the end of the transaction. */
export async function lockUser(tx: Tx, id: string): Promise<UserRow | undefined> {
  return await tx
    .selectFrom('app_user')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

export async function lockUserByEmail(tx: Tx, email: string): Promise<UserRow | undefined> {
  return await byEmail(tx, email).forUpdate().executeTakeFirst()
}

export async function insertUser(tx: Tx, row: Insertable<Schema['app_user']>): Promise<UserRow> {
  return await tx.insertInto('app_user').values(row).returningAll().executeTakeFirstOrThrow()
}

export async function updateUser(
  tx: Tx,
  id: string,
  values: Updateable<Schema['app_user']>,
): Promise<UserRow> {
  return await tx
    .updateTable('app_user')
    .set(values)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

export async function deleteUser(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('app_user').where('id', '=', id).execute()
}

/** What somebody does where. */
export async function membershipsOf(db: Db, userId: string) {
  const memberships = db.selectFrom('membership').select(['organization_id', 'role'])
  return await memberships.where('user_id', '=', userId).execute()
}

export async function hasAdministrator(db: Db): Promise<boolean> {
  const found = await db
    .selectFrom('app_user')
    .select('id')
    .where('is_administrator', '=', true)
    .where('disabled_at', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

/** All who could help if the others were gone, locked in the order of their ids. */
export async function lockAdministrators(tx: Tx): Promise<readonly string[]> {
  const rows = await tx
    .selectFrom('app_user')
    .select('id')
    .where('is_administrator', '=', true)
    .where('disabled_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute()
  return rows.map(({ id }) => id)
}

function byEmail(db: Db, email: string) {
  return db.selectFrom('app_user').selectAll().where(sql<boolean>`lower(email) = lower(${email})`)
}

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

/** Lets one who proves an address at a time through; two at once would both make an account. */
export async function holdAddress(tx: Tx, email: string): Promise<void> {
  await sql`
    select pg_advisory_xact_lock(hashtextextended(${`address/${email.toLowerCase()}`}, 0))
  `.execute(tx)
}

/** Whose an address is, locked: who has proven it comes before an account that only names it. */
export async function lockUserOfAddress(tx: Tx, email: string): Promise<UserRow | undefined> {
  const id = await findUserIdOfAddress(tx, email)
  return id === undefined ? undefined : await lockUser(tx, id)
}

export async function findUserIdOfAddress(db: Db, email: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select u.id from app_user u left join user_address a
      on a.user_id = u.id and lower(a.email) = lower(${email}) and a.proven_at is not null
    where lower(u.email) = lower(${email}) or a.id is not null
    order by lower(u.email) = lower(${email}) and u.email_proven_at is not null desc,
      a.id is not null desc, u.id
    limit 1`.execute(db)
  return rows[0]?.id
}

/** The earliest of the further addresses that somebody has proven. */
export async function firstProvenAddress(tx: Tx, userId: string) {
  return await tx
    .selectFrom('user_address')
    .select(['id', 'email', 'proven_at'])
    .where('user_id', '=', userId)
    .where('proven_at', 'is not', null)
    .orderBy('proven_at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
}

/** Puts another address of somebody in the place of the one of the account. */
export async function movePrimary(
  tx: Tx,
  user: UserRow,
  move: {
    readonly to: {
      readonly id: string
      readonly email: string
      readonly proven_at: string | null
    }
    /** As a further address. */
    readonly keepsOld: boolean
    readonly at: string
  },
): Promise<UserRow> {
  const { to, keepsOld, at } = move
  await tx.deleteFrom('user_address').where('id', '=', to.id).execute()
  const values = { email: to.email, email_proven_at: to.proven_at, updated_at: at }
  const after = await updateUser(tx, user.id, values)
  if (keepsOld) {
    const old = { email: user.email, proven_at: user.email_proven_at }
    await tx
      .insertInto('user_address')
      .values({ user_id: user.id, ...old, created_at: user.created_at })
      .execute()
  }
  return after
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

/**
 * Ends all by which anybody could get in or be sent badges but the password: providers, applications and programs
 * that were let in, hosts, wallets, and links under way.
 */
export async function deleteWaysIn(tx: Tx, userId: string): Promise<void> {
  const tables = [
    'user_identity',
    'oauth_record',
    'badgr_token',
    'badge_host',
    'wallet_offer',
  ] as const
  for (const table of tables) {
    await sql`delete from ${sql.table(table)} where user_id = ${userId}::uuid`.execute(tx)
  }
  await sql`
    delete from one_time_link where user_id = ${userId}::uuid and kind = 'address'`.execute(tx)
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

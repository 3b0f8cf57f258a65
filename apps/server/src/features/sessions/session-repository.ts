import type { Role } from '@rosette/contract'
import { type Insertable, type Selectable, sql } from 'kysely'
import type { Db, Tx } from '../../db/database.js'
import type { Schema } from '../../db/schema.js'

export type SessionRow = Selectable<Schema['session']>

/** A session that is in force, with what its person may do. */
export type LiveSession = {
  readonly id: string
  readonly user_id: string
  readonly email: string
  readonly is_administrator: boolean
  readonly created_at: string
  readonly last_seen_at: string
  readonly memberships: readonly { readonly organizationId: string; readonly role: Role }[]
}

export async function insertSession(
  tx: Tx,
  row: Insertable<Schema['session']>,
): Promise<{ readonly id: string }> {
  return await tx.insertInto('session').values(row).returning('id').executeTakeFirstOrThrow()
}

export async function findLiveSession(
  db: Db,
  { hash, at }: { readonly hash: Buffer; readonly at: string },
): Promise<LiveSession | undefined> {
  const { rows } = await sql<LiveSession>`
    select s.id, s.user_id, s.created_at, s.last_seen_at, u.email, u.is_administrator, coalesce((
      select json_agg(json_build_object('organizationId', m.organization_id, 'role', m.role))
      from membership m where m.user_id = u.id), '[]') as memberships
    from session s join app_user u on u.id = s.user_id
    where s.hash = ${hash} and s.expires_at > ${at}::timestamptz and u.disabled_at is null
  `.execute(db)
  return rows[0]
}

export async function touchSession(
  db: Db,
  session: {
    readonly id: string
    readonly userId: string
    readonly at: string
    readonly expiresAt: string
  },
): Promise<void> {
  await sql`
    with seen as (
      update session set last_seen_at = ${session.at}, expires_at = ${session.expiresAt}
      where id = ${session.id})
    update app_user set last_seen_at = ${session.at} where id = ${session.userId}
  `.execute(db)
}

export async function listSessionsOf(db: Db, userId: string, at: string): Promise<SessionRow[]> {
  return await db
    .selectFrom('session')
    .selectAll()
    .where('user_id', '=', userId)
    .where('expires_at', '>', at)
    .orderBy('last_seen_at', 'desc')
    .orderBy('id')
    .execute()
}

export async function deleteSession(
  db: Db,
  { id, userId }: { readonly id: string; readonly userId: string },
): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('session')
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .executeTakeFirstOrThrow()
  return numDeletedRows > 0n
}

export async function deleteSessionByHash(db: Db, hash: Buffer): Promise<void> {
  await db.deleteFrom('session').where('hash', '=', hash).execute()
}

/** Signs somebody out everywhere, or everywhere else. */
export async function deleteSessionsOf(db: Db, userId: string, except?: string): Promise<void> {
  let query = db.deleteFrom('session').where('user_id', '=', userId)
  if (except !== undefined) query = query.where('id', '<>', except)
  await query.execute()
}

export async function deleteOldSessions(db: Db, at: string): Promise<void> {
  await db.deleteFrom('session').where('expires_at', '<=', at).execute()
}

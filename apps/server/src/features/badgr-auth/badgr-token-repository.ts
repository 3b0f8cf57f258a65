import type { Role } from '@rosette/contract'
import { type Insertable, sql } from 'kysely'
import type { BadgrTokenKind } from '../../db/badgr-schema.js'
import type { Db, Tx } from '../../db/database.js'
import type { Schema } from '../../db/schema.js'

/** A token in force, with what is to be known of its person. */
export type KnownToken = {
  readonly id: string
  readonly kind: BadgrTokenKind
  readonly userId: string | null
  readonly apiTokenId: string | null
  readonly clientId: string
  readonly scope: string
  readonly issuerId: string | null
  readonly grantId: string
  readonly passwordMark: Buffer | null
  readonly createdAt: string
  readonly expiresAt: string
  readonly usedAt: string | null
}

export type Person = {
  readonly id: string
  readonly email: string
  readonly isAdministrator: boolean
  readonly memberships: readonly { readonly organizationId: string; readonly role: Role }[]
}

const shown = sql`
  t.id, t.kind, t.user_id as "userId", t.api_token_id as "apiTokenId", t.client_id as "clientId", t.scope,
  t.issuer_id as "issuerId", t.grant_id as "grantId", t.password_mark as "passwordMark",
  t.created_at as "createdAt", t.expires_at as "expiresAt", t.used_at as "usedAt"`

// A token of a password ends with the password, and all end with the account.
const inForce = sql`
  (t.user_id is null or (u.disabled_at is null and (t.password_mark is null
    or t.password_mark = sha256(convert_to(u.password_hash, 'UTF8')))))`

export async function findToken(
  db: Db,
  { hash, kinds, at }: { readonly hash: Buffer; kinds: readonly BadgrTokenKind[]; at: string },
): Promise<KnownToken | undefined> {
  const { rows } = await sql<KnownToken>`
    select ${shown} from badgr_token t left join app_user u on u.id = t.user_id
    where t.hash = ${hash} and t.kind = any(${[...kinds]}::text[]) and t.expires_at > ${at}::timestamptz
      and ${inForce}`.execute(db)
  return rows[0]
}

export async function insertBadgrToken(
  tx: Tx,
  row: Insertable<Schema['badgr_token']>,
): Promise<string> {
  const { id } = await tx
    .insertInto('badgr_token')
    .values(row)
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Of two who exchange it at once, the first says when; the second leaves that as it is. */
export async function markExchanged(tx: Tx, id: string, at: string): Promise<void> {
  await tx
    .updateTable('badgr_token')
    .set({ used_at: at })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .execute()
}

export async function findPerson(db: Db, userId: string): Promise<Person | undefined> {
  const { rows } = await sql<Person>`
    select u.id, u.email, u.is_administrator as "isAdministrator", coalesce((
      select json_agg(json_build_object('organizationId', m.organization_id, 'role', m.role))
      from membership m where m.user_id = u.id), '[]') as memberships
    from app_user u where u.id = ${userId}::uuid and u.disabled_at is null`.execute(db)
  return rows[0]
}

export async function findPasswordHash(db: Db, userId: string): Promise<string | null> {
  const users = db.selectFrom('app_user').select('password_hash').where('id', '=', userId)
  return (await users.executeTakeFirst())?.password_hash ?? null
}

/** The sign-ins of a person that are still good for something, the newest first. */
export async function listGrants(db: Db, userId: string, at: string) {
  const { rows } = await sql<{
    grantId: string
    clientId: string
    scope: string
    createdAt: string
    expiresAt: string
  }>`
    select t.grant_id as "grantId", min(t.client_id) as "clientId", min(t.scope) as scope,
      min(t.created_at) as "createdAt", max(t.expires_at) as "expiresAt"
    from badgr_token t join app_user u on u.id = t.user_id
    where t.user_id = ${userId}::uuid and t.kind <> 'key' and t.expires_at > ${at}::timestamptz and ${inForce}
    group by t.grant_id order by min(t.created_at) desc, t.grant_id`.execute(db)
  return rows
}

/** Ends all tokens of one sign-in; answers whether there were any. */
export async function deleteGrant(
  tx: Tx,
  grant: { readonly userId: string; readonly grantId: string },
): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('badgr_token')
    .where('user_id', '=', grant.userId)
    .where('grant_id', '=', grant.grantId)
    .executeTakeFirstOrThrow()
  return numDeletedRows > 0n
}

/** Ends the keys of a person but for the newest ones. */
export async function deleteKeys(tx: Tx, userId: string, kept: number): Promise<void> {
  await sql`
    delete from badgr_token where id in (
      select id from badgr_token where user_id = ${userId}::uuid and kind = 'key'
      order by created_at desc, id offset ${kept})`.execute(tx)
}

export async function deleteEndedTokens(db: Db, at: string): Promise<void> {
  await db.deleteFrom('badgr_token').where('expires_at', '<=', at).execute()
}

/** Which of these issuers there are. */
export async function findIssuerIds(db: Db, ids: readonly string[]) {
  const { rows } = await sql<{ id: string; organizationId: string }>`
    select id, organization_id as "organizationId" from issuer
    where id = any(${[...ids]}::text[]::uuid[])`.execute(db)
  return rows
}

import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Db, Tx } from '../../db/database.js'

export type OAuthRecord = {
  readonly model: string
  readonly id: string
  readonly payload: Readonly<Record<string, unknown>>
  readonly clientId: string | null
  readonly userId: string | null
  readonly grantId: string | null
  readonly seconds: number | undefined
}

/** What a record is found by; whoever reads the table cannot make the token out of it. */
function keyOf(id: string): string {
  return createHash('sha256').update(id).digest('base64url')
}

export async function saveRecord(db: Db, record: OAuthRecord): Promise<void> {
  const { model, id, payload, clientId, userId, grantId, seconds = null } = record
  const expiresAt = seconds === null ? null : new Date(Date.now() + seconds * 1000).toISOString()
  // Who it belongs to is kept where it was known before: a question is saved again when it is answered.
  await sql`
    insert into oauth_record (model, key, payload, client_id, user_id, grant_id, expires_at)
    values (${model}, ${keyOf(id)}, ${JSON.stringify(payload)}::jsonb, ${clientId}, ${userId}, ${grantId},
      ${expiresAt}::timestamptz)
    on conflict (model, key) do update set payload = excluded.payload, expires_at = excluded.expires_at,
      client_id = coalesce(excluded.client_id, oauth_record.client_id),
      user_id = coalesce(excluded.user_id, oauth_record.user_id),
      grant_id = coalesce(excluded.grant_id, oauth_record.grant_id)`.execute(db)
}

type Found = {
  readonly payload: Readonly<Record<string, unknown>>
  readonly consumedAt: string | null
}

/** A record that is still good; those of a disabled account are not. */
export async function findRecord(db: Db, model: string, id: string): Promise<Found | undefined> {
  const { rows } = await sql<Found>`
    select r.payload, r.consumed_at as "consumedAt" from oauth_record r
    left join app_user u on u.id = r.user_id
    where r.model = ${model} and r.key = ${keyOf(id)}
      and (r.expires_at is null or r.expires_at > now()) and u.disabled_at is null`.execute(db)
  return rows[0]
}

/** Marks a code or token as used; false when somebody else has just done so. */
export async function consumeRecord(db: Db, model: string, id: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('oauth_record')
    .set({ consumed_at: new Date().toISOString() })
    .where('model', '=', model)
    .where('key', '=', keyOf(id))
    .where('consumed_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function deleteRecord(db: Db, model: string, id: string): Promise<void> {
  const records = db.deleteFrom('oauth_record').where('model', '=', model)
  await records.where('key', '=', keyOf(id)).execute()
}

export async function deleteByGrant(db: Db, model: string, grantId: string): Promise<void> {
  const records = db.deleteFrom('oauth_record').where('model', '=', model)
  await records.where('grant_id', '=', grantId).execute()
}

/** Gives a question that nobody has looked at to the first who does; false when it is another's. */
export async function claimInteraction(db: Db, uid: string, userId: string): Promise<boolean> {
  const { rows } = await sql`
    update oauth_record set user_id = ${userId}::uuid
    where model = 'Interaction' and key = ${keyOf(uid)}
      and (user_id is null or user_id = ${userId}::uuid)
    returning key`.execute(db)
  return rows.length > 0
}

/** To the minute: a write for every request would be one too many. */
export async function noteUse(db: Db, grantId: string): Promise<void> {
  await sql`
    update oauth_record set last_used_at = now()
    where model = 'Grant' and grant_id = ${grantId}
      and (last_used_at is null or last_used_at < now() - interval '1 minute')`.execute(db)
}

export type ApplicationRow = {
  readonly clientId: string
  readonly client: Readonly<Record<string, unknown>>
  readonly scopes: readonly string[]
  readonly connectedAt: string
  readonly lastUsedAt: string | null
}

/** The applications that hold anything of a person by which they could get in. */
export async function listApplications(db: Db, userId: string): Promise<ApplicationRow[]> {
  const { rows } = await sql<ApplicationRow>`
    select c.client_id as "clientId", c.payload as client,
      array(select distinct s from oauth_record t, unnest(string_to_array(t.payload->>'scope', ' ')) s
        where t.user_id = ${userId}::uuid and t.client_id = c.client_id
          and t.model in ('AccessToken', 'RefreshToken') and t.expires_at > now()
          and t.consumed_at is null order by s) as scopes,
      g."connectedAt", g."lastUsedAt"
    from oauth_record c
    join lateral (
      select min(created_at) as "connectedAt", max(last_used_at) as "lastUsedAt" from oauth_record
      where model = 'Grant' and user_id = ${userId}::uuid and client_id = c.client_id
    ) g on g."connectedAt" is not null
    where c.model = 'Client' and exists (
      select from oauth_record t
      where t.user_id = ${userId}::uuid and t.client_id = c.client_id and t.consumed_at is null
        and t.model in ('AccessToken', 'RefreshToken') and t.expires_at > now())
    order by g."connectedAt" desc, c.client_id`.execute(db)
  return rows
}

/** Takes away everything that an application holds of a person; false when that is nothing. */
export async function deleteAccess(tx: Tx, userId: string, clientId: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('oauth_record')
    .where('user_id', '=', userId)
    .where('client_id', '=', clientId)
    .where('model', '<>', 'Interaction')
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** What is over, and clients that registered a month ago and were never let in. */
export async function deleteOldRecords(db: Db): Promise<void> {
  await sql`delete from oauth_record where expires_at < now()`.execute(db)
  await sql`
    delete from oauth_record c
    where c.model = 'Client' and c.created_at < now() - interval '30 days' and not exists (
      select from oauth_record r where r.client_id = c.client_id and r.model <> 'Client')`.execute(
    db,
  )
}

import { createHash, randomBytes } from 'node:crypto'
import { type Insertable, type Selectable, sql } from 'kysely'
import type { Db, Tx } from '../../db/database.js'
import type { Schema } from '../../db/schema.js'

export type LinkRow = Selectable<Schema['one_time_link']>
export type NewLink = Omit<Insertable<Schema['one_time_link']>, 'hash'>

/** What stands in a link, and what is kept of it: 32 random bytes need no slow hash. */
export function newSecret(): { readonly secret: string; readonly hash: Buffer } {
  const secret = randomBytes(32).toString('base64url')
  return { secret, hash: hashOfSecret(secret) }
}

/** What is kept of a secret. */
export function hashOfSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

/** Makes a link that works once; the secret is known to the caller only. */
export async function insertLink(tx: Tx, values: NewLink): Promise<string> {
  const { secret, hash } = newSecret()
  await tx
    .insertInto('one_time_link')
    .values({ ...values, hash })
    .execute()
  return secret
}

/** Locked, so that of two who use it at once the second finds it used. */
export async function lockLink(
  tx: Tx,
  kind: LinkRow['kind'],
  secret: string,
): Promise<LinkRow | undefined> {
  return await tx
    .selectFrom('one_time_link')
    .selectAll()
    .where('hash', '=', hashOfSecret(secret))
    .where('kind', '=', kind)
    .forUpdate()
    .executeTakeFirst()
}

export async function markUsed(tx: Tx, id: string, at: string): Promise<void> {
  await tx.updateTable('one_time_link').set({ used_at: at }).where('id', '=', id).execute()
}

/** All that could still be used, locked in the order of their ids. */
export async function lockOpenSetUps(tx: Tx): Promise<void> {
  await tx
    .selectFrom('one_time_link')
    .select('id')
    .where('kind', '=', 'set-up')
    .where('used_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute()
}

/** Those of a kind, or of a kind and a person, that nobody has used. */
export async function withdrawLinks(
  tx: Tx,
  {
    kind,
    userId,
    at,
  }: { readonly kind: LinkRow['kind']; readonly userId?: string; readonly at: string },
): Promise<void> {
  let query = tx
    .updateTable('one_time_link')
    .set({ withdrawn_at: at })
    .where('kind', '=', kind)
    .where('used_at', 'is', null)
    .where('withdrawn_at', 'is', null)
  if (userId !== undefined) query = query.where('user_id', '=', userId)
  await query.execute()
}

/** When a link of this kind was last mailed to somebody. */
export async function lastMailed(tx: Tx, userId: string): Promise<string | null> {
  const { at } = await tx
    .selectFrom('one_time_link')
    .select(({ fn }) => fn.max('mailed_at').as('at'))
    .where('user_id', '=', userId)
    .where('kind', '=', 'reset')
    .executeTakeFirstOrThrow()
  return at
}

/** Those that can be of no use to anybody any more. */
export async function deleteOldLinks(db: Db, before: string): Promise<void> {
  await sql`
    delete from one_time_link where coalesce(used_at, withdrawn_at, expires_at) < ${before}
  `.execute(db)
}

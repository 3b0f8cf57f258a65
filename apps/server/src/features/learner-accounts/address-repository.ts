import { type Selectable, sql } from 'kysely'
import type { Db, Tx } from '../../db/database.js'
import type { Schema } from '../../db/schema.js'

export type AddressRow = Selectable<Schema['user_address']>

/** An address of somebody; the one of the account has the id of the account. */
export type OwnAddress = {
  readonly id: string
  readonly email: string
  readonly isPrimary: boolean
  readonly provenAt: string | null
  readonly addedAt: string
}

/** The one of the account first. */
export async function listOwnAddresses(db: Db, userId: string): Promise<readonly OwnAddress[]> {
  const { rows } = await sql<OwnAddress>`
    select id, email, true as "isPrimary", email_proven_at as "provenAt", created_at as "addedAt"
      from app_user where id = ${userId}::uuid
    union all
    select id, email, false, proven_at, created_at from user_address where user_id = ${userId}::uuid
    order by 3 desc, 5, 1`.execute(db)
  return rows
}

/** How many awards there are for a proven address; of another it is nobody's business. */
export async function countAwards(db: Db, userId: string): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ email: string; count: number }>`
    select lower(p.email) as email, count(a.id) as count
    from proven_address p join learner l on lower(l.email) = lower(p.email) and l.email <> ''
      join award a on a.learner_id = l.id
    where p.user_id = ${userId}::uuid and l.erased_at is null
    group by 1`.execute(db)
  return new Map(rows.map(({ email, count }) => [email, count]))
}

/** Whom the imported badges of somebody name. */
export async function listRecipients(db: Db, userId: string) {
  const entries = db.selectFrom('backpack_entry').select('recipient')
  const rows = await entries
    .where('user_id', '=', userId)
    .where('recipient', 'is not', null)
    .execute()
  return rows.flatMap(({ recipient }) => recipient ?? [])
}

export async function insertAddress(
  tx: Tx,
  row: { readonly user_id: string; readonly email: string; readonly created_at: string },
): Promise<string> {
  const address = tx.insertInto('user_address').values(row).returning('id')
  return (await address.executeTakeFirstOrThrow()).id
}

export async function findAddress(
  db: Db,
  { userId, id }: { readonly userId: string; readonly id: string },
): Promise<AddressRow | undefined> {
  return await db
    .selectFrom('user_address')
    .selectAll()
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .executeTakeFirst()
}

export async function deleteAddress(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('user_address').where('id', '=', id).execute()
}

/** Says that somebody reads the mail of one of their further addresses, which is made where it is missing. */
export async function proveAddress(
  tx: Tx,
  { userId, email, at }: { readonly userId: string; readonly email: string; readonly at: string },
): Promise<void> {
  await sql`
    insert into user_address (user_id, email, proven_at, created_at)
    values (${userId}::uuid, ${email}, ${at}::timestamptz, ${at}::timestamptz)
    on conflict (user_id, lower(email)) do update set proven_at = excluded.proven_at`.execute(tx)
}

/** How many letters about addresses somebody has had sent since then. */
export async function countAsked(tx: Tx, userId: string, since: string): Promise<number> {
  const { count } = await tx
    .selectFrom('one_time_link')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('user_id', '=', userId)
    .where('kind', '=', 'address')
    .where('mailed_at', '>', since)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** The addresses that links were made for, without locking any; for those who will lock people first. */
export async function findLinkOwner(db: Db, hash: Buffer) {
  return await db
    .selectFrom('one_time_link')
    .select(['user_id', 'email'])
    .where('hash', '=', hash)
    .where('kind', '=', 'address')
    .executeTakeFirst()
}

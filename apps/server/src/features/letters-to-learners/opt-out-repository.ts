import { createHmac, timingSafeEqual } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '../../db/database.js'

/** The kinds of letters that an address may say no to. */
export const letterKinds = ['new-badges', 'endorsements'] as const
export type LetterKind = (typeof letterKinds)[number]

/** What an address and a kind of letters are called where neither may be read or changed by others. */
export async function sealAddress(db: Db, email: string, letters: LetterKind) {
  const { rows } = await sql<{ hash: Buffer; secret: Buffer }>`
    select address_hash(${email}) as hash, secret from erasure_secret`.execute(db)
  const [row] = rows
  if (row === undefined) throw new Error('The secret for erased learners is missing.')
  return { hash: row.hash, token: tokenOf(row.secret, row.hash, letters) }
}

/** Whether the token was made here for this hash and these letters. */
export async function isOurToken(
  db: Db,
  given: { readonly hash: Buffer; readonly token: Buffer; readonly letters: LetterKind },
): Promise<boolean> {
  const { rows } = await sql<{ secret: Buffer }>`select secret from erasure_secret`.execute(db)
  const [row] = rows
  if (row === undefined) return false
  const right = tokenOf(row.secret, given.hash, given.letters)
  return right.length === given.token.length && timingSafeEqual(right, given.token)
}

// The secret of this installation that no new master key changes: an old letter must keep working.
function tokenOf(secret: Buffer, hash: Buffer, letters: LetterKind): Buffer {
  return createHmac('sha256', secret).update(`unsubscribe/${letters}/`).update(hash).digest()
}

export async function optOut(db: Db, hash: Buffer, letters: LetterKind): Promise<void> {
  await db
    .insertInto('mail_opt_out')
    .values({ hash, letters })
    .onConflict((oc) => oc.doNothing())
    .execute()
}

export async function optOutAddress(db: Db, email: string, letters: LetterKind): Promise<void> {
  await sql`insert into mail_opt_out (hash, letters) values (address_hash(${email}), ${letters})
    on conflict do nothing`.execute(db)
}

export async function optInAddress(db: Db, email: string, letters: LetterKind): Promise<void> {
  await sql`delete from mail_opt_out
    where hash = address_hash(${email}) and letters = ${letters}`.execute(db)
}

/** What an address has said no to. */
export async function optedOut(db: Db, email: string): Promise<ReadonlySet<LetterKind>> {
  const { rows } = await sql<{ letters: LetterKind }>`
    select letters from mail_opt_out where hash = address_hash(${email})`.execute(db)
  return new Set(rows.map(({ letters }) => letters))
}

/** Every address that somebody has proven. */
export async function provenAddressesOf(db: Db, userId: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('proven_address')
    .select('email')
    .where('user_id', '=', userId)
    .execute()
  return rows.map(({ email }) => email)
}

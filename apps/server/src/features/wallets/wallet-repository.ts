import { sql } from 'kysely'
import type { Db, Tx } from '../../db/database.js'
import { ownersOfLearner, ownLearners } from '../../db/own-learners.js'

/** After this many wrong numbers an offer is over. */
const mostWrong = 5

/** How an award of somebody's own stands; undefined for what is not theirs. */
export async function findOwnAward(db: Db, userId: string, awardId: string) {
  const { rows } = await sql<{ readonly name: string; readonly isSigned: boolean }>`
    select t.name, a.status = 'awarded' and c.award_id is not null as "isSigned"
    from award a join badge_template t on t.id = a.template_id
    left join credential c on c.award_id = a.id
    where a.id = ${awardId}::uuid and a.learner_id in ${ownLearners(userId)}`.execute(db)
  return rows[0]
}

/** Whether it is an entry of the backpack, which nobody here can sign. */
export async function isOwnEntry(db: Db, userId: string, id: string): Promise<boolean> {
  const entries = db.selectFrom('backpack_entry').select('id').where('id', '=', id)
  return (await entries.where('user_id', '=', userId).executeTakeFirst()) !== undefined
}

export type NewOffer = {
  readonly userId: string
  readonly awardId: string
  readonly codeHash: Buffer
  readonly pinHash: Buffer
  readonly expiresAt: string
}

/** Stores an offer in the place of one that was not taken up. */
export async function insertOffer(tx: Tx, offer: NewOffer): Promise<void> {
  const { userId: user_id, awardId: award_id } = offer
  await tx
    .deleteFrom('wallet_offer')
    .where('user_id', '=', user_id)
    .where('award_id', '=', award_id)
    .where('token_hash', 'is', null)
    .execute()
  await tx
    .insertInto('wallet_offer')
    .values({
      user_id,
      award_id,
      code_hash: offer.codeHash,
      pin_hash: offer.pinHash,
      expires_at: offer.expiresAt,
    })
    .execute()
}

/** An offer that can still be taken up. */
export async function findOffer(db: Db, codeHash: Buffer, at: string) {
  return await db
    .selectFrom('wallet_offer')
    .select(['id', 'pin_hash'])
    .where('code_hash', '=', codeHash)
    .where('expires_at', '>', at)
    .where('token_hash', 'is', null)
    .where('wrong_pins', '<', mostWrong)
    .executeTakeFirst()
}

export async function countWrongPin(db: Db, id: string): Promise<void> {
  await db
    .updateTable('wallet_offer')
    .set((eb) => ({ wrong_pins: eb('wrong_pins', '+', 1) }))
    .where('id', '=', id)
    .execute()
}

/** Gives the token for the code, to the first who asks; false to whoever comes second. */
export async function exchangeCode(
  db: Db,
  id: string,
  token: { readonly hash: Buffer; readonly expiresAt: string },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('wallet_offer')
    .set({ token_hash: token.hash, token_expires_at: token.expiresAt })
    .where('id', '=', id)
    .where('token_hash', 'is', null)
    // Guesses that were under way at once count, too.
    .where('wrong_pins', '<', mostWrong)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** What a token is good for; the person may have lost the award's address, or the account, meanwhile. */
export async function findByToken(db: Db, tokenHash: Buffer, at: string) {
  const { rows } = await sql<{ readonly id: string; readonly awardId: string }>`
    select o.id, o.award_id as "awardId" from wallet_offer o
    join app_user u on u.id = o.user_id and u.disabled_at is null
    join award a on a.id = o.award_id
    join learner l on l.id = a.learner_id and l.erased_at is null
    where o.token_hash = ${tokenHash} and o.token_expires_at > ${at}::timestamptz
      and o.user_id in ${ownersOfLearner}`.execute(db)
  return rows[0]
}

export async function markIssued(db: Db, id: string, at: string): Promise<void> {
  const offer = db.updateTable('wallet_offer').set({ issued_at: at }).where('id', '=', id)
  await offer.where('issued_at', 'is', null).execute()
}

/** True for the first who uses a nonce. */
export async function spendNonce(db: Db, hash: Buffer, expiresAt: string): Promise<boolean> {
  const { numInsertedOrUpdatedRows = 0n } = await db
    .insertInto('used_wallet_nonce')
    .values({ hash, expires_at: expiresAt })
    .onConflict((oc) => oc.column('hash').doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows > 0n
}

export async function deleteOldOffers(db: Db, at: string): Promise<void> {
  await sql`
    delete from wallet_offer where greatest(expires_at, token_expires_at) < ${at}::timestamptz`.execute(
    db,
  )
  await db.deleteFrom('used_wallet_nonce').where('expires_at', '<', at).execute()
}

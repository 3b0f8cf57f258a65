import type { Db } from '../../db/database.js'

/** Whoever is known by a number. */
export async function findUserByNumber(db: Db, number: number) {
  return await db
    .selectFrom('app_user')
    .select(['id', 'number'])
    .where('number', '=', number)
    .where('disabled_at', 'is', null)
    .executeTakeFirst()
}

/** Whoever has proven to read the mail of an address, however it is written. */
export async function findUserByMail(db: Db, email: string) {
  return await db
    .selectFrom('proven_address as p')
    .innerJoin('app_user as u', 'u.id', 'p.user_id')
    .select(['u.id', 'u.number'])
    .where(({ fn }) => fn('lower', ['p.email']), '=', email.toLowerCase())
    .executeTakeFirst()
}

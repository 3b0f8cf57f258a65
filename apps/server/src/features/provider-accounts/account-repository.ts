import type { Selectable } from 'kysely'
import type { Db, Tx } from '../../db/database.js'
import type { Schema } from '../../db/schema.js'

export type AccountRow = Selectable<Schema['provider_account']>

export async function findAccount(db: Db, id: string): Promise<AccountRow | undefined> {
  return await db.selectFrom('provider_account').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Two changes of one account wait here for each other. */
export async function lockAccount(tx: Tx, id: string): Promise<AccountRow | undefined> {
  const account = tx.selectFrom('provider_account').selectAll().where('id', '=', id)
  return await account.forNoKeyUpdate().executeTakeFirst()
}

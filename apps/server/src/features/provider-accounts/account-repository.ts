import { type Selectable, sql, type Updateable } from 'kysely'
import type { Db, Tx } from '../../db/database.js'
import type { Schema } from '../../db/schema.js'
import { AppError } from '../../http/app-error.js'
import { whenSeen } from './when-seen.js'

export type AccountRow = Selectable<Schema['provider_account']>
type Changes = Updateable<Schema['provider_account']>

export async function findAccount(db: Db, id: string): Promise<AccountRow | undefined> {
  return await db.selectFrom('provider_account').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Two changes of one account wait here for each other. */
export async function lockAccount(tx: Tx, id: string): Promise<AccountRow | undefined> {
  const account = tx.selectFrom('provider_account').selectAll().where('id', '=', id)
  return await account.forNoKeyUpdate().executeTakeFirst()
}

/** Those that are worked with, in the order in which they were made. */
export async function findWorkingAccounts(db: Db): Promise<AccountRow[]> {
  const accounts = db.selectFrom('provider_account').selectAll().where('paused_at', 'is', null)
  return await accounts.orderBy('number').execute()
}

/** Stores an account that is new: nothing is known yet of its health, its templates and its badges. */
export async function insertAccount(tx: Tx, account: AccountRow): Promise<void> {
  const { id, organization_id, issuer_id, provider, name, external_id, api_base_url } = account
  const { sealed_secret, requests_per_minute, created_at, updated_at } = account
  await tx
    .insertInto('provider_account')
    .values({
      ...{ id, organization_id, issuer_id, provider, name, external_id, api_base_url },
      ...{ sealed_secret, requests_per_minute, created_at, updated_at },
    })
    .execute()
}

export async function updateAccount(db: Db, id: string, changes: Changes): Promise<void> {
  await db.updateTable('provider_account').set(changes).where('id', '=', id).execute()
}

/** The account of this id; refuses when there is none. */
export async function accountOr404(db: Db, id: string): Promise<AccountRow> {
  return found(await findAccount(db, id), id)
}

export async function lockAccountOr404(tx: Tx, id: string): Promise<AccountRow> {
  return found(await lockAccount(tx, id), id)
}

function found(account: AccountRow | undefined, id: string): AccountRow {
  if (account !== undefined) return account
  throw new AppError('provider-account-not-found', `There is no provider account ${id}.`)
}

/** Its badges and the templates that are bound to it would lose where they are. */
export async function usesOf(db: Db, id: string) {
  const { rows } = await sql<{ issuances: boolean; templates: number }>`
    select exists (select from issuance where account_id = ${id}) as issuances,
      (select count(*)::int from badge_template
        join provider_template on provider_template.id = badge_template.provider_template_id
        where provider_template.account_id = ${id}) as templates`.execute(db)
  return rows[0] ?? { issuances: false, templates: 0 }
}

export async function deleteAccount(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('provider_account').where('id', '=', id).execute()
  await forgetLimits(tx, id)
}

/**
 * What failed is due at once; what may have had an effect only when that can be seen. In id order, as
 * every change of several.
 */
export async function hastenIssuances(db: Db, id: string, at: string): Promise<void> {
  await sql`
    with concerned as (
      select id from issuance
      where account_id = ${id} and state = 'failed' and next_try_at > ${at}::timestamptz
      order by id for update
    )
    update issuance i set next_try_at = least(i.next_try_at, ${whenSeen(at)})
    from concerned c where i.id = c.id and i.state = 'failed'`.execute(db)
}

/** A key is tried under the limits of its account, also when the account is not stored after all. */
export async function forgetLimits(db: Db, id: string): Promise<void> {
  await db.deleteFrom('rate_bucket').where('key', '=', id).execute()
}

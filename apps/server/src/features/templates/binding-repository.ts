import type { Db, Tx } from '../../db/database.js'

/**
 * A provider's template that badges may be bound to, with its account held until the transaction
 * ends: a sync of that account comes before, and is seen here, or after, and sees the binding.
 */
export async function holdProviderTemplate(tx: Tx, id: string) {
  const held = tx
    .selectFrom('provider_account as a')
    .select('a.id')
    .where('a.id', 'in', (eb) =>
      eb.selectFrom('provider_template').select('account_id').where('id', '=', id),
    )
  await held.forShare().execute()
  return await findProviderTemplate(tx, id)
}

/** A provider's template with the organization that may use it. */
export async function findProviderTemplate(db: Db, id: string) {
  return await db
    .selectFrom('provider_template as p')
    .innerJoin('provider_account as a', 'a.id', 'p.account_id')
    .select(['p.name', 'p.state', 'a.provider', 'a.name as accountName', 'a.organization_id'])
    .where('p.id', '=', id)
    .executeTakeFirst()
}

import type { ProviderTemplate } from '@rosette/providers'
import { type Selectable, sql } from 'kysely'
import type { Db, Tx } from '../../db/database.js'
import type { Schema, SyncSummaryJson } from '../../db/schema.js'

export type ProviderTemplateRow = Selectable<Schema['provider_template']>

/** What is known of an account's templates, or of one of them. */
export async function findKnown(
  tx: Tx,
  accountId: string,
  externalId?: string,
): Promise<ProviderTemplateRow[]> {
  let query = tx.selectFrom('provider_template').selectAll().where('account_id', '=', accountId)
  if (externalId !== undefined) query = query.where('external_id', '=', externalId)
  return await query.execute()
}

/** The database's clock: processes compare what they read by it. */
export async function readClock(db: Db): Promise<string> {
  const { rows } = await sql<{ at: string }>`select clock_timestamp() as at`.execute(db)
  return rows[0]?.at ?? ''
}

export type Reading = {
  readonly accountId: string
  /** When reading began. */
  readonly readAt: string
}

/** Below the limit of 65,535 parameters of one statement. */
const mostAtOnce = 1000

/** Stores templates as they were read; an account's only, since ids of different accounts may be the same. */
export async function storeRead(
  tx: Tx,
  { accountId, readAt }: Reading,
  templates: readonly ProviderTemplate[],
): Promise<void> {
  for (let from = 0; from < templates.length; from += mostAtOnce) {
    const values = templates.slice(from, from + mostAtOnce).map((template) => ({
      account_id: accountId,
      external_id: template.id,
      name: template.name,
      description: template.description,
      image_url: template.imageUrl,
      url: template.url,
      state: template.state,
      allows_duplicates: template.allowsDuplicates,
      skills: [...template.skills],
      changed_at: template.updatedAt,
      synced_at: readAt,
    }))
    await tx
      .insertInto('provider_template')
      .values(values)
      .onConflict((oc) =>
        oc.columns(['account_id', 'external_id']).doUpdateSet((eb) => ({
          name: eb.ref('excluded.name'),
          description: eb.ref('excluded.description'),
          image_url: eb.ref('excluded.image_url'),
          url: eb.ref('excluded.url'),
          state: eb.ref('excluded.state'),
          allows_duplicates: eb.ref('excluded.allows_duplicates'),
          skills: eb.ref('excluded.skills'),
          changed_at: eb.ref('excluded.changed_at'),
          synced_at: eb.ref('excluded.synced_at'),
        })),
      )
      .execute()
  }
}

export async function markVanished(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await sql`update provider_template set state = 'archived'
    where id = any(${[...ids]}::uuid[])`.execute(tx)
}

/** Notes that these were read, changed or not: what was read earlier does not replace it. */
export async function markRead(tx: Tx, ids: readonly string[], readAt: string): Promise<void> {
  await sql`update provider_template set synced_at = ${readAt}
    where id = any(${[...ids]}::uuid[])`.execute(tx)
}

export type BoundTemplate = Awaited<ReturnType<typeof lockBound>>[number]

/** The badge templates that are issued by templates of the account, locked in id order. */
export async function lockBound(tx: Tx, accountId: string, externalId?: string) {
  let query = tx
    .selectFrom('badge_template as t')
    .select([
      't.id',
      't.provider_template_id as providerTemplateId',
      't.state',
      't.name',
      't.description',
      't.tags',
      't.follows_provider as follows',
      't.archived_with_provider as archivedWithProvider',
    ])
    .where('t.provider_template_id', 'in', (eb) => {
      const own = eb.selectFrom('provider_template').select('id')
      const ofAccount = own.where('account_id', '=', accountId)
      return externalId === undefined ? ofAccount : ofAccount.where('external_id', '=', externalId)
    })
  query = query.orderBy('t.id')
  return await query.forNoKeyUpdate().execute()
}

export async function recordSync(
  tx: Tx,
  accountId: string,
  { at, summary }: { readonly at: string; readonly summary: SyncSummaryJson },
): Promise<void> {
  await tx
    .updateTable('provider_account')
    .set({ synced_at: at, sync_summary: JSON.stringify(summary), sync_error: null })
    .where('id', '=', accountId)
    .execute()
}

export async function recordSyncError(db: Db, accountId: string, error: string): Promise<void> {
  await db
    .updateTable('provider_account')
    .set({ sync_error: error })
    .where('id', '=', accountId)
    .execute()
}

export type AccountFilter = {
  readonly provider?: 'credly' | 'accredible' | 'badgr'
  /** The provider's id of it, such as the organization at Credly. */
  readonly externalId?: string | undefined
  readonly numberOrId?: string | undefined
}

/** The accounts that fit, oldest first. */
export async function selectAccounts(db: Db, filter: AccountFilter) {
  const { provider, externalId, numberOrId } = filter
  let query = db.selectFrom('provider_account').select(['id', 'number', 'name', 'provider'])
  if (provider !== undefined) query = query.where('provider', '=', provider)
  if (externalId !== undefined) {
    query = query.where(sql`lower(external_id)`, '=', externalId.toLowerCase())
  }
  if (numberOrId !== undefined) {
    query = query.where(sql<boolean>`${numberOrId.toLowerCase()} in (number::text, id::text)`)
  }
  return await query.orderBy('number').execute()
}

export async function countActive(tx: Tx, accountId: string): Promise<number> {
  const { active } = await tx
    .selectFrom('provider_template')
    .select((eb) => eb.fn.countAll<number>().as('active'))
    .where('account_id', '=', accountId)
    .where('state', '=', 'active')
    .executeTakeFirstOrThrow()
  return Number(active)
}

/** Working accounts whose last sync is six hours ago, or that never had one. */
export async function accountsToSync(db: Db): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from provider_account
    where paused_at is null and (synced_at is null or synced_at < now() - interval '6 hours')
    order by synced_at nulls first`.execute(db)
  return rows.map(({ id }) => id)
}

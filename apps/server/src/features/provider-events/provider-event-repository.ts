import { type Selectable, sql } from 'kysely'
import type { Db, Tx } from '../../db/database.js'
import type { Schema } from '../../db/schema.js'
import type { Announcement } from './announcement.js'

export type ProviderEventRow = Selectable<Schema['provider_event']>

/** The account that stands for an organization at Credly. */
export async function findCredlyAccount(db: Db, organizationId: string) {
  return await db
    .selectFrom('provider_account')
    .select(['id', 'webhook_secret_hash'])
    .where('provider', '=', 'credly')
    .where(sql`lower(external_id)`, '=', organizationId.toLowerCase())
    .executeTakeFirst()
}

/** Whether this many events of the account wait, or more. */
export async function areWaiting(db: Db, accountId: string, many: number): Promise<boolean> {
  const waiting = db
    .selectFrom('provider_event')
    .select('id')
    .where('account_id', '=', accountId)
    .where('state', '=', 'waiting')
  const last = await waiting
    .offset(many - 1)
    .limit(1)
    .executeTakeFirst()
  return last !== undefined
}

/** The id of what was stored; undefined when the event was announced before. */
export async function insertEvent(
  tx: Tx,
  accountId: string,
  { id, type, occurredAt }: Announcement,
): Promise<string | undefined> {
  const stored = await tx
    .insertInto('provider_event')
    .values({
      account_id: accountId,
      external_id: id,
      claimed_type: type,
      event_type: null,
      occurred_at: occurredAt,
      detail: null,
      data: null,
      settled_at: null,
    })
    .onConflict((oc) => oc.columns(['account_id', 'external_id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return stored?.id
}

export async function findEvent(db: Db, id: string): Promise<ProviderEventRow | undefined> {
  return await db.selectFrom('provider_event').selectAll().where('id', '=', id).executeTakeFirst()
}

export type Settlement = {
  readonly state: Exclude<ProviderEventRow['state'], 'waiting'>
  readonly detail: string
  /** What the provider said when asked. */
  readonly event?: Readonly<Record<string, unknown>> & { readonly type: string }
}

export async function settleEvent(
  db: Db,
  id: string,
  { state, detail, event, at }: Settlement & { readonly at: string },
): Promise<void> {
  await db
    .updateTable('provider_event')
    .set({ state, detail, settled_at: at })
    .set(event === undefined ? {} : { event_type: event.type, data: JSON.stringify(event) })
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .execute()
}

import type { ProviderEvent } from '@rosette/contract'
import { type SqlBool, sql } from 'kysely'
import type { Db } from '../../db/database.js'
import { type Reach, within } from '../../db/reach.js'
import { readCursor, toPage } from '../../http/paging.js'
import type { ProviderEventRow } from './provider-event-repository.js'

type Asked = {
  readonly accountId?: string | undefined
  readonly state?: ProviderEvent['state'] | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

/** What providers announced, the latest first. */
export async function listProviderEvents(
  db: Db,
  { accountId, state, limit, cursor }: Asked,
  reach: Reach,
) {
  const after = readCursor(cursor, ['instant', 'uuid'])
  let query = db.selectFrom('provider_event').selectAll()
  if (reach !== 'everywhere') {
    query = query.where('account_id', 'in', (eb) =>
      eb.selectFrom('provider_account').select('id').where(within(reach, 'organization_id')),
    )
  }
  if (accountId !== undefined) query = query.where('account_id', '=', accountId)
  if (state !== undefined) query = query.where('state', '=', state)
  if (after !== undefined) {
    const place = sql`(${after[0]}::timestamptz, ${after[1]}::uuid)`
    query = query.where(sql<SqlBool>`(received_at, id) < ${place}`)
  }
  const found = await query
    .orderBy('received_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const { rows, next } = toPage(found, limit, (row) => [row.received_at, row.id])
  return { items: rows.map(toView), next }
}

function toView(row: ProviderEventRow): ProviderEvent {
  return {
    id: row.id,
    accountId: row.account_id,
    externalId: row.external_id,
    claimedType: row.claimed_type,
    eventType: row.event_type,
    occurredAt: row.occurred_at,
    state: row.state,
    detail: row.detail,
    data: row.data,
    receivedAt: row.received_at,
    settledAt: row.settled_at,
  }
}

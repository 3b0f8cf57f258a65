import { type Selectable, sql } from 'kysely'
import { plainArray } from '../../db/arrays.js'
import type { Db, Tx } from '../../db/database.js'
import type { Schema } from '../../db/schema.js'

export type IssuanceRow = Selectable<Schema['issuance']>

export async function insertIssuances(tx: Tx, awardIds: readonly string[]): Promise<void> {
  await sql`
    insert into issuance (award_id) select * from unnest(${plainArray(awardIds)}::uuid[])
    on conflict (award_id, target) do nothing`.execute(tx)
}

/** Two jobs for one award wait here for each other; the second sees what the first has done. */
export async function lockIssuance(tx: Tx, awardId: string): Promise<IssuanceRow | undefined> {
  return await tx
    .selectFrom('issuance')
    .selectAll()
    .where('award_id', '=', awardId)
    .where('target', '=', 'native')
    .forUpdate()
    .executeTakeFirst()
}

export async function markIssued(tx: Tx, id: string, at: string): Promise<void> {
  await tx
    .updateTable('issuance')
    .set({ state: 'issued', issued_at: at, updated_at: at, last_error: null, next_try_at: null })
    .set((eb) => ({ attempts: eb('attempts', '+', 1) }))
    .where('id', '=', id)
    .execute()
}

/**
 * Ends these issuances. In id order, as every change of several: a job that is just signing one of
 * them is waited for, and one that comes later finds it revoked.
 */
export async function markRevoked(tx: Tx, awardIds: readonly string[]): Promise<void> {
  await sql`
    with concerned as (
      select id from issuance
      where award_id = any(${plainArray(awardIds)}::uuid[]) and target = 'native'
      order by id for update
    )
    update issuance i set state = 'revoked', next_try_at = null, updated_at = now()
    from concerned c where i.id = c.id`.execute(tx)
}

export async function recordFailure(
  db: Db,
  awardId: string,
  failure: {
    readonly state: 'failed' | 'stopped'
    readonly error: string
    readonly nextTryAt: string | null
  },
): Promise<void> {
  await db
    .updateTable('issuance')
    .set({ state: failure.state, last_error: failure.error, next_try_at: failure.nextTryAt })
    .set((eb) => ({ attempts: eb('attempts', '+', 1), updated_at: sql<string>`now()` }))
    .where('award_id', '=', awardId)
    .where('target', '=', 'native')
    .where('state', 'in', ['queued', 'issuing', 'failed', 'stopped'])
    .execute()
}

/** Puts stopped or failed issuances back into the queue and names their awards. */
export async function requeue(tx: Tx, awardIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ award_id: string }>`
    with concerned as (
      select id from issuance
      where award_id = any(${plainArray(awardIds)}::uuid[]) and target = 'native'
        and state in ('failed', 'stopped')
      order by id for update
    )
    update issuance i set state = 'queued', next_try_at = null, updated_at = now()
    from concerned c where i.id = c.id
    returning i.award_id`.execute(tx)
  return rows.map((row) => row.award_id)
}

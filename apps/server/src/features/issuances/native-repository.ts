import { sql } from 'kysely'
import type { Db, Tx } from '../../db/database.js'
import type { IssuanceRow } from './issuance-repository.js'

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
    .set((eb) => ({ attempts: eb('attempts', '+', 1), note: 'Signed.' }))
    .where('id', '=', id)
    .execute()
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
    .set({
      state: failure.state,
      last_error: failure.error,
      next_try_at: failure.nextTryAt,
      note: null,
    })
    .set((eb) => ({ attempts: eb('attempts', '+', 1), updated_at: sql<string>`now()` }))
    .where('award_id', '=', awardId)
    .where('target', '=', 'native')
    .where('state', 'in', ['queued', 'issuing', 'failed', 'stopped'])
    .execute()
}

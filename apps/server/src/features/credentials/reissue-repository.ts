import type { Selectable } from 'kysely'
import type { Db, Tx } from '../../db/database.js'
import type { Schema } from '../../db/schema.js'

export type ReissueRow = Selectable<Schema['reissue']>

export type NewReissue = Pick<
  ReissueRow,
  'issuer_id' | 'key_kid' | 'template_id' | 'requested_by'
> & {
  readonly requested_at: string
}

/** Awards that are granted from now on are signed with what is current, so they are not part of it. */
export async function insertReissue(tx: Tx, row: NewReissue): Promise<ReissueRow> {
  const { last } = await tx
    .selectFrom('award')
    .select((eb) => eb.fn.max<number | null>('number').as('last'))
    .executeTakeFirstOrThrow()
  const values = { ...row, until_number: last ?? 0 }
  return await tx.insertInto('reissue').values(values).returningAll().executeTakeFirstOrThrow()
}

/** Of two workers at one time the second waits, and goes on where the first has ended. */
export async function lockReissue(tx: Tx, id: string): Promise<ReissueRow | undefined> {
  const run = tx.selectFrom('reissue').selectAll().where('id', '=', id)
  return await run.forUpdate().executeTakeFirst()
}

/** The next awards in force whose badges are to be signed anew, in the order of their numbers. */
export async function nextToReissue(tx: Tx, run: ReissueRow, most: number) {
  let query = tx
    .selectFrom('award as a')
    .innerJoin('credential as c', 'c.award_id', 'a.id')
    .innerJoin('issuer_key as k', 'k.kid', 'c.issuer_key_kid')
    .select(['a.id', 'a.number'])
    .where('k.issuer_id', '=', run.issuer_id)
    .where('a.status', '=', 'awarded')
    .where('a.number', '>', run.last_number)
    .where('a.number', '<=', run.until_number)
  const { key_kid: kid, template_id: templateId } = run
  if (templateId !== null) query = query.where('a.template_id', '=', templateId)
  if (kid !== null) {
    query = query.where((eb) =>
      eb.or([
        eb('c.issuer_key_kid', '=', kid),
        eb('c.jwt_key_kid', '=', kid),
        eb('c.assertion_key_kid', '=', kid),
      ]),
    )
  }
  return await query.orderBy('a.number').limit(most).execute()
}

export async function recordReissued(
  tx: Tx,
  run: ReissueRow,
  done: Pick<ReissueRow, 'last_number' | 'reissued' | 'failed' | 'last_error' | 'finished_at'>,
): Promise<void> {
  await tx.updateTable('reissue').set(done).where('id', '=', run.id).execute()
}

export async function listReissueRows(db: Db, issuerId: string): Promise<ReissueRow[]> {
  const runs = db.selectFrom('reissue').selectAll().where('issuer_id', '=', issuerId)
  return await runs.orderBy('requested_at', 'desc').orderBy('id').limit(50).execute()
}

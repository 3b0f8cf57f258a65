import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import type { Db, Tx } from '../../db/database.js'
import type { Schema } from '../../db/schema.js'
import type { CheckedRow } from './check-rows.js'

export type ImportRow = Selectable<Schema['award_import']>
export type FileRow = Selectable<Schema['award_import_row']>

export async function insertImport(
  tx: Tx,
  values: Insertable<Schema['award_import']>,
): Promise<ImportRow> {
  return await tx.insertInto('award_import').values(values).returningAll().executeTakeFirstOrThrow()
}

/** Whoever runs, changes or deletes it waits here for the other. */
export async function lockImport(tx: Tx, id: string): Promise<ImportRow | undefined> {
  const imports = tx.selectFrom('award_import').selectAll().where('id', '=', id)
  return await imports.forUpdate().executeTakeFirst()
}

export async function updateImport(
  tx: Tx,
  id: string,
  values: Updateable<Schema['award_import']>,
): Promise<void> {
  await tx.updateTable('award_import').set(values).where('id', '=', id).execute()
}

export async function deleteImport(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('award_import').where('id', '=', id).execute()
}

const rowsAtOnce = 2000

/** Stores the rows of an import in the place of those that were there. */
export async function replaceRows(
  tx: Tx,
  importId: string,
  rows: readonly CheckedRow[],
): Promise<void> {
  await tx.deleteFrom('award_import_row').where('import_id', '=', importId).execute()
  for (let start = 0; start < rows.length; start += rowsAtOnce) {
    const part = rows.slice(start, start + rowsAtOnce)
    await sql`
      insert into award_import_row
        (import_id, number, cells, template_id, learner_id, "check", faults)
      select ${importId}::uuid, r.number, array(select json_array_elements_text(r.cells)),
        r."templateId", r."learnerId", r."check", r.faults
      from json_to_recordset(${JSON.stringify(part)}::json) as r (number integer, cells json,
        "templateId" uuid, "learnerId" bigint, "check" text, faults jsonb)`.execute(tx)
  }
}

export async function rowsOf(db: Db, importId: string) {
  const rows = db.selectFrom('award_import_row').select(['number', 'cells'])
  return await rows.where('import_id', '=', importId).orderBy('number').execute()
}

/** The next rows that are in order and not done, in the order of the file. */
export async function nextRows(tx: Tx, importId: string, most: number): Promise<FileRow[]> {
  return await tx
    .selectFrom('award_import_row')
    .selectAll()
    .where('import_id', '=', importId)
    .where('result', 'is', null)
    .where('check', 'in', ['ready', 'new-learner'])
    .orderBy('number')
    .limit(most)
    .execute()
}

export type Settled = {
  readonly number: number
  readonly result: 'awarded' | 'held' | 'failed'
  readonly detail: string | null
  readonly awardId: string | null
  readonly learnerId: number | null
}

export async function settleRows(
  tx: Tx,
  importId: string,
  settled: readonly Settled[],
): Promise<void> {
  await sql`
    update award_import_row r set result = s.result, detail = s.detail, award_id = s."awardId",
      learner_id = coalesce(s."learnerId", r.learner_id)
    from json_to_recordset(${JSON.stringify(settled)}::json) as s (number integer, result text,
      detail text, "awardId" uuid, "learnerId" bigint)
    where r.import_id = ${importId}::uuid and r.number = s.number`.execute(tx)
}

import type { AwardImport, AwardImportRow } from '@rosette/contract'
import { sql } from 'kysely'
import type { Db } from '../../db/database.js'
import { type Reach, within } from '../../db/reach.js'
import { AppError } from '../../http/app-error.js'
import { readCursor, toPage } from '../../http/paging.js'
import { parseFields, valuesOf } from './columns.js'
import type { ImportRow } from './import-repository.js'

type Page = { readonly limit: number; readonly cursor?: string | undefined }
type Stored = ImportRow & { readonly templateName: string | null }

export async function listImports(
  db: Db,
  { limit, cursor, organizationId }: Page & { readonly organizationId?: string | undefined },
  reach: Reach,
) {
  const after = readCursor(cursor, ['number'])
  let query = imports(db)
    .where(within(reach, 'award_import.organization_id'))
    .orderBy('award_import.number', 'desc')
    .limit(limit + 1)
  if (after !== undefined) query = query.where('award_import.number', '<', Number(after[0]))
  if (organizationId !== undefined) {
    query = query.where('award_import.organization_id', '=', organizationId)
  }
  const { rows, next } = toPage(await query.execute(), limit, (row) => [row.number])
  return { items: await toViews(db, rows), next }
}

export async function getImport(db: Db, id: string): Promise<AwardImport> {
  const row = await imports(db).where('award_import.id', '=', id).executeTakeFirst()
  const [view] = row === undefined ? [] : await toViews(db, [row])
  if (view === undefined) {
    throw new AppError('award-import-not-found', `There is no import ${id}.`)
  }
  return view
}

function imports(db: Db) {
  return db
    .selectFrom('award_import')
    .leftJoin('badge_template', 'badge_template.id', 'award_import.template_id')
    .selectAll('award_import')
    .select('badge_template.name as templateName')
}

type Counted = { import_id: string; check: string; result: string | null; count: number }

async function toViews(db: Db, rows: readonly Stored[]): Promise<AwardImport[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const { rows: counted } = await sql<Counted>`
    select import_id, "check", result, count(*) as count from award_import_row
    where import_id = any(${ids}::uuid[]) group by 1, 2, 3`.execute(db)
  const { rows: samples } = await sql<{ import_id: string; cells: string[] }>`
    select distinct on (import_id) import_id, cells from award_import_row
    where import_id = any(${ids}::uuid[]) order by import_id, number`.execute(db)
  return rows.map((row) => {
    const own = counted.filter((one) => one.import_id === row.id)
    return toView(row, own, samples.find((one) => one.import_id === row.id)?.cells ?? [])
  })
}

function toView(row: Stored, counted: readonly Counted[], sample: readonly string[]): AwardImport {
  const fields = parseFields(row.fields)
  const sum = (isMeant: (one: Counted) => boolean) =>
    counted.filter(isMeant).reduce((all, one) => all + Number(one.count), 0)
  const ofCheck = (check: string) => sum((one) => one.check === check)
  const ofResult = (result: string) => sum((one) => one.result === result)
  return {
    id: row.id,
    organizationId: row.organization_id,
    template: named(row.template_id, row.templateName),
    fileName: row.file_name,
    encoding: row.encoding,
    delimiter: row.delimiter,
    columns: row.header.map((header, index) => ({
      header,
      field: fields[index] ?? null,
      sample: sample[index] ?? null,
    })),
    state: row.state,
    rows: sum(() => true),
    checks: {
      ready: ofCheck('ready'),
      'new-learner': ofCheck('new-learner'),
      held: ofCheck('held'),
      faulty: ofCheck('faulty'),
    },
    results: { awarded: ofResult('awarded'), held: ofResult('held'), failed: ofResult('failed') },
    createdBy: row.created_by,
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  }
}

type RowFilter = {
  readonly check?: AwardImportRow['check'] | undefined
  readonly result?: AwardImportRow['result'] | undefined
}

export async function listImportRows(db: Db, id: string, asked: Page & RowFilter) {
  const after = readCursor(asked.cursor, ['number'])
  const fields = await fieldsOfImport(db, id)
  const at = { after: after === undefined ? 0 : Number(after[0]), most: asked.limit + 1 }
  const found = await rowsFrom(db, id, { ...asked, ...at })
  const { rows, next } = toPage(found, asked.limit, (row) => [row.number])
  return { items: rows.map((row) => toRowView(row, fields)), next }
}

const rowsAtOnce = 1000

/** All rows of an import, read as they are taken. */
export async function* readImportRows(db: Db, id: string): AsyncGenerator<AwardImportRow> {
  const fields = await fieldsOfImport(db, id)
  let after = 0
  for (;;) {
    const rows = await rowsFrom(db, id, { after, most: rowsAtOnce })
    for (const row of rows) yield toRowView(row, fields)
    after = rows.at(-1)?.number ?? after
    if (rows.length < rowsAtOnce) return
  }
}

async function fieldsOfImport(db: Db, id: string) {
  const imports = db.selectFrom('award_import').select('fields').where('id', '=', id)
  return parseFields((await imports.executeTakeFirst())?.fields ?? [])
}

async function rowsFrom(
  db: Db,
  id: string,
  { check, result, after, most }: RowFilter & { readonly after: number; readonly most: number },
) {
  let query = db
    .selectFrom('award_import_row as r')
    .leftJoin('badge_template as t', 't.id', 'r.template_id')
    .leftJoin('learner as l', 'l.id', 'r.learner_id')
    .selectAll('r')
    .select(['t.name as templateName', 'l.public_id', 'l.username', 'l.name', 'l.email'])
    .where('r.import_id', '=', id)
    .where('r.number', '>', after)
    .orderBy('r.number')
    .limit(most)
  if (check !== undefined) query = query.where('r.check', '=', check)
  if (result != null) query = query.where('r.result', '=', result)
  return await query.execute()
}

type Found = Awaited<ReturnType<typeof rowsFrom>>[number]

function toRowView(row: Found, fields: ReturnType<typeof parseFields>): AwardImportRow {
  const { public_id: id, username, name, email } = row
  return {
    number: row.number,
    cells: [...row.cells],
    values: valuesOf(row.cells, fields),
    template: named(row.template_id, row.templateName),
    learner:
      id === null || username === null || name === null || email === null
        ? null
        : { id, username, name, email },
    check: row.check,
    faults: [...row.faults],
    result: row.result,
    detail: row.detail,
    awardId: row.award_id,
  }
}

function named(id: string | null, name: string | null) {
  return id === null || name === null ? null : { id, name }
}

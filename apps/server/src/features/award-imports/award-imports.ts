import type { AwardImport } from '@rosette/contract'
import { type Db, inTransaction, type Tx } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import { recordAudit } from '../audit/audit.js'
import { findTemplate } from '../templates/templates.js'
import { checkRows } from './check-rows.js'
import { faultOfFields, fieldsOf, type ImportField, parseFields } from './columns.js'
import {
  deleteImport,
  type ImportRow,
  insertImport,
  lockImport,
  replaceRows,
  rowsOf,
  updateImport,
} from './import-repository.js'
import { getImport } from './import-views.js'
import { readCsv } from './read-csv.js'
import { addPart, createImportRun, type RunDeps } from './run-import.js'

const mostRows = 20_000

type NewImport = {
  readonly organizationId: string
  readonly templateId?: string | undefined
  readonly fileName: string
  readonly bytes: Uint8Array
}

/** Awards from a file: read, checked row by row, shown, and only then granted. */
export function createAwardImports(deps: RunDeps) {
  const { db, now } = deps

  async function create(given: NewImport, actor: string): Promise<AwardImport> {
    const { organizationId, templateId = null, fileName, bytes } = given
    const table = readCsv(bytes)
    if ('fault' in table) throw refused(table.fault)
    if (table.rows.length === 0) throw refused('The file has a header and no rows.')
    if (table.rows.length > mostRows) {
      throw refused(
        `The file has ${table.rows.length} rows, and ${mostRows} are the most. Split it.`,
      )
    }
    const fields = fieldsOf(table.header)
    await assertOwn(db, organizationId, templateId)
    const rows = table.rows.map(({ line, cells }) => ({ number: line, cells }))
    const of = { organizationId, templateId, fields, now: now() }
    const checked = await checkRows(db, rows, of)
    const id = await inTransaction(db, async (tx) => {
      const row = await insertImport(tx, {
        organization_id: organizationId,
        template_id: templateId,
        file_name: fileName.replaceAll('\0', ''),
        encoding: table.encoding,
        delimiter: table.delimiter,
        header: [...table.header],
        fields: fields.map((field) => field ?? ''),
        created_by: actor,
        started_by: null,
      })
      await replaceRows(tx, row.id, checked)
      await audit(tx, row, { actor, action: 'create', detail: { rows: rows.length } })
      return row.id
    })
    return await getImport(db, id)
  }

  /** Checks the rows again, with other columns or for another badge. */
  async function update(
    id: string,
    wanted: {
      readonly columns?: readonly (ImportField | null)[] | undefined
      readonly templateId?: string | null | undefined
    },
    actor: string,
  ): Promise<AwardImport> {
    await inTransaction(db, async (tx) => {
      const row = await importOr404(tx, id)
      if (row.state !== 'checked') throw settled(row, 'its columns cannot be changed any more')
      const { columns = parseFields(row.fields), templateId = row.template_id } = wanted
      if (columns.length !== row.header.length) {
        throw refused(
          `The file has ${row.header.length} columns, and ${columns.length} were named.`,
        )
      }
      const fault = wanted.columns === undefined ? undefined : faultOfFields(columns)
      if (fault !== undefined) throw refused(fault)
      await assertOwn(tx, row.organization_id, templateId)
      const of = { organizationId: row.organization_id, templateId, fields: columns, now: now() }
      await replaceRows(tx, id, await checkRows(tx, await rowsOf(tx, id), of))
      const fields = columns.map((field) => field ?? '')
      await updateImport(tx, id, { template_id: templateId, fields })
      await audit(tx, row, { actor, action: 'update', detail: { templateId, columns } })
    })
    return await getImport(db, id)
  }

  /** Of two who ask at once, the second is told that it runs. */
  async function run(id: string, actor: string): Promise<AwardImport> {
    await inTransaction(db, async (tx) => {
      const row = await importOr404(tx, id)
      if (row.state !== 'checked') throw settled(row, 'it is not run a second time')
      const at = now().toISOString()
      await updateImport(tx, id, { state: 'running', started_by: actor, started_at: at })
      await addPart(tx, id)
      await audit(tx, row, { actor, action: 'run' })
    })
    return await getImport(db, id)
  }

  /** The part that is being awarded is finished first; asked again, nothing changes. */
  async function cancel(id: string, actor: string): Promise<AwardImport> {
    await inTransaction(db, async (tx) => {
      const row = await importOr404(tx, id)
      if (row.state === 'done' || row.state === 'cancelled') return
      await updateImport(tx, id, { state: 'cancelled', finished_at: now().toISOString() })
      await audit(tx, row, { actor, action: 'cancel' })
    })
    return await getImport(db, id)
  }

  async function remove(id: string, actor: string): Promise<void> {
    await inTransaction(db, async (tx) => {
      const row = await importOr404(tx, id)
      if (row.state === 'running') throw settled(row, 'stop it before it is deleted')
      await deleteImport(tx, id)
      await audit(tx, row, { actor, action: 'delete', detail: { fileName: row.file_name } })
    })
  }

  return { create, update, run, cancel, remove, tasks: createImportRun(deps).tasks }
}

export type AwardImports = ReturnType<typeof createAwardImports>

async function importOr404(tx: Tx, id: string): Promise<ImportRow> {
  const row = await lockImport(tx, id)
  if (row !== undefined) return row
  throw new AppError('award-import-not-found', `There is no import ${id}.`)
}

// A badge of another organization answers as one that does not exist.
async function assertOwn(db: Db, organizationId: string, templateId: string | null): Promise<void> {
  if (templateId === null) return
  const template = await findTemplate(db, templateId)
  if (template?.row.organization_id === organizationId) return
  throw new AppError('template-not-found', `There is no badge template ${templateId}.`)
}

function refused(reason: string): AppError {
  return new AppError('award-import-refused', reason)
}

function settled({ state }: ImportRow, consequence: string): AppError {
  return new AppError('conflict', `This import is ${state}: ${consequence}.`)
}

async function audit(
  tx: Tx,
  row: ImportRow,
  entry: { readonly actor: string; readonly action: string; readonly detail?: object },
): Promise<void> {
  const { actor, action, detail = {} } = entry
  await recordAudit(tx, {
    actor,
    action: `award-import.${action}`,
    subject: `award-import/${row.id}`,
    organizationId: row.organization_id,
    detail: { ...detail },
  })
}

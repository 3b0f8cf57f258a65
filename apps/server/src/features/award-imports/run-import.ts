import { z } from 'zod'
import { type Db, inTransaction, type Tx } from '../../db/database.js'
import { addJobs } from '../../workers/jobs.js'
import type { Awards, GrantRow } from '../awards/awards.js'
import { parseFields, valuesOf } from './columns.js'
import { enterLearners } from './enter-learners.js'
import {
  type FileRow,
  type ImportRow,
  lockImport,
  nextRows,
  type Settled,
  settleRows,
  updateImport,
} from './import-repository.js'
import { type Asked, readRow } from './read-row.js'

export type RunDeps = {
  readonly db: Db
  readonly now: () => Date
  readonly grantMany: Awards['grantMany']
  /** The rules hold still until the transaction ends, and nobody is erased meanwhile. */
  readonly holdRules: (tx: Tx) => Promise<void>
}

const importTask = 'run-award-import'
/** Rows of one transaction: some hundred milliseconds. */
const atOnce = 100

const payloadSchema = z.object({ id: z.uuid() })

/**
 * Awards the rows of a file, in parts. A part is committed together with what became of its rows, so a row
 * is awarded once however often the job is interrupted; of two workers at one time the second waits for the
 * first and goes on where it has ended.
 */
export function createImportRun({ db, now, grantMany, holdRules }: RunDeps) {
  async function work(payload: unknown): Promise<void> {
    const { id } = payloadSchema.parse(payload)
    await inTransaction(db, async (tx) => {
      const run = await lockImport(tx, id)
      if (run?.state !== 'running') return
      await holdRules(tx)
      const rows = await nextRows(tx, id, atOnce)
      if (rows.length > 0) await settleRows(tx, id, await awardRows(tx, run, rows))
      if (rows.length === atOnce) return await addPart(tx, id)
      await updateImport(tx, id, { state: 'done', finished_at: now().toISOString() })
    })
  }

  async function awardRows(tx: Tx, run: ImportRow, rows: readonly FileRow[]): Promise<Settled[]> {
    const fields = parseFields(run.fields)
    const asked = rows.map((row) => readRow(valuesOf(row.cells, fields), now()))
    const values = asked.map((one) => one.asked)
    const learnerIds = await enterLearners(tx, rows, values)
    const grants: GrantRow[] = []
    const places: number[] = []
    const settled = rows.map((row, index): Settled => {
      const learnerId = learnerIds[index] ?? null
      const grant = toGrant(row, { asked: values[index], learnerId })
      const told = { number: row.number, awardId: null, learnerId }
      if (grant === undefined) return { ...told, result: 'failed', detail: gone }
      places.push(index)
      grants.push(grant)
      return { ...told, result: 'failed', detail: null }
    })
    const by = { actor: run.started_by ?? run.created_by, reason: `Import of ${run.file_name}` }
    const done = await grantMany(tx, grants, by)
    for (const [index, one] of done.entries()) {
      const place = places[index] ?? -1
      const before = settled[place]
      if (before !== undefined) settled[place] = { ...before, ...one }
    }
    return settled
  }

  return { tasks: { [importTask]: work } }
}

const gone = 'The learner or the badge is not there any more.'

export async function addPart(tx: Tx, id: string): Promise<void> {
  await addJobs(tx, [{ task: importTask, payload: { id }, queue: importTask }])
}

function toGrant(
  row: FileRow,
  { asked, learnerId }: { readonly asked: Asked | undefined; readonly learnerId: number | null },
): GrantRow | undefined {
  if (asked === undefined || learnerId === null || row.template_id === null) return undefined
  const { instance, narrative, evidence, awardedAt, expiresAt } = asked
  const said = { instance, narrative, evidence, awardedAt, expiresAt }
  return { learnerId, templateId: row.template_id, ...said }
}

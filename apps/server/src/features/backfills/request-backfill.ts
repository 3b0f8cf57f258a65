import type { Backfill } from '@rosette/contract'
import { type Db, inTransaction, type Tx } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import { addJobs, type NewJob } from '../../workers/jobs.js'
import { createAuditOf } from '../audit/audit.js'
import { findTemplate } from '../templates/templates.js'
import {
  type BackfillRow,
  deleteOldPreviews,
  findActive,
  insertBackfill,
  lockBackfill,
  updateBackfill,
} from './backfill-repository.js'

export const backfillTask = 'backfill'

type Deps = { readonly db: Db; readonly now: () => Date }
export type Wanted = {
  readonly templateId: string
  readonly kind: Backfill['kind']
  readonly actor: string
  /** Milliseconds after which workers begin with it: whoever asks may want to do the work. */
  readonly startsAfter?: number
}

const audit = createAuditOf('backfill')
const previewsKeptForDays = 30

/** Asking for backfills, and stopping them. */
export function createRequests({ db, now }: Deps) {
  /** Queues one. A preview that is under way is joined, a second run refused. */
  async function request(wanted: Wanted): Promise<string> {
    return await inTransaction(db, async (tx) => {
      await assertPossible(tx, wanted)
      const row = await insert(tx, wanted)
      if (row !== undefined) return row.id
      const { templateId: template_id, kind } = wanted
      const active = await findActive(tx, { template_id, kind })
      if (active !== undefined && kind === 'preview') return active.id
      const remedy = 'Wait for it or cancel it.'
      const which = active === undefined ? '' : ` It is ${active.id}.`
      throw new AppError(
        'backfill-running',
        `A backfill of this template is under way.${which} ${remedy}`,
      )
    })
  }

  /** For whoever has changed the rules in this transaction: a run under way notices, and begins anew. */
  async function requestRun(tx: Tx, templateId: string, actor: string): Promise<void> {
    await insert(tx, { templateId, kind: 'run', actor })
  }

  async function insert(tx: Tx, wanted: Wanted): Promise<BackfillRow | undefined> {
    const { templateId, kind, actor, startsAfter = 0 } = wanted
    const requested_at = now().toISOString()
    await deleteOldPreviews(tx, templateId, daysBefore(now(), previewsKeptForDays))
    const asked = { template_id: templateId, kind, requested_by: actor, requested_at }
    const row = await insertBackfill(tx, asked)
    if (row === undefined) return undefined
    const runAt = new Date(now().getTime() + startsAfter).toISOString()
    await addJobs(tx, [jobOf(row.id, runAt)])
    await audit(tx, row.id, { actor, action: kind, detail: { templateId } })
    return row
  }

  /** What a run has decided stays. A slice that is being worked on is given up as a whole. */
  async function cancel(id: string, actor: string): Promise<void> {
    await inTransaction(db, async (tx) => {
      const row = await lockBackfill(tx, id)
      if (row === undefined) throw backfillNotFound(id)
      if (row.finished_at !== null) {
        const message = `This backfill is ${row.state} since ${row.finished_at}; there is nothing to stop.`
        throw new AppError('backfill-settled', message)
      }
      await updateBackfill(tx, id, { state: 'cancelled', finished_at: now().toISOString() })
      await audit(tx, id, { actor, action: 'cancel', detail: { templateId: row.template_id } })
    })
  }

  return { request, requestRun, cancel }
}

/** One job at most waits for each backfill. */
export function jobOf(id: string, runAt?: string): NewJob {
  const job = { task: backfillTask, payload: { id }, key: `${backfillTask}:${id}` }
  return runAt === undefined ? job : { ...job, runAt }
}

export function backfillNotFound(id: string): AppError {
  return new AppError('backfill-not-found', `There is no backfill ${id}.`)
}

async function assertPossible(tx: Tx, { templateId, kind }: Wanted): Promise<void> {
  const stored = await findTemplate(tx, templateId)
  if (stored === undefined) {
    throw new AppError('template-not-found', `There is no badge template ${templateId}.`)
  }
  const { row, rules } = stored
  if (kind === 'run' && row.state !== 'active') {
    const remedy = 'Activate it first; a preview works without.'
    throw new AppError('template-not-active', `"${row.name}" is ${row.state}. ${remedy}`)
  }
  if (rules.requirements.length > 0) return
  const reason = 'Add a requirement first: nothing earns this badge.'
  const faults = [{ path: 'requirements', reason }]
  throw new AppError('rules-invalid', `"${row.name}" has no requirement.`, { faults })
}

function daysBefore(date: Date, days: number): string {
  return new Date(date.getTime() - days * 86_400_000).toISOString()
}

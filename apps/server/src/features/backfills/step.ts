import { type Db, inTransaction, type Tx } from '../../db/database.js'
import type { Consequences } from '../awards/awards.js'
import {
  type ActiveRules,
  type ActiveRulesHolder,
  readTemplateRules,
} from '../templates/templates.js'
import { applySlice } from './apply-slice.js'
import {
  type BackfillRow,
  deleteChanges,
  fingerprintOf,
  insertChanges,
  lockBackfill,
  updateBackfill,
} from './backfill-repository.js'
import { foresee, reactionsTo } from './foresee.js'
import { extentOfLog } from './past-repository.js'
import {
  beginning,
  type PastRules,
  readSlice,
  type Slice,
  type SliceSize,
  toPastRules,
} from './read-slice.js'
import { addSlice, changesCounted } from './tally.js'

export type StepDeps = {
  readonly db: Db
  readonly rules: ActiveRulesHolder
  readonly consequences: Consequences
  readonly now: () => Date
  readonly size?: SliceSize
}

/** Some tenths of a second of locks at most. */
const usualSize: SliceSize = { events: 4000, learners: 1000 }

/**
 * The steps of a backfill: each is one transaction, which holds the place where it ended. Whoever is
 * killed in the middle of one leaves it undone, and somebody else does it again.
 */
export function createSteps({ db, rules, consequences, now, size = usualSize }: StepDeps) {
  /** The next slice, or the beginning. What was read counts only if nothing has changed meanwhile. */
  async function step(row: BackfillRow): Promise<void> {
    if (row.fingerprint === null) return await begin(row)
    const template = await readTemplateRules(db, row.template_id)
    if (template === undefined) return
    const past = toPastRules(template, consequences.imageUrlOf)
    const slice = await readSlice(db, past, { place: row, size })
    await inTransaction(db, (tx) => commit(tx, row, { past, slice }))
  }

  async function begin(row: BackfillRow): Promise<void> {
    const { beginsAt, total } = await extentOfLog(db)
    await inTransaction(db, async (tx) => {
      const inForce = await rules.current(tx)
      const current = await lockBackfill(tx, row.id)
      if (current === undefined || !isSamePlace(current, row)) return
      const template = await templateNow(tx, row, inForce)
      if (template === undefined) return await fail(tx, row, { error: gone, at: now() })
      await updateBackfill(tx, row.id, {
        ...beginning,
        state: 'running',
        started_at: row.started_at ?? now().toISOString(),
        fingerprint: fingerprintOf(template),
        log_begins_at: beginsAt,
        events_total: total,
        events_passed: 0,
        tally: '{}',
      })
    })
  }

  // The rules are held still before the row is locked, as by whoever changes rules and asks for a run.
  async function commit(
    tx: Tx,
    row: BackfillRow,
    { past, slice }: { readonly past: PastRules; readonly slice: Slice },
  ): Promise<void> {
    const inForce = await rules.current(tx)
    const current = await lockBackfill(tx, row.id)
    if (current === undefined || !isSamePlace(current, row)) return
    const template = await templateNow(tx, row, inForce)
    if (template === undefined) return await fail(tx, row, { error: gone, at: now() })
    const isChanged = [template, past.template].some((t) => fingerprintOf(t) !== row.fingerprint)
    if (isChanged) return await beginAnew(tx, current)
    const logBeginsAt = current.log_begins_at
    const found =
      row.kind === 'run'
        ? await applySlice(tx, slice, {
            rules: past,
            run: { consequences, now, rules: inForce },
            logBeginsAt,
          })
        : await foresee(tx, slice, {
            rules: past,
            reactions: reactionsTo(inForce, row.template_id),
            logBeginsAt,
            now: now(),
          })
    const { outcomes } = found
    await insertChanges(tx, row.id, { outcomes, counted: changesCounted(current.tally) })
    const end = { state: 'done', finished_at: now().toISOString() } as const
    await updateBackfill(tx, row.id, {
      ...(slice.next ?? end),
      error: null,
      events_passed: current.events_passed + slice.passed,
      tally: JSON.stringify(addSlice(current.tally, slice, found)),
    })
  }

  async function noteError(id: string, error: string, isLast: boolean): Promise<void> {
    await inTransaction(db, async (tx) => {
      const row = await lockBackfill(tx, id)
      if (row === undefined || row.finished_at !== null) return
      if (isLast) await fail(tx, row, { error, at: now() })
      else await updateBackfill(tx, id, { error })
    })
  }

  return { step, noteError }
}

async function beginAnew(tx: Tx, row: BackfillRow): Promise<void> {
  await deleteChanges(tx, row.id)
  await updateBackfill(tx, row.id, { fingerprint: null, restarts: row.restarts + 1 })
}

async function fail(
  tx: Tx,
  { id }: BackfillRow,
  { error, at }: { readonly error: string; readonly at: Date },
): Promise<void> {
  await updateBackfill(tx, id, { state: 'failed', error, finished_at: at.toISOString() })
}

async function templateNow(tx: Tx, { kind, template_id: id }: BackfillRow, inForce: ActiveRules) {
  return kind === 'run' ? inForce.template(id) : await readTemplateRules(tx, id)
}

const gone =
  'The badge template is no longer active. What was decided until then stays; activate it and begin again.'

function isSamePlace(current: BackfillRow, row: BackfillRow): boolean {
  return (
    current.finished_at === null &&
    current.phase === row.phase &&
    current.position === row.position &&
    current.fingerprint === row.fingerprint &&
    current.restarts === row.restarts
  )
}

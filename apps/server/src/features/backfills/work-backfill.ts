import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { inTransaction } from '../../db/database.js'
import { messageOf } from '../../telemetry/message-of.js'
import { addJobs } from '../../workers/jobs.js'
import type { Attempt } from '../../workers/worker.js'
import { claimBackfill, findBackfill, releaseBackfill } from './backfill-repository.js'
import { jobOf } from './request-backfill.js'
import { createSteps, type StepDeps } from './step.js'

/** How long others leave the work alone after a worker was heard of last. */
const claimMs = 15_000
/** How long one job goes on before it lets other jobs have their turn. */
const turnMs = 5_000

const payloadSchema = z.object({ id: z.uuid() })

/** `more` is left; somebody has it `elsewhere`; or it is settled. */
export type Worked = 'more' | 'elsewhere' | 'settled'

/** Doing the work of backfills, slice by slice, in the background or by whoever waits for it. */
export function createWork(deps: StepDeps) {
  const { db, now } = deps
  const { step, noteError } = createSteps(deps)

  async function task(payload: unknown, { isLast }: Attempt): Promise<void> {
    const { id } = payloadSchema.parse(payload)
    const worked = await workOn(id, turnMs).catch(async (error) => {
      await noteError(id, messageOf(error), isLast)
      throw error
    })
    if (worked === 'settled') return
    const until = worked === 'elsewhere' ? (await findBackfill(db, id))?.claimed_until : undefined
    await inTransaction(db, (tx) => addJobs(tx, [jobOf(id, until ?? undefined)]))
  }

  /** Works for about so long. */
  async function workOn(id: string, ms: number): Promise<Worked> {
    const claim = randomUUID()
    const end = performance.now() + ms
    try {
      while (performance.now() < end) {
        const at = now()
        const until = new Date(at.getTime() + claimMs)
        const row = await claimBackfill(db, id, { claim, now: at, until })
        if (row === undefined) return await whoHas(id)
        await step(row)
      }
      return (await findBackfill(db, id))?.finished_at == null ? 'more' : 'settled'
    } finally {
      await releaseBackfill(db, id, claim)
    }
  }

  async function whoHas(id: string): Promise<Worked> {
    const row = await findBackfill(db, id)
    return row === undefined || row.finished_at !== null ? 'settled' : 'elsewhere'
  }

  return { task, workOn }
}

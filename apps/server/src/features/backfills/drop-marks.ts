import { z } from 'zod'
import { type Db, inTransaction, type Tx } from '../../db/database.js'
import { addJobs } from '../../workers/jobs.js'
import { deleteMarks, lastLearner } from './backfill-repository.js'

const dropMarksTask = 'drop-marks'

/** Learners whose marks are looked through in one transaction. */
const step = 20_000

const payloadSchema = z.object({ requirementIds: z.array(z.int()).min(1), after: z.int() })

/** Removes marks of requirements that are gone: they say nothing any more, so there is no hurry. */
export function createMarkDropping({ db }: { readonly db: Db }) {
  async function dropMarks(tx: Tx, requirementIds: readonly number[]): Promise<void> {
    if (requirementIds.length === 0) return
    await addJobs(tx, [{ task: dropMarksTask, payload: { requirementIds, after: 0 } }])
  }

  async function task(payload: unknown): Promise<void> {
    const { requirementIds, after } = payloadSchema.parse(payload)
    await inTransaction(db, async (tx) => {
      await deleteMarks(tx, requirementIds, { after, until: after + step })
      const isLast = after + step >= (await lastLearner(tx))
      const rest = { requirementIds, after: after + step }
      if (!isLast) await addJobs(tx, [{ task: dropMarksTask, payload: rest }])
    })
  }

  return { dropMarks, tasks: { [dropMarksTask]: task } }
}

import { type Db, inTransaction } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import { recordAudit } from '../audit/audit.js'
import { findNamesakes, insertLearner } from './learner-repository.js'
import type { LearnerRow } from './learner-views.js'

export type NewLearner = {
  readonly username: string
  readonly email: string
  readonly name?: string | undefined
}

/** Enters somebody whom the LMS does not know. A name that is known already is refused: it is the same person. */
export async function createLearner(db: Db, given: NewLearner, actor: string): Promise<LearnerRow> {
  return await inTransaction(db, async (tx) => {
    const [namesake] = await findNamesakes(tx, given)
    if (namesake !== undefined) {
      const message = `${namesake.username} <${namesake.email}> is known already, as ${namesake.public_id}.`
      throw new AppError('learner-exists', message)
    }
    const row = await insertLearner(tx, given)
    const subject = `learner/${row.public_id}`
    await recordAudit(tx, { actor, action: 'learner.create', subject })
    return row
  })
}

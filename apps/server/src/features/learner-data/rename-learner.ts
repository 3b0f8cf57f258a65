import { type Db, inTransaction, type Tx } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import { changesOf, recordAudit } from '../audit/audit.js'
import {
  findNamesakes,
  type LearnerRow,
  learnerOr404,
  waitForOthersByHand,
} from '../learners/learners.js'
import { lockRow, updateNames } from './rename-repository.js'

type Names = {
  readonly username?: string | undefined
  readonly email?: string | undefined
  readonly name?: string | undefined
}

/**
 * Changes how a learner is called. The next event that happens after this says it again; events from before,
 * delivered again, do not.
 */
export function createRenaming({ db, now }: { readonly db: Db; readonly now: () => Date }) {
  async function rename(publicId: string, names: Names, actor: string): Promise<LearnerRow> {
    return await inTransaction(db, async (tx) => {
      const { id } = await learnerOr404(tx, publicId)
      // Before the row: whoever enters learners from a file takes the two in this order.
      await waitForOthersByHand(tx)
      const before = await lockRow(tx, id)
      // Read under the lock: it may have been erased meanwhile.
      if (before === undefined) {
        throw new AppError('learner-not-found', `There is no learner ${publicId}.`)
      }
      await refuseNamesake(tx, before, names)
      const after = await updateNames(tx, id, { ...names, at: now().toISOString() })
      const subject = `learner/${publicId}`
      const changes = changesOf(shown(before), shown(after))
      await recordAudit(tx, { actor, action: 'learner.rename', subject, ...changes })
      return after
    })
  }

  return { rename }
}

// Those whom the LMS knows may share a name for a while; two of the same by hand would be one person.
async function refuseNamesake(tx: Tx, row: LearnerRow, names: Names): Promise<void> {
  const { username = row.username, email = row.email } = names
  if (username === row.username && email === row.email) return
  const [namesake] = (await findNamesakes(tx, { username, email }, 2)).filter(
    (other) => other.public_id !== row.public_id,
  )
  if (namesake === undefined) return
  const message = `${namesake.username} <${namesake.email}> is known already, as ${namesake.public_id}.`
  throw new AppError('learner-exists', message)
}

function shown({ username, email, name }: LearnerRow) {
  return { username, email, name }
}

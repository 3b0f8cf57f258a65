import { type Db, inTransaction } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import { deleteUser, lockAdministrators, lockUser } from '../accounts/accounts.js'
import { recordAudit } from '../audit/audit.js'
import { forgetTraces, lockOwners, ownedAlone } from './erasure-repository.js'

/** People who erase their own account, and all that is kept for it. */
export function createAccountErasure({ db }: { readonly db: Db }) {
  /** The address must be repeated: what is erased cannot come back. */
  async function erase(userId: string, email: string): Promise<void> {
    await inTransaction(db, async (tx) => {
      // Before the account itself, as everybody does who takes administrators away.
      const administrators = await lockAdministrators(tx)
      // Two owners who leave at once would leave nobody behind: the second waits, and finds to be the last.
      await lockOwners(tx, userId)
      const user = await lockUser(tx, userId)
      if (user === undefined) {
        throw new AppError('not-signed-in', 'This account is gone already.')
      }
      if (user.email.toLowerCase() !== email.trim().toLowerCase()) {
        const message = `Your primary address is ${user.email}, and not ${email}. Nothing was erased.`
        throw new AppError('conflict', message)
      }
      if (administrators.length === 1 && administrators[0] === userId) throw lastAdministrator()
      const [alone] = await ownedAlone(tx, userId)
      if (alone !== undefined) throw lastOwner(alone.name)
      await forgetTraces(tx, userId)
      await deleteUser(tx, userId)
      const audit = { action: 'user.erase', subject: `user/${userId}`, organizationId: null }
      await recordAudit(tx, { actor: 'the person', ...audit })
    })
  }

  return { erase }
}

export type AccountErasure = ReturnType<typeof createAccountErasure>

function lastAdministrator(): AppError {
  const remedy = 'Make somebody else an administrator first.'
  return new AppError('conflict', `You are the last administrator. ${remedy}`)
}

function lastOwner(name: string): AppError {
  const remedy = 'Make somebody else an owner first, or delete the organization.'
  return new AppError('last-owner', `You are the only owner of ${name}. ${remedy}`)
}

import { isUniqueViolation, type Tx } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import { insertUser, type UserRow } from './user-repository.js'

type NewUser = Parameters<typeof insertUser>[1]

/** Makes an account; of two at once for one address the second is refused. */
export async function createUser(tx: Tx, user: NewUser): Promise<UserRow> {
  try {
    return await insertUser(tx, user)
  } catch (cause) {
    if (!isUniqueViolation(cause)) throw cause
    const remedy = 'Sign in with it instead.'
    throw new AppError('user-exists', `${user.email} has an account already. ${remedy}`, { cause })
  }
}

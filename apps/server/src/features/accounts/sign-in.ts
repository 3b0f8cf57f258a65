import { type Db, inTransaction } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import type { SessionBy, Sessions } from '../sessions/sessions.js'
import type { PasswordCheck } from './check-password.js'
import { lockUser, updateUser } from './user-repository.js'

type Deps = {
  readonly db: Db
  readonly checkPassword: PasswordCheck
  readonly sessions: Pick<Sessions, 'start'>
}

type Credentials = { readonly email: string; readonly password: string }

/** Signs somebody in with a password; answers with the secret of the session. */
export function createSignIn({ db, checkPassword, sessions }: Deps) {
  return async ({ email, password }: Credentials, by: Omit<SessionBy, 'method'>) => {
    const known = await checkPassword(email, password)
    if (known === null) throw wrong()
    return await inTransaction(db, async (tx) => {
      const user = await lockUser(tx, known.id)
      // Changed while the old one was compared.
      if (user === undefined || user.password_hash !== known.password_hash) throw wrong()
      assertEnabled(user)
      await updateUser(tx, user.id, { failed_tries: 0, next_try_at: null })
      const secret = await sessions.start(tx, user.id, { ...by, method: 'password' })
      return { userId: user.id, secret }
    })
  }
}

export type SignIn = ReturnType<typeof createSignIn>

export function assertEnabled(user: { readonly disabled_at: string | null }): void {
  if (user.disabled_at === null) return
  const remedy = 'Ask an administrator to enable it again.'
  throw new AppError('user-disabled', `This account is switched off. ${remedy}`)
}

function wrong(): AppError {
  const remedy = 'Look for a typing mistake, or ask for a new password.'
  return new AppError('sign-in-refused', `The address or the password is wrong. ${remedy}`)
}

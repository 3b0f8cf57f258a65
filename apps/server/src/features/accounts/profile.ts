import { type Db, inTransaction } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import { recordAudit } from '../audit/audit.js'
import { deleteSessionsOf } from '../sessions/sessions.js'
import type { PasswordCheck } from './check-password.js'
import { withdrawLinks } from './link-repository.js'
import { hashPassword } from './password-hash.js'
import { assertGoodPassword } from './password-rules.js'
import { userOr401 } from './session-views.js'
import { lockUser, type UserRow, updateUser } from './user-repository.js'

type Deps = { readonly db: Db; readonly now: () => Date; readonly checkPassword: PasswordCheck }

type ProfileChange = {
  readonly name?: string | undefined
  readonly preferences?: Readonly<Record<string, string | null | undefined>> | undefined
}
type PasswordChange = {
  readonly currentPassword?: string | null | undefined
  readonly password: string
}

/** What people change about their own account. */
export function createProfile({ db, now, checkPassword }: Deps) {
  async function update(
    userId: string,
    { name, preferences = {} }: ProfileChange,
  ): Promise<UserRow> {
    return await inTransaction(db, async (tx) => {
      const user = await lockedOr401(() => lockUser(tx, userId))
      const changed = { ...user.preferences, ...preferences }
      const row = await updateUser(tx, userId, {
        name: name ?? user.name,
        preferences: JSON.stringify(changed),
        updated_at: now().toISOString(),
      })
      // What the interface looks like concerns nobody else.
      if (row.name !== user.name) {
        const audit = {
          action: 'user.rename',
          subject: `user/${userId}`,
          detail: { name: row.name },
        }
        await recordAudit(tx, { actor: row.email, ...audit })
      }
      return row
    })
  }

  /** All sessions but the one that asks end, because one of them may be why it is changed. */
  async function changePassword(
    { id: userId, sessionId }: { readonly id: string; readonly sessionId: string },
    { currentPassword, password }: PasswordChange,
  ): Promise<void> {
    const user = await userOr401(db, userId)
    if (user.password_hash !== null) {
      const isOwn = (await checkPassword(user.email, currentPassword ?? '')) !== null
      if (!isOwn) throw wrongPassword()
    }
    assertGoodPassword(password, user)
    const password_hash = await hashPassword(password)
    await inTransaction(db, async (tx) => {
      const locked = await lockedOr401(() => lockUser(tx, userId))
      if (locked.password_hash !== user.password_hash) throw wrongPassword()
      const at = now().toISOString()
      const clear = { failed_tries: 0, next_try_at: null, updated_at: at }
      await updateUser(tx, userId, { password_hash, ...clear })
      await deleteSessionsOf(tx, userId, sessionId)
      await withdrawLinks(tx, { kind: 'reset', userId, at })
      const audit = { action: 'user.change-password', subject: `user/${userId}` }
      await recordAudit(tx, { actor: locked.email, ...audit })
    })
  }

  return { update, changePassword }
}

export type Profile = ReturnType<typeof createProfile>

async function lockedOr401(lock: () => Promise<UserRow | undefined>): Promise<UserRow> {
  const user = await lock()
  if (user === undefined)
    throw new AppError('not-signed-in', 'This account is gone. Sign in again.')
  return user
}

function wrongPassword(): AppError {
  const faults = [{ path: 'currentPassword', reason: 'This is not your password.' }]
  const message = 'The password that you have now is another one. Look for a typing mistake.'
  return new AppError('sign-in-refused', message, { faults })
}

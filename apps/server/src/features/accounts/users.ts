import { type Db, inTransaction } from '../../db/database.js'
import type { Actor } from '../../http/actor.js'
import { AppError } from '../../http/app-error.js'
import { assertMayGive } from '../access/access.js'
import { changesOf, recordAudit } from '../audit/audit.js'
import { deleteSessionsOf } from '../sessions/sessions.js'
import { userNotFound } from './resets.js'
import {
  deleteUser,
  lockAdministrators,
  lockUser,
  type UserRow,
  updateUser,
} from './user-repository.js'

type Deps = { readonly db: Db; readonly now: () => Date }

export type UserChange = {
  readonly isAdministrator?: boolean | undefined
  readonly isDisabled?: boolean | undefined
}

/** What administrators do with the accounts of others. */
export function createUsers({ db, now }: Deps) {
  async function update(id: string, change: UserChange, actor: Actor): Promise<void> {
    await inTransaction(db, async (tx) => {
      // Before the account itself: two administrators may be changing each other.
      const administrators = await lockAdministrators(tx)
      const user = await lockUser(tx, id)
      if (user === undefined) throw userNotFound(id)
      const values = valuesOf(user, change)
      if (user.is_administrator || values.is_administrator) assertMayGive(actor, null, null)
      const remains = values.is_administrator && values.disabled_at === null
      if (!remains) assertNotLast(administrators, user)
      const after = await updateUser(tx, id, { ...values, updated_at: now().toISOString() })
      if (after.disabled_at !== null) await deleteSessionsOf(tx, id)
      const audit = { action: 'user.update', subject: `user/${id}`, detail: { email: user.email } }
      await recordAudit(tx, { actor: actor.name, ...audit, ...changesOf(user, after) })
    })
  }

  function valuesOf(user: UserRow, { isAdministrator, isDisabled }: UserChange) {
    const since = user.disabled_at ?? now().toISOString()
    return {
      is_administrator: isAdministrator ?? user.is_administrator,
      // Given by people from now on, so no identity provider takes it back.
      administrator_from: isAdministrator === undefined ? user.administrator_from : null,
      disabled_at: (isDisabled ?? user.disabled_at !== null) ? since : null,
    }
  }

  async function remove(id: string, actor: Actor): Promise<void> {
    await inTransaction(db, async (tx) => {
      const administrators = await lockAdministrators(tx)
      const user = await lockUser(tx, id)
      if (user === undefined) throw userNotFound(id)
      if (user.is_administrator) assertMayGive(actor, null, null)
      assertNotLast(administrators, user)
      await deleteUser(tx, id)
      const { email, name } = user
      const audit = { action: 'user.delete', subject: `user/${id}`, detail: { email, name } }
      await recordAudit(tx, { actor: actor.name, ...audit })
    })
  }

  return { update, remove }
}

export type Users = ReturnType<typeof createUsers>

function assertNotLast(administrators: readonly string[], { id, name }: UserRow): void {
  if (!administrators.includes(id) || administrators.length > 1) return
  const remedy = 'Make somebody else an administrator first.'
  throw new AppError('conflict', `${name} is the last administrator. ${remedy}`)
}

import type { Tx } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import { recordAudit } from '../audit/audit.js'
import { deleteSessionsOf } from '../sessions/sessions.js'
import { withdrawLinks } from './link-repository.js'
import {
  deleteWaysIn,
  firstProvenAddress,
  holdAddress,
  lockUserOfAddress,
  movePrimary,
  type UserRow,
  updateUser,
} from './user-repository.js'

/** Joins the transaction in which it became known that somebody reads the mail of an address. */
export type AddressProven = (tx: Tx, userId: string, email: string) => Promise<unknown>

/**
 * The account of whoever has just shown that they read the mail of an address; undefined where nobody has it.
 * Of two who come at once for one address the second waits.
 *
 * An account that names the address but never proved it may have been made by somebody else, with a password
 * of their own: it is taken over. If its owner has proven another address, it stays theirs under that one.
 */
export async function accountOfReader(
  tx: Tx,
  email: string,
  at: string,
): Promise<UserRow | undefined> {
  await holdAddress(tx, email)
  const user = await lockUserOfAddress(tx, email)
  if (user === undefined) return undefined
  const isPrimary = user.email.toLowerCase() === email.toLowerCase()
  if (!isPrimary || user.email_proven_at !== null) return user
  assertStillOn(user)
  const other = await firstProvenAddress(tx, user.id)
  const subject = `user/${user.id}`
  const isTaken = other === undefined
  await recordAudit(tx, {
    actor: email,
    action: 'user.prove-address',
    subject,
    detail: { isTaken },
  })
  if (other !== undefined) {
    await movePrimary(tx, user, { to: other, keepsOld: false, at })
    return undefined
  }
  await deleteSessionsOf(tx, user.id)
  await deleteWaysIn(tx, user.id)
  await withdrawLinks(tx, { kind: 'reset', userId: user.id, at })
  const clear = { password_hash: null, failed_tries: 0, next_try_at: null }
  return await updateUser(tx, user.id, { ...clear, email_proven_at: at, updated_at: at })
}

// Nothing about an account that was switched off is changed by whoever comes to it.
function assertStillOn(user: UserRow): void {
  if (user.disabled_at === null) return
  const remedy = 'Ask an administrator to enable it again.'
  throw new AppError('user-disabled', `This account is switched off. ${remedy}`)
}

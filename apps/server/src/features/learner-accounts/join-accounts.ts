import type { Tx } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import { deleteUser, movePrimary, type UserRow } from '../accounts/accounts.js'
import { recordAudit } from '../audit/audit.js'
import { listOwnAddresses, proveAddress } from './address-repository.js'
import { dutiesOf, moveAddresses, moveBadges, moveIdentities } from './join-repository.js'

type Joining = {
  readonly user: UserRow
  /** Whoever else has the address; both are locked. */
  readonly other: UserRow
  readonly email: string
  readonly at: string
}

/**
 * Makes one of two accounts, after the person of the first has shown that they read the mail of an address of
 * the second. Answers whether the second is gone.
 *
 * One that only names the address, and whose owner has proven another, belongs to somebody else: it loses the
 * address and stays. One that has proven nothing may have been made by anybody; its ways in end with it.
 */
export async function joinAccounts(tx: Tx, { user, other, email, at }: Joining): Promise<boolean> {
  const isPrimary = other.email.toLowerCase() === email.toLowerCase()
  if (other.disabled_at !== null) throw isSwitchedOff(email)
  if (isPrimary && other.email_proven_at === null) {
    const proven = (await listOwnAddresses(tx, other.id)).find((one) => one.provenAt !== null)
    if (proven !== undefined) {
      const to = { ...proven, proven_at: proven.provenAt }
      await movePrimary(tx, other, { to, keepsOld: false, at })
      await audit(tx, { user, other, email, action: 'user.take-address' })
      return false
    }
  }
  if ((await dutiesOf(tx, other.id)).isBusy) throw hasDuties(email)
  const two = { from: other.id, into: user.id }
  if (other.email_proven_at !== null || !isPrimary) {
    await moveIdentities(tx, two)
    await moveAddresses(tx, two)
  }
  await moveBadges(tx, two)
  // With its sessions and what applications were allowed.
  await deleteUser(tx, other.id)
  if (other.email_proven_at !== null) {
    await proveAddress(tx, { userId: user.id, email: other.email, at: other.email_proven_at })
  }
  await audit(tx, { user, other, email, action: 'user.join' })
  return true
}

async function audit(
  tx: Tx,
  { user, other, email, action }: Omit<Joining, 'at'> & { readonly action: string },
): Promise<void> {
  const detail = { address: email, account: other.id, of: other.email }
  await recordAudit(tx, { actor: user.email, action, subject: `user/${user.id}`, detail })
}

function hasDuties(email: string): AppError {
  const remedy =
    'Sign in with that account and add your other address there, or ask an administrator to end its roles.'
  const message = `The account of ${email} works for an organization, so it is not joined to yours. ${remedy}`
  return new AppError('conflict', message)
}

function isSwitchedOff(email: string): AppError {
  const remedy = 'Ask an administrator about it.'
  return new AppError('conflict', `The account of ${email} is switched off. ${remedy}`)
}

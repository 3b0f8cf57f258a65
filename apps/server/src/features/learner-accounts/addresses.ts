import type { RecipientJson } from '../../db/backpack-schema.js'
import { type Db, inTransaction, isUniqueViolation, type Tx } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import { lockUser, movePrimary, type UserRow, withdrawLinks } from '../accounts/accounts.js'
import { recordAudit } from '../audit/audit.js'
import { optedOut, optOutAddress } from '../letters-to-learners/letters-to-learners.js'
import { createAddressLinks } from './address-links.js'
import {
  countAwards,
  deleteAddress,
  findAddress,
  insertAddress,
  listOwnAddresses,
  listRecipients,
} from './address-repository.js'
import type { LinkDeps } from './sign-in-links.js'

const mostAddresses = 20

/** What imported badges have to do with addresses. */
export type AddressHooks = {
  /** Whether a badge was given to one of the addresses. */
  isGivenTo(recipients: readonly RecipientJson[], addresses: readonly string[]): boolean
  /** Joins the transaction in which somebody gave an address up. */
  addressGone(tx: Tx, userId: string): Promise<unknown>
}

type Deps = Omit<LinkDeps, 'addressProven'> & AddressHooks
type Person = { readonly id: string; readonly email: string }

/** The addresses by which somebody's badges are found. */
export function createAddresses(deps: Deps) {
  const { db, now } = deps
  const links = createAddressLinks(deps)
  const at = () => now().toISOString()

  async function list(userId: string) {
    const addresses = await listOwnAddresses(db, userId)
    const awards = await countAwards(db, userId)
    const recipients = await listRecipients(db, userId)
    const items = addresses.map(({ id, email, isPrimary, provenAt, addedAt }) => {
      const imported = recipients.filter((one) => deps.isGivenTo([one], [email])).length
      const badges = (awards.get(email.toLowerCase()) ?? 0) + imported
      return { id, email, isPrimary, isConfirmed: provenAt !== null, addedAt, badges }
    })
    return { items }
  }

  /** Whether somebody else has the address is told to those alone who read its mail. */
  async function add(person: Person, email: string) {
    links.assertMail()
    await inTransaction(db, async (tx) => {
      const user = await lockedOr401(tx, person.id)
      const own = await listOwnAddresses(tx, user.id)
      if (own.some((one) => one.email.toLowerCase() === email.toLowerCase())) {
        throw new AppError('address-exists', `${email} is among your addresses already.`)
      }
      if (own.length >= mostAddresses) {
        const remedy = 'Remove one that you do not need.'
        throw new AppError('too-many-requests', `You have ${own.length} addresses. ${remedy}`)
      }
      const id = await insertAddress(tx, { user_id: user.id, email, created_at: at() })
      await links.askFor(tx, user.id, email)
      await audit(tx, user, { action: 'add-address', detail: { id, email } })
    })
    return await list(person.id)
  }

  async function resend(person: Person, id: string): Promise<void> {
    links.assertMail()
    await inTransaction(db, async (tx) => {
      const user = await lockedOr401(tx, person.id)
      const { email, isConfirmed } = await ownOr404(tx, user, id)
      if (isConfirmed) throw new AppError('conflict', `${email} is confirmed already.`)
      await links.askFor(tx, user.id, email)
    })
  }

  async function makePrimary(person: Person, id: string) {
    await inTransaction(db, async (tx) => {
      const user = await lockedOr401(tx, person.id)
      const { email, isPrimary, isConfirmed } = await ownOr404(tx, user, id)
      if (isPrimary) return
      if (!isConfirmed) throw notConfirmed(email)
      const row = await findAddress(tx, { userId: user.id, id })
      if (row === undefined) throw addressNotFound(id)
      for (const letters of await optedOut(tx, user.email)) await optOutAddress(tx, email, letters)
      await movePrimary(tx, user, { to: row, keepsOld: true, at: at() }).catch(refuseTwin(email))
      // What was mailed to the old address no longer opens the account.
      await withdrawLinks(tx, { kind: 'reset', userId: user.id, at: at() })
      const detail = { from: user.email, to: email }
      await audit(tx, user, { action: 'change-address', detail })
    })
    return await list(person.id)
  }

  async function remove(person: Person, id: string): Promise<void> {
    await inTransaction(db, async (tx) => {
      const user = await lockedOr401(tx, person.id)
      const { email, isPrimary } = await ownOr404(tx, user, id)
      if (isPrimary) {
        const remedy = 'Make another the primary one first.'
        throw new AppError('conflict', `${email} is your primary address. ${remedy}`)
      }
      await deleteAddress(tx, id)
      await deps.addressGone(tx, user.id)
      await audit(tx, user, { action: 'remove-address', detail: { id, email } })
    })
  }

  return { list, add, resend, makePrimary, remove, tasks: links.tasks }
}

export type Addresses = ReturnType<typeof createAddresses>

async function lockedOr401(tx: Tx, userId: string): Promise<UserRow> {
  const user = await lockUser(tx, userId)
  if (user !== undefined) return user
  throw new AppError('not-signed-in', 'This account is gone. Sign in again.')
}

async function ownOr404(db: Db, user: UserRow, id: string) {
  const found = (await listOwnAddresses(db, user.id)).find((one) => one.id === id)
  if (found === undefined) throw addressNotFound(id)
  return { ...found, isConfirmed: found.provenAt !== null }
}

async function audit(
  tx: Tx,
  { id, email }: UserRow,
  { action, detail }: { readonly action: string; readonly detail: Record<string, unknown> },
): Promise<void> {
  const entry = { actor: email, action: `user.${action}`, subject: `user/${id}`, detail }
  await recordAudit(tx, entry)
}

function addressNotFound(id: string): AppError {
  return new AppError('address-not-found', `There is no address ${id} of yours.`)
}

function notConfirmed(email: string): AppError {
  const remedy = 'Open the link that was mailed to it, or have a new one sent.'
  return new AppError('conflict', `${email} is not confirmed yet. ${remedy}`)
}

// Made meanwhile, for example by an invitation.
function refuseTwin(email: string) {
  return (cause: unknown): never => {
    if (!isUniqueViolation(cause)) throw cause
    const remedy = 'Confirm it once more to join the two.'
    throw new AppError('conflict', `Another account names ${email}. ${remedy}`, { cause })
  }
}

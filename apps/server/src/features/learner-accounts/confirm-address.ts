import { inTransaction, type Tx } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import {
  findUserIdOfAddress,
  hashOfSecret,
  holdAddress,
  lockUsableLink,
  lockUser,
  markUsed,
  type UserRow,
  updateUser,
} from '../accounts/accounts.js'
import { recordAudit } from '../audit/audit.js'
import { findLinkOwner, listOwnAddresses, proveAddress } from './address-repository.js'
import { joinAccounts } from './join-accounts.js'
import type { LinkDeps } from './sign-in-links.js'

type Deps = Pick<LinkDeps, 'db' | 'now' | 'addressProven'>
type Person = { readonly id: string }

/** Confirming an address with the link that came to it; another account that has it comes along. */
export function createConfirmation({ db, now, addressProven }: Deps) {
  async function confirm(person: Person, secret: string): Promise<{ readonly joined: boolean }> {
    return await inTransaction(db, (tx) => confirmIn(tx, person, secret))
  }

  /**
   * The address is held first, then both people in the order of their ids, then the link: of two who confirm the
   * address of each other at once, the second finds that the account has gone into the other.
   */
  async function confirmIn(tx: Tx, { id }: Person, secret: string) {
    const asked = await findLinkOwner(tx, hashOfSecret(secret))
    const email = asked?.email ?? ''
    if (asked !== undefined && asked.user_id !== id) throw ofAnother(email)
    await holdAddress(tx, email)
    const otherId = await findUserIdOfAddress(tx, email)
    const [user, other] = await lockBoth(tx, id, otherId === id ? undefined : otherId)
    const link = await lockUsableLink(tx, { kind: 'address', secret, now: now() })
    // Meanwhile the other may have given it up, or somebody else have made an account for it.
    if ((await findUserIdOfAddress(tx, email)) !== otherId) throw hasChanged(email)
    const own = await listOwnAddresses(tx, id)
    const address = own.find((one) => one.email.toLowerCase() === email.toLowerCase())
    if (address === undefined) throw isGone(email)
    const at = now().toISOString()
    await markUsed(tx, link.id, at)
    const joined = other !== undefined && (await joinAccounts(tx, { user, other, email, at }))
    if (address.isPrimary) await updateUser(tx, id, { email_proven_at: at, updated_at: at })
    else await proveAddress(tx, { userId: id, email: address.email, at })
    await addressProven(tx, id, address.email)
    const detail = { email: address.email, joined }
    const audit = { action: 'user.confirm-address', subject: `user/${id}`, detail }
    await recordAudit(tx, { actor: user.email, ...audit })
    return { joined }
  }

  return { confirm }
}

export type Confirmation = ReturnType<typeof createConfirmation>

async function lockBoth(
  tx: Tx,
  id: string,
  otherId: string | undefined,
): Promise<readonly [UserRow, UserRow | undefined]> {
  const rows = new Map<string, UserRow>()
  const ids = otherId === undefined ? [id] : [id, otherId].sort()
  for (const one of ids) {
    const row = await lockUser(tx, one)
    if (row !== undefined) rows.set(one, row)
  }
  const user = rows.get(id)
  if (user === undefined) {
    throw new AppError('not-signed-in', 'This account is gone. Sign in again.')
  }
  return [user, otherId === undefined ? undefined : rows.get(otherId)]
}

function ofAnother(email: string): AppError {
  const remedy = 'Sign in with the account to which you added the address, and open it again.'
  return new AppError('link-refused', `This link for ${email} is of another account. ${remedy}`)
}

function isGone(email: string): AppError {
  const remedy = 'Add it again, and use the link that comes then.'
  return new AppError('link-refused', `${email} is no longer among your addresses. ${remedy}`)
}

function hasChanged(email: string): AppError {
  const message = `The account of ${email} has changed at this moment. Open the link once more.`
  return new AppError('conflict', message)
}

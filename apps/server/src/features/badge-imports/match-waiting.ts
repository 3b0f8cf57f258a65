import type { Tx } from '../../db/database.js'
import { documentOf } from './badge-document.js'
import { addressesOf, lockInState, setStates } from './entry-repository.js'
import { isGivenTo, recipientsOf } from './recipients.js'

/**
 * Keeps the badges that waited for this address, which is proven now; answers how many. Joins the
 * transaction that proves it.
 */
export async function matchWaiting(tx: Tx, userId: string, email: string): Promise<number> {
  const waiting = await lockInState(tx, userId, 'waiting')
  const found = waiting.filter(({ text }) => isTextGivenTo(text, [email]))
  await setStates(
    tx,
    found.map(({ id }) => id),
    'kept',
  )
  return found.length
}

/** Lets the badges wait again that were given to none of the addresses that are left. */
export async function releaseUnproven(tx: Tx, userId: string): Promise<number> {
  const addresses = await addressesOf(tx, userId)
  const kept = await lockInState(tx, userId, 'kept')
  const lost = kept.filter(({ text }) => !isTextGivenTo(text, addresses))
  await setStates(
    tx,
    lost.map(({ id }) => id),
    'waiting',
  )
  return lost.length
}

function isTextGivenTo(text: string, addresses: readonly string[]): boolean {
  const document = documentOf(text)
  return document !== undefined && isGivenTo(recipientsOf(document), addresses)
}

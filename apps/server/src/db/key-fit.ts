import type { Db } from './database.js'
import { unseal } from './sealed.js'
import type { SealedRow, SealedStore } from './sealed-store.js'

/** Whether a key opens what is sealed: at least something, nothing of it, or there is nothing. */
export type KeyFit = 'opens' | 'opens-nothing' | 'nothing-sealed'

/** Enough to find one that opens, should a few be damaged. */
const mostTried = 50

export async function keyFit(db: Db, stores: readonly SealedStore[], key: Buffer): Promise<KeyFit> {
  const rows: SealedRow[] = []
  for (const store of stores) rows.push(...(await store.list(db, mostTried)))
  if (rows.length === 0) return 'nothing-sealed'
  return rows.some(({ name, sealed }) => isOpenedBy(key, name, sealed)) ? 'opens' : 'opens-nothing'
}

function isOpenedBy(key: Buffer, name: string, sealed: Buffer): boolean {
  try {
    unseal(sealed, name, key)
    return true
  } catch {
    // That is the answer.
    return false
  }
}

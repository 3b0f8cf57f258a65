import { sql } from 'kysely'
import type { Tx } from '../../db/database.js'
import { MasterKeyRefused } from '../../db/master-key.js'
import { seal, unseal } from '../../db/sealed.js'
import type { SealedRow, SealedStore } from '../../db/sealed-store.js'

/** Seals everything in a table anew and answers how much that was. */
export async function resealAll(
  tx: Tx,
  { table, list, replace }: SealedStore,
  keys: { readonly from: Buffer; readonly to: Buffer },
): Promise<number> {
  // Nobody seals with the old key what we then would not see; reading goes on.
  await sql`lock table ${sql.table(table)} in share row exclusive mode`.execute(tx)
  const rows = await list(tx, Number.MAX_SAFE_INTEGER)
  for (const row of rows) {
    await replace(tx, row.id, seal(openedWith(keys.from, row), row.name, keys.to))
  }
  return rows.length
}

function openedWith(key: Buffer, { name, sealed }: SealedRow): string {
  try {
    return unseal(sealed, name, key)
  } catch (cause) {
    const message = `The ${name} does not open with the present master key, so nothing was changed. Make that key anew, or delete what it belongs to, and run this again.`
    throw new MasterKeyRefused(message, { cause })
  }
}

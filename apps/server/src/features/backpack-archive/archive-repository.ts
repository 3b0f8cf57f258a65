import { sql } from 'kysely'
import type { Tx } from '../../db/database.js'

/** Until the transaction ends, no other process makes what an archive of this person says. */
export async function holdArchive(tx: Tx, userId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`archive/${userId}`}, 0))`.execute(tx)
}

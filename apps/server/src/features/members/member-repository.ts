import type { Insertable } from 'kysely'
import type { Tx } from '../../db/database.js'
import type { Schema } from '../../db/schema.js'

/** Whether somebody became a member; it is not so when they are one. */
export async function insertMember(
  tx: Tx,
  row: Insertable<Schema['membership']>,
): Promise<boolean> {
  const inserted = await tx
    .insertInto('membership')
    .values(row)
    .onConflict((oc) => oc.columns(['organization_id', 'user_id']).doNothing())
    .returning('user_id')
    .executeTakeFirst()
  return inserted !== undefined
}

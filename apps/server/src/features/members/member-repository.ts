import type { Role } from '@rosette/contract'
import type { Insertable, Selectable } from 'kysely'
import type { Tx } from '../../db/database.js'
import type { Schema } from '../../db/schema.js'

export type MemberRow = Selectable<Schema['membership']>
type Key = { readonly organizationId: string; readonly userId: string }

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

/** The owners who could help if the others were gone, locked in the order of their ids. */
export async function lockOwners(tx: Tx, organizationId: string): Promise<readonly string[]> {
  const rows = await tx
    .selectFrom('membership')
    .innerJoin('app_user', 'app_user.id', 'membership.user_id')
    .select('membership.user_id')
    .where('organization_id', '=', organizationId)
    .where('role', '=', 'owner')
    .where('app_user.disabled_at', 'is', null)
    .orderBy('membership.user_id')
    .forUpdate('membership')
    .execute()
  return rows.map(({ user_id }) => user_id)
}

export async function lockMember(
  tx: Tx,
  { organizationId, userId }: Key,
): Promise<MemberRow | undefined> {
  return await tx
    .selectFrom('membership')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('user_id', '=', userId)
    .forUpdate()
    .executeTakeFirst()
}

export async function updateMember(
  tx: Tx,
  { organizationId, userId }: Key,
  values: { readonly role: Role; readonly claimed_from: string | null },
): Promise<void> {
  await tx
    .updateTable('membership')
    .set(values)
    .where('organization_id', '=', organizationId)
    .where('user_id', '=', userId)
    .execute()
}

export async function deleteMember(tx: Tx, { organizationId, userId }: Key): Promise<void> {
  await tx
    .deleteFrom('membership')
    .where('organization_id', '=', organizationId)
    .where('user_id', '=', userId)
    .execute()
}

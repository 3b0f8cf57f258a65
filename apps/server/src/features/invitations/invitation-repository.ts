import { type Insertable, type Selectable, sql } from 'kysely'
import type { Db, Tx } from '../../db/database.js'
import type { Schema } from '../../db/schema.js'

export type InvitationRow = Selectable<Schema['one_time_link']>

function open(db: Db) {
  return db
    .selectFrom('one_time_link')
    .selectAll()
    .where('kind', '=', 'invitation')
    .where('used_at', 'is', null)
    .where('withdrawn_at', 'is', null)
}

/** Makes an invitation, or changes the one that is open for the same address. */
export async function putInvitation(
  tx: Tx,
  row: Insertable<Schema['one_time_link']>,
): Promise<InvitationRow> {
  return await tx
    .insertInto('one_time_link')
    .values(row)
    .onConflict((oc) =>
      oc
        .expression(sql`organization_id, lower(email)`)
        .where(sql<boolean>`kind = 'invitation' and used_at is null and withdrawn_at is null`)
        .doUpdateSet({
          hash: row.hash,
          role: row.role ?? null,
          created_by: row.created_by ?? null,
          mailed_at: null,
          expires_at: row.expires_at,
        }),
    )
    .returningAll()
    .executeTakeFirstOrThrow()
}

export async function listInvitations(db: Db, organizationId: string): Promise<InvitationRow[]> {
  return await open(db)
    .where('organization_id', '=', organizationId)
    .orderBy('email')
    .orderBy('id')
    .execute()
}

/** One that can still be accepted or sent again, locked. */
export async function lockInvitation(tx: Tx, id: string): Promise<InvitationRow | undefined> {
  return await open(tx).where('id', '=', id).forUpdate().executeTakeFirst()
}

export async function updateInvitation(
  tx: Tx,
  id: string,
  values: {
    readonly hash?: Buffer
    readonly expires_at?: string
    readonly mailed_at?: string | null
    readonly withdrawn_at?: string
  },
): Promise<InvitationRow> {
  return await tx
    .updateTable('one_time_link')
    .set(values)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** By any address that they have proven, and by the one of their account. */
export async function isMember(db: Db, organizationId: string, email: string): Promise<boolean> {
  const found = await db
    .selectFrom('membership')
    .innerJoin('app_user', 'app_user.id', 'membership.user_id')
    .leftJoin('user_address', (join) =>
      join
        .onRef('user_address.user_id', '=', 'app_user.id')
        .on('user_address.proven_at', 'is not', null),
    )
    .select('app_user.id')
    .where('organization_id', '=', organizationId)
    .where(sql<boolean>`lower(${email}) in (lower(app_user.email), lower(user_address.email))`)
    .executeTakeFirst()
  return found !== undefined
}

/** People know each other by name; programs have none. */
export async function nameOf(db: Db, actor: string | null): Promise<string | null> {
  if (actor === null) return null
  const found = await db
    .selectFrom('app_user')
    .select('name')
    .where(sql<boolean>`lower(email) = lower(${actor})`)
    .executeTakeFirst()
  return found?.name ?? actor
}

import { sql } from 'kysely'
import type { Tx } from '../../db/database.js'

/** Lets one sign-in of a person at a time through; two at once would both make an account. */
export async function lockIdentity(tx: Tx, provider: string, subject: string): Promise<void> {
  await sql`
    select pg_advisory_xact_lock(hashtextextended(${`identity/${provider}/${subject}`}, 0))
  `.execute(tx)
}

export async function findIdentity(
  tx: Tx,
  provider: string,
  subject: string,
): Promise<string | undefined> {
  const found = await tx
    .selectFrom('user_identity')
    .select('user_id')
    .where('provider', '=', provider)
    .where('subject', '=', subject)
    .executeTakeFirst()
  return found?.user_id
}

export async function putIdentity(
  tx: Tx,
  row: {
    readonly provider: string
    readonly subject: string
    readonly user_id: string
    readonly email: string | null
    readonly lms_username: string | null
    readonly lms_user_id: number | null
    readonly last_used_at: string
  },
): Promise<void> {
  const { provider: _, subject: __, user_id: ___, ...told } = row
  await tx
    .insertInto('user_identity')
    .values(row)
    .onConflict((oc) => oc.columns(['provider', 'subject']).doUpdateSet(told))
    .execute()
}

/** The memberships of somebody in organizations, by the id of the organization. */
export async function listMemberships(tx: Tx, userId: string) {
  return await tx
    .selectFrom('membership')
    .select(['organization_id', 'role', 'claimed_from'])
    .where('user_id', '=', userId)
    .forUpdate()
    .execute()
}

export async function findOrganizationIds(
  tx: Tx,
  slugs: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (slugs.length === 0) return new Map()
  const rows = await tx
    .selectFrom('organization')
    .select(['id', 'slug'])
    .where('slug', 'in', [...slugs])
    .execute()
  return new Map(rows.map(({ id, slug }) => [slug, id]))
}

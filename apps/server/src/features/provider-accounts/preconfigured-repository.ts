import { sql } from 'kysely'
import type { Db, Tx } from '../../db/database.js'

/** Of several processes that start at once, the others wait here and find the accounts made. */
export async function lockPreconfigured(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('preconfigured provider accounts'))`.execute(tx)
}

export async function findCredlyOrganizations(db: Db): Promise<ReadonlySet<string>> {
  const accounts = db.selectFrom('provider_account').select('external_id')
  const rows = await accounts.where('provider', '=', 'credly').execute()
  return new Set(rows.map(({ external_id: id }) => id ?? ''))
}

export type Home = { readonly organizationId: string; readonly issuerId: string }

/** The only organization that is nobody's demo, if it has exactly one issuer. */
export async function findOnlyHome(db: Db): Promise<Home | undefined> {
  const { rows } = await sql<Home>`
    select organization.id as "organizationId", min(issuer.id::text)::uuid as "issuerId"
    from organization left join issuer on issuer.organization_id = organization.id
    where not is_demo group by organization.id
    having count(issuer.id) = 1 and 1 = (select count(*) from organization where not is_demo)
  `.execute(db)
  return rows[0]
}

/** The organization that was made for this account before; undefined when its name is free. */
export async function findHome(db: Db, slug: string): Promise<Home | undefined> {
  return await db
    .selectFrom('organization')
    .innerJoin('issuer', 'issuer.organization_id', 'organization.id')
    .select(['organization.id as organizationId', 'issuer.id as issuerId'])
    .where('slug', '=', slug)
    .orderBy('issuer.created_at')
    .limit(1)
    .executeTakeFirst()
}

export async function insertHome(
  tx: Tx,
  organization: { readonly slug: string; readonly name: string },
): Promise<string> {
  const inserted = tx.insertInto('organization').values(organization).returning('id')
  return (await inserted.executeTakeFirstOrThrow()).id
}

import { type Selectable, sql } from 'kysely'
import type { Db, Tx } from '../../db/database.js'
import { type Reach, within } from '../../db/reach.js'
import type { Schema } from '../../db/schema.js'

export type OrganizationRow = Selectable<Schema['organization']>
export type OrganizationValues = { readonly slug: string; readonly name: string }

export async function findOrganization(db: Db, id: string): Promise<OrganizationRow | undefined> {
  return await db.selectFrom('organization').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function findOrganizationBySlug(
  db: Db,
  slug: string,
): Promise<OrganizationRow | undefined> {
  return await db.selectFrom('organization').selectAll().where('slug', '=', slug).executeTakeFirst()
}

export async function listOrganizations(
  db: Db,
  asked: {
    readonly reach: Reach
    readonly after: readonly string[] | undefined
    readonly most: number
  },
): Promise<OrganizationRow[]> {
  const { reach, after, most } = asked
  let query = db
    .selectFrom('organization')
    .selectAll()
    .where(within(reach, 'id'))
    .orderBy('name')
    .orderBy('id')
    .limit(most)
  if (after !== undefined) {
    query = query.where(sql<boolean>`(name, id) > (${after[0]}, ${after[1]}::uuid)`)
  }
  return await query.execute()
}

export async function insertOrganization(
  tx: Tx,
  values: OrganizationValues,
): Promise<OrganizationRow> {
  return await tx.insertInto('organization').values(values).returningAll().executeTakeFirstOrThrow()
}

export async function updateOrganization(
  tx: Tx,
  id: string,
  values: Partial<OrganizationValues>,
): Promise<void> {
  if (Object.keys(values).length === 0) return
  await tx.updateTable('organization').set(values).where('id', '=', id).execute()
}

/** Locked in id order and before the rule version, as whoever changes a template does. */
export async function lockTemplatesOf(tx: Tx, id: string): Promise<void> {
  const templates = tx.selectFrom('badge_template').select('id').where('organization_id', '=', id)
  await templates.orderBy('id').forNoKeyUpdate().execute()
}

export async function hasAwards(tx: Tx, id: string): Promise<boolean> {
  const found = await tx
    .selectFrom('award')
    .innerJoin('badge_template', 'badge_template.id', 'award.template_id')
    .select('award.id')
    .where('badge_template.organization_id', '=', id)
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

/** Its templates go before its issuers, which they refer to; marks have no foreign key. */
export async function deleteOrganization(tx: Tx, id: string): Promise<void> {
  const templates = tx.selectFrom('badge_template').select('id').where('organization_id', '=', id)
  const requirements = tx
    .selectFrom('requirement')
    .select('id')
    .where('template_id', 'in', templates)
  await tx.deleteFrom('mark').where('requirement_id', 'in', requirements).execute()
  await tx.deleteFrom('badge_template').where('organization_id', '=', id).execute()
  await tx.deleteFrom('organization').where('id', '=', id).execute()
}

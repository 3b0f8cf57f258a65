import type { Selectable } from 'kysely'
import type { Db, Tx } from '../../db/database.js'
import type { Schema } from '../../db/schema.js'
import type { Link } from './map.js'

export type PathwayRow = Selectable<Schema['pathway']>
export type Values = {
  readonly name: string
  readonly description: string
  readonly isPublic: boolean
}
export type Badge = { readonly templateId: string; readonly isMilestone: boolean }

export async function findPathway(db: Db, id: string): Promise<PathwayRow | undefined> {
  return await db.selectFrom('pathway').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Of two who change a map at once the second waits, and is judged by what the first has left. */
export async function lockPathway(tx: Tx, id: string): Promise<PathwayRow | undefined> {
  const rows = tx.selectFrom('pathway').selectAll().where('id', '=', id).forUpdate()
  return await rows.executeTakeFirst()
}

export async function insertPathway(
  tx: Tx,
  organizationId: string,
  { name, description, isPublic }: Values,
): Promise<string> {
  const values = { organization_id: organizationId, name, description, is_public: isPublic }
  const inserting = tx.insertInto('pathway').values(values).returning('id')
  return (await inserting.executeTakeFirstOrThrow()).id
}

export async function updatePathway(
  tx: Tx,
  id: string,
  { name, description, isPublic, at }: Partial<Values> & { readonly at: string },
): Promise<void> {
  const values = {
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
    ...(isPublic !== undefined && { is_public: isPublic }),
    updated_at: at,
  }
  await tx.updateTable('pathway').set(values).where('id', '=', id).execute()
}

export async function deletePathway(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('pathway').where('id', '=', id).execute()
}

/** Puts a whole map in the place of the one before. */
export async function replaceMap(
  tx: Tx,
  id: string,
  { badges, links }: { readonly badges: readonly Badge[]; readonly links: readonly Link[] },
): Promise<void> {
  await tx.deleteFrom('pathway_badge').where('pathway_id', '=', id).execute()
  const rows = badges.map(({ templateId, isMilestone }, position) => ({
    pathway_id: id,
    template_id: templateId,
    position,
    is_milestone: isMilestone,
  }))
  if (rows.length > 0) await tx.insertInto('pathway_badge').values(rows).execute()
  const drawn = links.map(({ from, to }) => ({
    pathway_id: id,
    from_template_id: from,
    to_template_id: to,
  }))
  if (drawn.length > 0) await tx.insertInto('pathway_link').values(drawn).execute()
}

/** Which of the templates belong to the organization. */
export async function templatesWithin(
  db: Db,
  organizationId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('badge_template')
    .select(['id', 'name'])
    .where('organization_id', '=', organizationId)
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}

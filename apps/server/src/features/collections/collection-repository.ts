import type { Selectable, Updateable } from 'kysely'
import type { Db, Tx } from '../../db/database.js'
import type { Schema } from '../../db/schema.js'

export type CollectionRow = Selectable<Schema['collection']>
export type Item = {
  readonly awardId: string | null
  readonly entryId: string | null
  readonly note: string
}

type New = Pick<CollectionRow, 'user_id' | 'name' | 'description'>

export async function insertCollection(tx: Tx, values: New): Promise<CollectionRow> {
  return await tx.insertInto('collection').values(values).returningAll().executeTakeFirstOrThrow()
}

export async function listCollectionsOf(db: Db, userId: string): Promise<CollectionRow[]> {
  const own = db.selectFrom('collection').selectAll().where('user_id', '=', userId)
  return await own.orderBy('name').orderBy('id').execute()
}

type Named = { readonly userId: string; readonly id: string }

export async function findCollection(db: Db, named: Named): Promise<CollectionRow | undefined> {
  const own = db.selectFrom('collection').selectAll().where('user_id', '=', named.userId)
  return await own.where('id', '=', named.id).executeTakeFirst()
}

/** Held until the transaction ends: of two changes at once the second sees what the first has made. */
export async function lockCollection(tx: Tx, named: Named): Promise<CollectionRow | undefined> {
  const own = tx.selectFrom('collection').selectAll().where('user_id', '=', named.userId)
  return await own.where('id', '=', named.id).forUpdate().executeTakeFirst()
}

export async function changeCollection(
  tx: Tx,
  id: string,
  values: Updateable<Schema['collection']>,
): Promise<void> {
  await tx.updateTable('collection').set(values).where('id', '=', id).execute()
}

export async function replaceItems(tx: Tx, id: string, items: readonly Item[]): Promise<void> {
  await tx.deleteFrom('collection_item').where('collection_id', '=', id).execute()
  if (items.length === 0) return
  const rows = items.map(({ awardId, entryId, note }, position) => ({
    collection_id: id,
    position,
    award_id: awardId,
    entry_id: entryId,
    note,
  }))
  await tx.insertInto('collection_item').values(rows).execute()
}

export async function deleteCollection(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('collection').where('id', '=', id).execute()
}

/** One that is published now; whoever made it must still be there. */
export async function findPublished(
  db: Db,
  shareHash: string,
): Promise<(CollectionRow & { readonly owner: string }) | undefined> {
  return await published(db).where('c.share_hash', '=', shareHash).executeTakeFirst()
}

/** All that a person has published, the first one first. */
export async function listPublishedOf(
  db: Db,
  userId: string,
): Promise<(CollectionRow & { readonly owner: string })[]> {
  return await published(db).where('c.user_id', '=', userId).orderBy('c.number').execute()
}

function published(db: Db) {
  return db
    .selectFrom('collection as c')
    .innerJoin('app_user as u', 'u.id', 'c.user_id')
    .selectAll('c')
    .select('u.name as owner')
    .where('c.published_at', 'is not', null)
    .where('u.disabled_at', 'is', null)
}

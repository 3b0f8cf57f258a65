import { sql } from 'kysely'
import type { Db } from '../../db/database.js'

/** A place in a collection: which badge stands there, and what its learner says of it. */
export type Place = {
  readonly collectionId: string
  /** An award, or a badge from elsewhere. */
  readonly badgeId: string
  readonly note: string
}

/** The places in a person's collections, in their order; in one collection where it is named. */
export async function listPlaces(
  db: Db,
  userId: string,
  collectionId: string | null = null,
): Promise<readonly Place[]> {
  const { rows } = await sql<Place>`
    select ci.collection_id as "collectionId", coalesce(ci.award_id, ci.entry_id) as "badgeId", ci.note
    from collection c join collection_item ci on ci.collection_id = c.id
    where c.user_id = ${userId} and (${collectionId}::uuid is null or c.id = ${collectionId}::uuid)
    order by ci.collection_id, ci.position`.execute(db)
  return rows
}

/** What the picture of a badge is drawn of. */
export type Drawn = {
  readonly id: string
  readonly seed: string
  readonly name: string
  readonly imageId: string | null
}

export async function listDrawn(db: Db, badgeIds: readonly string[]): Promise<readonly Drawn[]> {
  const wanted = sql`any(${[...badgeIds]}::uuid[])`
  const { rows } = await sql<Drawn>`
    select a.id, t.id as seed, t.name, t.image_id as "imageId"
      from award a join badge_template t on t.id = a.template_id where a.id = ${wanted}
    union all
    select e.id, e.id, e.name, e.picture_id from backpack_entry e where e.id = ${wanted}`.execute(
    db,
  )
  return rows
}

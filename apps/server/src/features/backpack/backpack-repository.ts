import { sql } from 'kysely'
import type { Db, Tx } from '../../db/database.js'
import { ownLearners } from '../../db/own-learners.js'
import type { BadgeRow } from './badge-views.js'

/** How a badge is shown. */
export type Showing = {
  readonly visibility: BadgeRow['visibility']
  readonly showsName: boolean
  readonly isHidden: boolean
}

/** Waits for others that change the same badge; what is not the person's own is not there. */
export async function lockShowing(
  tx: Tx,
  userId: string,
  { origin, id }: Pick<BadgeRow, 'origin' | 'id'>,
): Promise<Showing | undefined> {
  const columns = sql`visibility, shows_name as "showsName"`
  const { rows } = await (origin === 'earned'
    ? sql<Showing>`select ${columns}, is_hidden or acceptance = 'rejected' as "isHidden" from award
          where id = ${id}::uuid and learner_id in ${ownLearners(userId)} for update`
    : sql<Showing>`select ${columns}, is_hidden or state = 'rejected' as "isHidden" from backpack_entry
          where id = ${id}::uuid and user_id = ${userId}::uuid for update`
  ).execute(tx)
  return rows[0]
}

/** Showing a badge again also takes back that it was rejected. */
export async function setShowing(
  tx: Tx,
  { origin, id }: Pick<BadgeRow, 'origin' | 'id'>,
  { visibility, showsName, isHidden }: Showing,
): Promise<void> {
  const values = sql`visibility = ${visibility}, shows_name = ${showsName}, is_hidden = ${isHidden}`
  await (origin === 'earned'
    ? sql`update award set ${values},
          acceptance = case when acceptance = 'rejected' and not ${isHidden} then 'accepted' else acceptance end
        where id = ${id}::uuid`
    : sql`update backpack_entry set ${values}, updated_at = now(),
          state = case when state = 'rejected' and not ${isHidden} then 'kept' else state end
        where id = ${id}::uuid`
  ).execute(tx)
}

export type Acceptance = 'accepted' | 'rejected'

export async function setAcceptance(
  tx: Tx,
  { origin, id }: Pick<BadgeRow, 'origin' | 'id'>,
  acceptance: Acceptance,
): Promise<void> {
  await (origin === 'earned'
    ? sql`update award set acceptance = ${acceptance} where id = ${id}::uuid`
    : sql`update backpack_entry set updated_at = now(),
          state = ${acceptance === 'rejected' ? 'rejected' : 'kept'}
        where id = ${id}::uuid and state <> 'waiting'`
  ).execute(tx)
}

/** Its picture goes with it. */
export async function deleteEntry(tx: Tx, userId: string, id: string): Promise<string | undefined> {
  const gone = await tx
    .deleteFrom('backpack_entry')
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .returning('name')
    .executeTakeFirst()
  return gone?.name
}

export async function markSeen(db: Db, userId: string, at: string): Promise<void> {
  await sql`update award set seen_at = ${at} where seen_at is null
    and learner_id in ${ownLearners(userId)}`.execute(db)
  await sql`update backpack_entry set seen_at = ${at} where seen_at is null
    and user_id = ${userId}::uuid`.execute(db)
}

/** What is needed to draw the picture of an imported badge, and who may see it. */
export async function findEntryPicture(db: Db, id: string) {
  return await db
    .selectFrom('backpack_entry as e')
    .innerJoin('app_user as u', 'u.id', 'e.user_id')
    .select(['e.id', 'e.user_id as userId', 'e.name', 'e.picture_id as pictureId'])
    .select(['e.visibility', 'e.state'])
    .where('e.id', '=', id)
    .where('u.disabled_at', 'is', null)
    .executeTakeFirst()
}

/** The bytes of an imported badge as they came. */
export async function findEntryContent(db: Db, id: string) {
  return await db
    .selectFrom('backpack_entry')
    .select(['content', 'content_type as contentType', 'text', 'picture_id as pictureId'])
    .select('source_url as sourceUrl')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
}

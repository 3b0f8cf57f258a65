import { randomBytes, randomUUID } from 'node:crypto'
import { type RawBuilder, type Selectable, type SqlBool, sql } from 'kysely'
import { plainArray } from '../../db/arrays.js'
import type { Db, Tx } from '../../db/database.js'
import type { Schema } from '../../db/schema.js'

export type StatusListRow = Selectable<Schema['status_list']>

/** Whose lists: those of an issuer under one of its names. */
export type ListOwner = Pick<StatusListRow, 'issuer_id' | 'identifier'>

/** The list that takes new entries: the newest, since ids of lists begin with their time. */
export async function findCurrentList(db: Db, owner: ListOwner) {
  const lists = db
    .selectFrom('status_list')
    .selectAll()
    .where('issuer_id', '=', owner.issuer_id)
    .where('identifier', '=', owner.identifier)
  return await lists.orderBy('id', 'desc').limit(1).executeTakeFirst()
}

/** Starts the next list, unless somebody else has just done so; the issuer's row is the lock. */
export async function startList(
  tx: Tx,
  owner: ListOwner,
  previous: StatusListRow | undefined,
): Promise<StatusListRow> {
  await tx
    .selectFrom('issuer')
    .select('id')
    .where('id', '=', owner.issuer_id)
    .forNoKeyUpdate()
    .executeTakeFirst()
  const current = await findCurrentList(tx, owner)
  if (current !== undefined && current.id !== previous?.id) return current
  const row = { id: timedId(Date.now()), ...owner }
  return await tx.insertInto('status_list').values(row).returningAll().executeTakeFirstOrThrow()
}

/** Takes an entry for an award; false when another award has it. Waits for one who is just taking it. */
export async function takeEntry(
  tx: Tx,
  entry: { readonly listId: string; readonly index: number; readonly awardId: string },
): Promise<boolean> {
  const taken = await tx
    .insertInto('status_entry')
    .values({ list_id: entry.listId, index: entry.index, award_id: entry.awardId })
    .onConflict((oc) => oc.columns(['list_id', 'index']).doNothing())
    .executeTakeFirst()
  return taken.numInsertedOrUpdatedRows === 1n
}

/** The entry that an award has already. */
export async function findEntry(db: Db, awardId: string) {
  const entries = db.selectFrom('status_entry').select(['list_id', 'index'])
  return await entries.where('award_id', '=', awardId).executeTakeFirst()
}

/** Makes the lists of these awards out of date. */
export async function raiseVersions(tx: Tx, awardIds: readonly string[]): Promise<void> {
  const ofAwards = sql<SqlBool>`id in (select list_id from status_entry
    where award_id = any(${plainArray(awardIds)}::uuid[]))`
  await raise(tx, ofAwards)
}

/** Makes every list of an issuer out of date. */
export async function raiseVersionsOf(tx: Tx, issuerId: string): Promise<void> {
  await raise(tx, sql<SqlBool>`issuer_id = ${issuerId}`)
}

/**
 * Locks the lists in id order, so that two transactions that revoke in the same lists wait for each
 * other, and neither for ever. Then updates them in a statement of its own: one that locks and updates
 * looks for the rows as they were before it waited, queues behind itself, and is ended as a deadlock.
 */
async function raise(tx: Tx, which: RawBuilder<SqlBool>): Promise<void> {
  const lists = tx.selectFrom('status_list').select('id').where(which).orderBy('id')
  const ids = (await lists.forNoKeyUpdate().execute()).map(({ id }) => id)
  if (ids.length === 0) return
  await tx
    .updateTable('status_list')
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('id', 'in', ids)
    .execute()
}

export async function findList(db: Db, id: string): Promise<StatusListRow | undefined> {
  return await db.selectFrom('status_list').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Whoever revokes raises the version of this row, so while it is locked no revocation slips by. */
export async function lockList(tx: Tx, id: string): Promise<StatusListRow | undefined> {
  const list = tx.selectFrom('status_list').selectAll().where('id', '=', id)
  return await list.forNoKeyUpdate().executeTakeFirst()
}

/** The entries whose awards are revoked: read from the awards, which are the truth. */
export async function revokedIndexes(db: Db, listId: string): Promise<number[]> {
  const entries = await db
    .selectFrom('status_entry as e')
    .innerJoin('award as a', 'a.id', 'e.award_id')
    .select('e.index')
    .where('e.list_id', '=', listId)
    .where('a.status', '=', 'revoked')
    .execute()
  return entries.map(({ index }) => index)
}

export async function storeSignedList(
  tx: Tx,
  list: Pick<StatusListRow, 'id' | 'version'>,
  signed: { readonly text: string; readonly at: string },
): Promise<void> {
  await tx
    .updateTable('status_list')
    .set({ signed_text: signed.text, signed_version: list.version, signed_at: signed.at })
    .where('id', '=', list.id)
    .execute()
}

/** A UUID that begins with its time (RFC 9562, version 7), so that ids sort by age. */
function timedId(time: number): string {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(time, 0, 6)
  const random = randomUUID()
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}${random.slice(18)}`
}

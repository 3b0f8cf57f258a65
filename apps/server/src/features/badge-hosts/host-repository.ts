import type { BadgeHost } from '@rosette/contract/backpack'
import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import type { Db, Tx } from '../../db/database.js'
import { ownLearners } from '../../db/own-learners.js'
import type { Schema } from '../../db/schema.js'

export type HostRow = Selectable<Schema['badge_host']>

export async function listHosts(db: Db, userId: string): Promise<BadgeHost[]> {
  const { rows } = await sql<BadgeHost>`
    select h.id, h.name, h.url, h.kind, h.state, h.connected_at as "connectedAt",
      h.last_error as "lastError",
      (select count(*) from badge_host_badge b where b.host_id = h.id) as "badgesSent"
    from badge_host h where h.user_id = ${userId}::uuid order by h.created_at desc, h.id`.execute(
    db,
  )
  return rows
}

/** One of somebody's own; what is another's is not there. */
export async function findHost(db: Db, userId: string, id: string): Promise<HostRow | undefined> {
  const hosts = db.selectFrom('badge_host').selectAll().where('id', '=', id)
  return await hosts.where('user_id', '=', userId).executeTakeFirst()
}

export async function insertHost(tx: Tx, row: Insertable<Schema['badge_host']>): Promise<void> {
  await tx.insertInto('badge_host').values(row).execute()
}

export async function updateHost(
  db: Db,
  id: string,
  changes: Updateable<Schema['badge_host']>,
): Promise<void> {
  const at = new Date().toISOString()
  const host = db.updateTable('badge_host').set({ ...changes, updated_at: at })
  await host.where('id', '=', id).execute()
}

export async function deleteHost(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('badge_host').where('id', '=', id).execute()
}

/** Hosts that were begun and never answered make room for new ones. */
export async function deleteUnanswered(tx: Tx, userId: string): Promise<number> {
  await tx
    .deleteFrom('badge_host')
    .where('user_id', '=', userId)
    .where('state', '=', 'connecting')
    .where('state_expires_at', '<', new Date().toISOString())
    .execute()
  const { rows } = await sql<{ readonly count: number }>`
    select count(*) as count from badge_host where user_id = ${userId}::uuid`.execute(tx)
  return rows[0]?.count ?? 0
}

type Answered = { readonly id: string; readonly userId: string; readonly stateHash: Buffer }

/** Takes the answer that was waited for, once; undefined when none is, or for somebody else. */
export async function takeAnswer(db: Db, { id, userId, stateHash }: Answered) {
  return await db
    .updateTable('badge_host')
    .set({ state_hash: null, state_expires_at: null })
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .where('state_hash', '=', stateHash)
    .where('state_expires_at', '>', new Date().toISOString())
    .returningAll()
    .executeTakeFirst()
}

/** A badge of somebody's own, as far as sending it goes. */
export type Sendable =
  | { readonly origin: 'earned'; readonly signedText: string | null; readonly isInForce: boolean }
  | { readonly origin: 'imported'; readonly content: Buffer; readonly kind: string }

export async function findSendable(
  db: Db,
  userId: string,
  id: string,
): Promise<Sendable | undefined> {
  const { rows } = await sql<Sendable>`
    select 'earned' as origin, c.signed_text as "signedText", a.status = 'awarded' as "isInForce",
      null::bytea as content, null as kind
    from award a left join credential c on c.award_id = a.id
    where a.id = ${id}::uuid and a.learner_id in ${ownLearners(userId)}
    union all
    select 'imported', null, null, e.content, e.kind from backpack_entry e
    where e.id = ${id}::uuid and e.user_id = ${userId}::uuid and e.state = 'kept'`.execute(db)
  return rows[0]
}

type Sent = { readonly hostId: string; readonly badgeId: string; readonly hash: Buffer }

/** Whether exactly this was sent before. */
export async function wasSent(db: Db, { hostId, badgeId, hash }: Sent): Promise<boolean> {
  const sent = db.selectFrom('badge_host_badge').select('badge_id').where('host_id', '=', hostId)
  const same = sent.where('badge_id', '=', badgeId).where('content_hash', '=', hash)
  return (await same.executeTakeFirst()) !== undefined
}

/** Notes that a badge is there. */
export async function noteSent(tx: Tx, { hostId, badgeId, hash }: Sent): Promise<void> {
  const sent = { content_hash: hash, sent_at: new Date().toISOString() }
  await tx
    .insertInto('badge_host_badge')
    .values({ host_id: hostId, badge_id: badgeId, ...sent })
    .onConflict((oc) => oc.columns(['host_id', 'badge_id']).doUpdateSet(sent))
    .execute()
}

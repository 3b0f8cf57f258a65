import { type Selectable, sql } from 'kysely'
import type { Db, Tx } from '../../db/database.js'
import { ownLearners } from '../../db/own-learners.js'
import type { Schema } from '../../db/schema.js'
import type { EntryFacts } from './entry-facts.js'

export type EntryRow = Selectable<Schema['backpack_entry']>

/** The addresses that are proven to be somebody's. */
export async function addressesOf(db: Db, userId: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('proven_address')
    .select('email')
    .where('user_id', '=', userId)
    .execute()
  return rows.map(({ email }) => email)
}

export async function findEmail(db: Db, userId: string): Promise<string> {
  const users = db.selectFrom('app_user').select('email').where('id', '=', userId)
  return (await users.executeTakeFirst())?.email ?? ''
}

export async function countEntries(db: Db, userId: string): Promise<number> {
  const { count } = await db
    .selectFrom('backpack_entry')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('user_id', '=', userId)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** Of two who change the same entry the second waits, and sees what the first has left. */
export async function lockByIdentity(
  tx: Tx,
  userId: string,
  identity: string,
): Promise<EntryRow | undefined> {
  return await tx
    .selectFrom('backpack_entry')
    .selectAll()
    .where('user_id', '=', userId)
    .where('identity', '=', identity)
    .forUpdate()
    .executeTakeFirst()
}

export async function findEntry(db: Db, id: string): Promise<EntryRow | undefined> {
  const rows = db.selectFrom('backpack_entry').selectAll().where('id', '=', id)
  return await rows.executeTakeFirst()
}

export async function lockEntry(tx: Tx, id: string): Promise<EntryRow | undefined> {
  const rows = tx.selectFrom('backpack_entry').selectAll().where('id', '=', id).forUpdate()
  return await rows.executeTakeFirst()
}

/** How a badge came in, beside what it says. */
export type Arrival = {
  readonly content: Buffer
  readonly contentType: string
  readonly source: EntryRow['source']
  readonly sourceUrl: string | null
  readonly state: 'waiting' | 'kept'
  readonly statusReason: string | null
  readonly verdict: string
  readonly checkedAt: string
  readonly nextCheckAt: string | null
}

const broughtByHand: ReadonlySet<EntryRow['source']> = new Set(['file', 'text', 'url', 'archive'])

/** Undefined where the badge is there already: of two imports at once, one of them makes the entry. */
export async function insertEntry(
  tx: Tx,
  userId: string,
  { facts, arrival }: { readonly facts: EntryFacts; readonly arrival: Arrival },
): Promise<string | undefined> {
  const made = await tx
    .insertInto('backpack_entry')
    .values({
      user_id: userId,
      source: arrival.source,
      source_url: arrival.sourceUrl,
      state: arrival.state,
      created_at: arrival.checkedAt,
      // Who brings a badge sees it; what an application brings is news.
      seen_at: broughtByHand.has(arrival.source) ? arrival.checkedAt : null,
      ...valuesOf(facts, arrival),
    })
    .onConflict((on) => on.columns(['user_id', 'identity']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return made?.id
}

/** Puts a newer copy of the same badge in the place of the one that is there. */
export async function replaceEntry(
  tx: Tx,
  id: string,
  { facts, arrival }: { readonly facts: EntryFacts; readonly arrival: Arrival },
): Promise<void> {
  const values = { ...valuesOf(facts, arrival), misses: 0, updated_at: arrival.checkedAt }
  await tx.updateTable('backpack_entry').set(values).where('id', '=', id).execute()
}

function valuesOf(facts: EntryFacts, arrival: Arrival) {
  return {
    identity: facts.identity,
    content: arrival.content,
    content_type: arrival.contentType,
    kind: facts.kind,
    verdict: arrival.verdict,
    status_reason: arrival.statusReason,
    report: JSON.stringify(facts.report),
    text: facts.text,
    name: facts.name,
    description: facts.description,
    criteria: facts.criteria,
    issuer_name: facts.issuerName,
    issuer_url: facts.issuerUrl,
    tags: [...facts.tags],
    evidence: JSON.stringify(facts.evidence),
    narrative: facts.narrative,
    recipient: facts.recipient === null ? null : JSON.stringify(facts.recipient),
    awarded_at: facts.awardedAt,
    expires_at: facts.expiresAt,
    checked_at: arrival.checkedAt,
    next_check_at: arrival.nextCheckAt,
  }
}

export async function setPicture(tx: Tx, id: string, pictureId: string): Promise<void> {
  const values = { picture_id: pictureId }
  await tx.updateTable('backpack_entry').set(values).where('id', '=', id).execute()
}

/** What a badge that comes in again means: it is wanted, whatever was said before. */
export async function wantAgain(
  tx: Tx,
  id: string,
  { state, at }: { readonly state: 'waiting' | 'kept'; readonly at: string },
): Promise<void> {
  const values = { state, is_hidden: false, updated_at: at }
  await tx.updateTable('backpack_entry').set(values).where('id', '=', id).execute()
}

/** Whether an award is the person's own; then it is wanted, whatever was said before. */
export async function wantAward(tx: Tx, userId: string, awardId: string): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    update award set acceptance = 'accepted', is_hidden = false
    where id = ${awardId}::uuid and learner_id in ${ownLearners(userId)} returning id`.execute(tx)
  return rows.length > 0
}

export type Judgement = {
  readonly verdict: string
  readonly statusReason: string | null
  readonly report: object | null
  readonly misses: number
  readonly at: string
  readonly nextCheckAt: string | null
}

export async function storeJudgement(tx: Tx, id: string, judgement: Judgement): Promise<void> {
  const { verdict, statusReason, report, misses, at, nextCheckAt } = judgement
  await tx
    .updateTable('backpack_entry')
    .set({
      verdict,
      status_reason: statusReason,
      misses,
      checked_at: at,
      next_check_at: nextCheckAt,
      ...(report !== null && { report: JSON.stringify(report) }),
    })
    .where('id', '=', id)
    .execute()
}

/**
 * Takes entries that are due and moves their next check away, so that no other worker takes them; one
 * that is killed leaves them to be taken again then.
 */
export async function claimDue(
  db: Db,
  { at, until, most }: { readonly at: string; readonly until: string; readonly most: number },
): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    update backpack_entry set next_check_at = ${until}::timestamptz
    where id in (
      select id from backpack_entry where next_check_at <= ${at}::timestamptz
      order by next_check_at limit ${most} for update skip locked
    ) returning id`.execute(db)
  return rows.map(({ id }) => id)
}

/** The entries of a person in these states, locked in the order of their ids. */
export async function lockInState(
  tx: Tx,
  userId: string,
  state: 'waiting' | 'kept',
): Promise<readonly Pick<EntryRow, 'id' | 'text'>[]> {
  return await tx
    .selectFrom('backpack_entry')
    .select(['id', 'text'])
    .where('user_id', '=', userId)
    .where('state', '=', state)
    .orderBy('id')
    .forUpdate()
    .execute()
}

export async function setStates(
  tx: Tx,
  ids: readonly string[],
  state: 'waiting' | 'kept',
): Promise<void> {
  if (ids.length === 0) return
  const values = { state, ...(state === 'kept' && { seen_at: null }) }
  await tx
    .updateTable('backpack_entry')
    .set(values)
    .where('id', 'in', [...ids])
    .execute()
}

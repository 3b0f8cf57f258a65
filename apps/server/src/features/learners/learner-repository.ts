import { type EventTime, parseEventTime } from '@rosette/engine'
import type { LearnerData } from '@rosette/openedx-events'
import { sql } from 'kysely'
import { plainArray } from '../../db/arrays.js'
import type { Tx } from '../../db/database.js'

/** A learner; those who were entered by hand and are unknown to the LMS have no LMS user id. */
export type StoredLearner = Omit<LearnerData, 'lmsUserId'> & {
  readonly id: number
  readonly lmsUserId: number | null
  /** When a person last said who this is; events from before that do not. */
  readonly renamedAt?: EventTime
}

/** A learner as the database has one: `storedColumns`. */
export type StoredRow = {
  id: number
  lms_user_id: number | null
  username: string
  email: string
  name: string
  is_active: boolean
  renamed_at: string | null
}

export const storedColumns = sql`id, lms_user_id, username, email, name, is_active, renamed_at`

/** Learners known by these LMS user ids, without locking them. */
export async function findByLmsUserIds(
  tx: Tx,
  lmsUserIds: readonly number[],
): Promise<StoredLearner[]> {
  const { rows } = await sql<StoredRow>`
    select ${storedColumns} from learner
    where lms_user_id = any(${plainArray(lmsUserIds)}::bigint[])`.execute(tx)
  return rows.map(toStoredLearner)
}

/** Which of these were erased: nothing may be stored about them. Exact while the rules stand still. */
export async function erasedAmong(
  tx: Tx,
  lmsUserIds: readonly number[],
): Promise<ReadonlySet<number>> {
  const { rows } = await sql<{ id: number }>`
    select n.id from unnest(${plainArray(lmsUserIds)}::bigint[]) as n (id)
    cross join erasure_secret s
    join erased_learner e on ${isErasedAs('n.id')}`.execute(tx)
  return new Set(rows.map(({ id }) => id))
}

// Written out, and not as a call of `erasure_hash`, which would read the secret anew for each.
function isErasedAs(column: string) {
  return sql`e.hash = sha256(s.secret || convert_to(${sql.ref(column)}::text, 'UTF8'))`
}

/**
 * Creates those who are missing, but not those who were erased. Sorted by the unique key: two consumers that create the same
 * learners wait for each other in one order, so neither waits for ever.
 */
export async function insertMissing(tx: Tx, learners: readonly LearnerData[]): Promise<void> {
  const sorted = [...learners].sort((a, b) => a.lmsUserId - b.lmsUserId)
  await sql`
    insert into learner (lms_user_id, username, email, name, is_active)
    select n.* from unnest(
      ${plainArray(sorted.map((l) => l.lmsUserId))}::bigint[],
      ${sorted.map((l) => l.username)}::text[],
      ${sorted.map((l) => l.email)}::text[],
      ${sorted.map((l) => l.name)}::text[],
      ${sorted.map((l) => l.isActive)}::boolean[]
    ) as n (lms_user_id, username, email, name, is_active)
    where not exists (
      select from erased_learner e cross join erasure_secret s where ${isErasedAs('n.lms_user_id')})
    on conflict (lms_user_id) do nothing`.execute(tx)
}

/**
 * Locks the learners in id order until the end of the transaction. Whoever decides about a learner
 * holds this lock while reading marks, so of two consumers with half of the marks each, the second
 * sees both halves. NO KEY: rows that refer to the learner may still be inserted elsewhere.
 */
export async function lockLearners(tx: Tx, ids: readonly number[]): Promise<StoredLearner[]> {
  const { rows } = await sql<StoredRow>`
    select ${storedColumns} from learner
    where id = any(${plainArray(ids)}::bigint[])
    order by id for no key update`.execute(tx)
  return rows.map(toStoredLearner)
}

/** Overwrites what is known of learners; their rows must be locked. */
export async function updateLearners(tx: Tx, learners: readonly StoredLearner[]): Promise<void> {
  await sql`
    update learner set username = n.username, email = n.email, name = n.name,
      is_active = n.is_active, updated_at = now()
    from unnest(
      ${plainArray(learners.map((l) => l.id))}::bigint[],
      ${learners.map((l) => l.username)}::text[],
      ${learners.map((l) => l.email)}::text[],
      ${learners.map((l) => l.name)}::text[],
      ${learners.map((l) => l.isActive)}::boolean[]
    ) as n (id, username, email, name, is_active)
    where learner.id = n.id`.execute(tx)
}

export function toStoredLearner(row: StoredRow): StoredLearner {
  return {
    id: row.id,
    lmsUserId: row.lms_user_id,
    username: row.username,
    email: row.email,
    name: row.name,
    isActive: row.is_active,
    ...(row.renamed_at !== null && { renamedAt: parseEventTime(row.renamed_at) ?? 0 }),
  }
}

type Names = { readonly username: string; readonly email: string }

/** Of those who enter or rename learners by hand, one at a time; taken before any learner is locked. */
export async function waitForOthersByHand(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('learner by hand'))`.execute(tx)
}

/**
 * Learners with this user name or e-mail address. Waits for others who enter somebody by hand:
 * rows from the LMS may share names and addresses, so no unique key guards this.
 */
export async function findNamesakes(tx: Tx, { username, email }: Names, most = 1) {
  await waitForOthersByHand(tx)
  return await tx
    .selectFrom('learner')
    .select(['public_id', 'username', 'email'])
    .where(
      sql<boolean>`lower(username) = ${username.toLowerCase()} or lower(email) = ${email.toLowerCase()}`,
    )
    .where('erased_at', 'is', null)
    .limit(most)
    .execute()
}

export async function insertLearner(
  tx: Tx,
  { username, email, name }: Names & { readonly name?: string | undefined },
) {
  return await tx
    .insertInto('learner')
    .values({ username, email, name: name ?? '', lms_user_id: null })
    .returningAll()
    .executeTakeFirstOrThrow()
}

import { uuidV5 } from '@rosette/openedx-events'
import { sql } from 'kysely'
import { plainArray } from '../../db/arrays.js'
import type { Tx } from '../../db/database.js'

/**
 * Waits for every batch of events under way, and holds the next ones up until the transaction ends: each of
 * them share-locks this row before it asks who was erased.
 */
export async function holdAllEvents(tx: Tx): Promise<void> {
  await sql`select from rule_version for update`.execute(tx)
}

export type ToErase = {
  readonly id: number
  readonly public_id: string
  readonly lms_user_id: number | null
  readonly username: string
  readonly email: string
}

export async function lockToErase(tx: Tx, publicId: string): Promise<ToErase | undefined> {
  const learners = tx
    .selectFrom('learner')
    .select(['id', 'public_id', 'lms_user_id', 'username', 'email'])
    .where('public_id', '=', publicId)
    .where('erased_at', 'is', null)
  return await learners.forUpdate().executeTakeFirst()
}

/** Learners to retire; of a user name that several have had, those with that LMS user id if one is named. */
export async function findToRetire(
  tx: Tx,
  { lmsUserId, username }: { lmsUserId?: number | undefined; username?: string | undefined },
): Promise<readonly string[]> {
  let learners = tx.selectFrom('learner').select('public_id').where('erased_at', 'is', null)
  if (lmsUserId !== undefined) learners = learners.where('lms_user_id', '=', lmsUserId)
  else {
    const name = (username ?? '').toLowerCase()
    learners = learners.where(sql<boolean>`lower(username) = ${name}`)
  }
  return (await learners.orderBy('id').execute()).map((row) => row.public_id)
}

/** Remembers, without saying who it is, that nothing may be stored about this LMS user id any more. */
export async function keepTombstone(tx: Tx, lmsUserId: number): Promise<void> {
  await sql`insert into erased_learner (hash) values (erasure_hash(${lmsUserId}::bigint))
    on conflict do nothing`.execute(tx)
}

export async function awardsToErase(tx: Tx, learnerId: number) {
  return await tx
    .selectFrom('award')
    .select(['id', 'status', 'template_id', 'awarded_at', 'revoked_at'])
    .where('learner_id', '=', learnerId)
    .orderBy('id')
    .execute()
}

/** Deletes the events of the learner, their own awards among them, and answers how many there were. */
export async function deleteEvents(
  tx: Tx,
  { id, lms_user_id: lmsUserId }: ToErase,
): Promise<number> {
  // Who is unknown to the LMS has only the events of their own awards; their ids and times are known.
  const { rows } = await sql<{ count: number }>`
    with own as (
      select awarded_at as at, id as award, 'awarded' as what from award where learner_id = ${id}
      union all
      select revoked_at, id, 'revoked' from award where learner_id = ${id} and revoked_at is not null
    ), by_award as (
      delete from event_log e using own o
      where ${lmsUserId === null} and e.lms_user_id is null and e.occurred_at = o.at
        and e.data->'badge'->>'uuid' = o.award::text
      returning e.id
    ), by_learner as (
      delete from event_log where lms_user_id = ${lmsUserId}::bigint returning id
    )
    select (select count(*) from by_award) + (select count(*) from by_learner) as count`.execute(tx)
  return rows[0]?.count ?? 0
}

/** What awards leave behind elsewhere: the signals that told of them, and texts that were signed. */
export async function deleteTraces(tx: Tx, awardIds: readonly string[]): Promise<number> {
  const told = awardIds.flatMap((id) => [uuidV5(id, 'awarded'), uuidV5(id, 'revoked')])
  await sql`delete from outbox where event_id = any(${plainArray(told)}::uuid[])
    and state <> 'waiting'`.execute(tx)
  // What waits still has to say that the badge is gone; to whom it belonged it need not.
  await sql`
    update outbox set data = jsonb_set(data::jsonb, '{badge,user,pii}',
      '{"username": "", "email": "", "name": ""}')::json
    where event_id = any(${plainArray(told)}::uuid[])`.execute(tx)
  await sql`delete from replaced_credential where award_id = any(${plainArray(awardIds)}::uuid[])`.execute(
    tx,
  )
  const { numAffectedRows } =
    await sql`delete from credential where award_id = any(${plainArray(awardIds)}::uuid[])`.execute(
      tx,
    )
  return Number(numAffectedRows ?? 0n)
}

/** What others said about these badges, letters about them, and links that were mailed to the learner. */
export async function deleteLetters(
  tx: Tx,
  learner: ToErase,
  awardIds: readonly string[],
): Promise<void> {
  const ids = plainArray(awardIds)
  await sql`delete from badge_endorsement where award_id = any(${ids}::uuid[])`.execute(tx)
  await sql`delete from award_letter where award_id = any(${ids}::uuid[])`.execute(tx)
  await sql`
    delete from one_time_link where kind = 'sign-in' and lower(email) = lower(${learner.email})
      and used_at is null and created_by = 'letter'`.execute(tx)
  // Whoever signed in through the LMS keeps the account here, without what the LMS said of them.
  await sql`
    update user_identity set lms_username = null, lms_user_id = null
    where lms_user_id = ${learner.lms_user_id}::bigint
      or (lms_user_id is null and lower(lms_username) = lower(${learner.username}))`.execute(tx)
}

/** Takes everything personal out of awards that stay as revoked, and says how many providers still have one. */
export async function blankAwards(tx: Tx, awardIds: readonly string[]): Promise<number> {
  const ids = plainArray(awardIds)
  await sql`
    update award set cause = '{}', revocation_cause = '{}', evidence = '[]', results = '[]',
      narrative = null, shows_name = false, instance = '*',
      revocation_reason = case when revocation_reason is null then null else ${erasedReason} end
    where id = any(${ids}::uuid[])`.execute(tx)
  await sql`
    update issuance set last_error = null, note = 'The learner was erased.',
      -- Where nothing has to be taken back any more, the address need not be kept for it.
      sent_to = case when state = 'revoked' then null else sent_to end,
      external_url = case when state = 'revoked' then null else external_url end
    where award_id = any(${ids}::uuid[])`.execute(tx)
  await sql`
    update issuance_history set error = null, note = null where issuance_id in (
      select id from issuance where award_id = any(${ids}::uuid[]))`.execute(tx)
  await sql`
    delete from provider_event e using issuance i
    where i.award_id = any(${ids}::uuid[]) and i.external_id is not null
      and e.account_id = i.account_id and e.data::text like '%' || i.external_id || '%'`.execute(tx)
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from issuance
    where award_id = any(${ids}::uuid[]) and account_id is not null and state <> 'revoked'`.execute(
    tx,
  )
  return rows[0]?.count ?? 0
}

/** Stands in public where a badge was taken back because of this. */
export const erasedReason = 'The record of its holder was erased.'

/** Rows of files, changes that backfills have noted, and what the audit log says about this person. */
export async function blankRecords(
  tx: Tx,
  learner: ToErase,
  awardIds: readonly string[],
): Promise<void> {
  await sql`delete from mark where learner_id = ${learner.id}`.execute(tx)
  await sql`delete from backfill_change where learner_id = ${learner.id}
    or lms_user_id = ${learner.lms_user_id}::bigint`.execute(tx)
  await sql`
    update award_import_row set cells = '{}', faults = '[]', detail = null, learner_id = null,
      result = coalesce(result, 'failed')
    where learner_id = ${learner.id} or exists (select from unnest(cells) as cell
      where lower(btrim(cell)) in (lower(${learner.email}), lower(${learner.username}))
        and btrim(cell) <> '')`.execute(tx)
  const subjects = [`learner/${learner.public_id}`, ...awardIds.map((id) => `award/${id}`)]
  await sql`
    update audit_log set detail = '{}', before = null, after = null
    where subject = any(${subjects}::text[])`.execute(tx)
}

/** What is left of the learner: a row that awards can refer to. */
export async function blankLearner(tx: Tx, learner: ToErase, at: string): Promise<void> {
  await tx
    .updateTable('learner')
    .set({
      username: `erased-${learner.public_id.slice(0, 8)}`,
      email: '',
      name: '',
      lms_user_id: null,
      is_active: false,
      renamed_at: null,
      erased_at: at,
      updated_at: at,
    })
    .where('id', '=', learner.id)
    .execute()
}

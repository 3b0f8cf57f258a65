import { type Selectable, sql, type Updateable } from 'kysely'
import { plainArray } from '../../db/arrays.js'
import type { Db, Tx } from '../../db/database.js'
import { type Reach, within } from '../../db/reach.js'
import type { Schema } from '../../db/schema.js'
import { whenSeen } from '../provider-accounts/provider-accounts.js'

export type IssuanceRow = Selectable<Schema['issuance']>

/**
 * Queues each award at the target that its template names now, and answers with those that we sign
 * ourselves; what a provider issues is due at once.
 */
export async function insertIssuances(
  tx: Tx,
  awardIds: readonly string[],
  at: string,
): Promise<string[]> {
  const { rows } = await sql<{ award_id: string }>`
    with queued as (
      insert into issuance (award_id, target, account_id, external_template_id, next_try_at)
      select a.id, coalesce(p.account_id::text, 'native'), p.account_id, p.external_id,
        case when p.account_id is not null then ${at}::timestamptz end
      from unnest(${plainArray(awardIds)}::uuid[]) as n (id)
      join award a using (id)
      join badge_template t on t.id = a.template_id
      left join provider_template p on p.id = t.provider_template_id
      on conflict (award_id, target) do nothing
      returning award_id, target
    )
    select award_id from queued where target = 'native'`.execute(tx)
  return rows.map((row) => row.award_id)
}

/**
 * Ends these issuances. In id order, as every change of several: a try that is under way is waited for
 * where it holds the row, and else finds what is wanted when it ends.
 */
export async function endIssuances(tx: Tx, awardIds: readonly string[], at: string): Promise<void> {
  await sql`
    with concerned as (
      select id,
        -- Nothing can be there, so nothing has to be taken back.
        account_id is null
          or (external_id is null and not uncertain and state <> 'issuing')
          or state = 'revoked' as is_over
      from issuance
      where award_id = any(${plainArray(awardIds)}::uuid[])
      order by id for update
    )
    update issuance i set
      wanted = 'revoked',
      state = case when is_over then 'revoked' when i.state = 'issuing' then 'issuing' else 'revoking' end,
      next_try_at = case when is_over then null when i.state = 'issuing' then i.next_try_at
        else ${whenSeen(at)} end,
      revoked_at = case when is_over then ${at}::timestamptz end,
      revocation_effect = case when is_over and i.account_id is not null
        then coalesce(i.revocation_effect, 'none') end,
      note = case when is_over and i.account_id is not null and i.state <> 'revoked'
        then 'Revoked before it was sent.' else 'The award was revoked.' end,
      attempts = case when i.account_id is null then i.attempts else 0 end,
      last_error = null, reason = null, remedy = null, updated_at = ${at}::timestamptz
    from concerned c where i.id = c.id`.execute(tx)
}

/**
 * Puts issuances that failed, were stopped, or ended at the provider while their award stands back into
 * the queue, and answers with what they are: for all within reach when no ids are given.
 */
export async function requeue(
  tx: Tx,
  which: Retried,
  at: string,
): Promise<readonly { readonly id: string; readonly awardId: string; readonly target: string }[]> {
  const { rows } = await sql<{ id: string; awardId: string; target: string }>`
    with concerned as (
      select id from issuance where ${isToRetry(which)}
      order by id for update
    )
    update issuance i set
      state = case when wanted = 'issued' then 'queued' else 'revoking' end,
      next_try_at = case when account_id is not null then ${whenSeen(at)} end,
      attempts = 0, reason = null, remedy = null, note = 'Tried again by hand.',
      revoked_at = null, revocation_effect = null, updated_at = ${at}::timestamptz
    from concerned c where i.id = c.id
    returning i.id, i.award_id as "awardId", i.target`.execute(tx)
  return rows
}

/** Which issuances are to be tried again. */
export type Retried = {
  readonly ids?: readonly string[] | undefined
  readonly accountId?: string | undefined
  readonly templateId?: string | undefined
  readonly organizationId?: string | undefined
  readonly reach: Reach
}

/** How many issuances `requeue` would put back into the queue. */
export async function countToRetry(db: Db, which: Retried): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from issuance where ${isToRetry(which)}`.execute(db)
  return rows[0]?.count ?? 0
}

function isToRetry({ ids, accountId, templateId, organizationId, reach }: Retried) {
  // Without names only what failed: a badge that somebody ended there is issued anew one by one.
  const named = ids === undefined ? sql`true` : sql`id = any(${plainArray(ids)}::uuid[])`
  const ended = ids === undefined ? sql`false` : sql`state = 'revoked' and wanted = 'issued'`
  const template =
    templateId === undefined
      ? sql`true`
      : sql`award_id in (select id from award where template_id = ${templateId}::uuid)`
  const account = accountId === undefined ? sql`true` : sql`account_id = ${accountId}::uuid`
  const own = organizationId === undefined ? sql`true` : ofReach([organizationId])
  return sql`${ofReach(reach)} and ${own} and ${template} and ${named}
    and ${account} and (state in ('failed', 'stopped') or (${ended}))`
}

function ofReach(reach: Reach) {
  if (reach === 'everywhere') return sql`true`
  return sql`award_id in (
    select a.id from award a join badge_template t on t.id = a.template_id
    where ${within(reach, 't.organization_id')})`
}

/** Queues what was stopped because the learner had no name or no address, and has one now. */
export async function retryCompleted(db: Db, at: string): Promise<void> {
  await sql`
    with concerned as (
      select i.id from issuance i
      join award a on a.id = i.award_id
      join learner l on l.id = a.learner_id
      where i.state = 'stopped'
        and ((i.reason = 'no-email' and l.email ~ '\\S') or (i.reason = 'no-name' and l.name ~ '\\S'))
      order by i.id for update of i
    )
    update issuance i set state = 'queued', next_try_at = ${at}::timestamptz, attempts = 0,
      reason = null, remedy = null, note = 'The learner has what was missing.', updated_at = ${at}::timestamptz
    from concerned c where i.id = c.id`.execute(db)
}

export async function findIssuanceOf(
  db: Db,
  accountId: string,
  externalId: string,
): Promise<IssuanceRow | undefined> {
  return await db
    .selectFrom('issuance')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('external_id', '=', externalId)
    // Of two awards that shared a badge there, the later one holds it.
    .orderBy(sql`wanted = 'issued'`, 'desc')
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** What is decided about it waits here for what is being decided. */
export async function lockIssuanceById(tx: Tx, id: string): Promise<IssuanceRow> {
  const issuance = tx.selectFrom('issuance').selectAll().where('id', '=', id)
  return await issuance.forUpdate().executeTakeFirstOrThrow()
}

export async function updateIssuance(
  tx: Tx,
  id: string,
  values: Updateable<Schema['issuance']>,
): Promise<void> {
  await tx.updateTable('issuance').set(values).where('id', '=', id).execute()
}

/** How many badges of the account ended at the provider while their awards stand. */
export async function countEndedThere(tx: Tx, accountId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from issuance
    where account_id = ${accountId} and reason = 'ended-there' and state = 'revoked'`.execute(tx)
  return rows[0]?.count ?? 0
}

import type { Evidence } from '@rosette/providers'
import { sql } from 'kysely'
import type { Db } from '../../db/database.js'
import { graceMs } from '../provider-accounts/provider-accounts.js'

/** An issuance that this try holds until its lease ends, with everything an order says. */
export type Claim = {
  readonly id: string
  readonly claim: string
  readonly accountId: string
  readonly awardId: string
  readonly wanted: 'issued' | 'revoked'
  readonly attempts: number
  readonly externalId: string | null
  readonly externalTemplateId: string
  /** Whether an earlier try may have had an effect that nobody has seen. */
  readonly wasUncertain: boolean
  /** The address that an earlier order named. */
  readonly sentTo: string | null
  readonly awardedAt: string
  readonly expiresAt: string | null
  readonly revokedAt: string | null
  readonly revocationReason: string | null
  readonly evidence: readonly Evidence[]
  readonly narrative: string | null
  readonly learnerId: string
  readonly email: string
  readonly name: string
  readonly notifies: boolean
  readonly locale: string | null
}

/**
 * Takes the next issuance of the account that is due, and keeps others from it until the lease ends. It
 * is marked as uncertain in the same breath: whoever finds it after a crash looks before it calls.
 * Of two badges of one template for one learner the later waits for the earlier, so that a badge that
 * is earned again is not refused because of the one that is still to be taken back.
 */
export async function claimNext(
  db: Db,
  accountId: string,
  { claim, at, until }: { readonly claim: string; readonly at: string; readonly until: string },
): Promise<Claim | undefined> {
  const { rows } = await sql<Claim>`
    with due as (
      select i.id, i.uncertain, i.sent_to
      from issuance i
      join award a on a.id = i.award_id
      join provider_account p on p.id = i.account_id
      where i.account_id = ${accountId} and i.next_try_at <= ${at}::timestamptz
        and p.paused_at is null
        and not exists (
          -- What is asked of the other stands behind its select: sought by its state, all work of the
          -- account would be read for each claim, when there is suddenly more than the statistics know.
          select from award oa
          where oa.learner_id = a.learner_id and oa.number < a.number
            and (select o.external_template_id = i.external_template_id
                and o.state in ('queued', 'issuing', 'failed', 'revoking')
              from issuance o where o.award_id = oa.id and o.target = i.target))
      order by i.next_try_at
      limit 1
      for update of i skip locked
    )
    update issuance i set
      state = case when i.wanted = 'issued' then 'issuing' else 'revoking' end,
      claim = ${claim}, next_try_at = ${until}::timestamptz, attempts = i.attempts + 1,
      uncertain = i.uncertain or i.wanted = 'issued',
      sent_to = case when i.wanted = 'issued' and l.email <> '' and not i.uncertain
        then l.email else i.sent_to end,
      note = null, updated_at = ${at}::timestamptz
    from due
    cross join award a
    join learner l on l.id = a.learner_id
    join badge_template t on t.id = a.template_id
    where i.id = due.id and a.id = i.award_id
    returning i.id, i.claim, i.account_id as "accountId", i.award_id as "awardId", i.wanted, i.attempts,
      i.external_id as "externalId", i.external_template_id as "externalTemplateId",
      due.uncertain as "wasUncertain", due.sent_to as "sentTo",
      a.awarded_at as "awardedAt", a.expires_at as "expiresAt", a.revoked_at as "revokedAt",
      a.revocation_reason as "revocationReason", a.evidence, a.narrative,
      l.public_id as "learnerId", l.email, l.name, t.notifies, t.locale`.execute(db)
  return rows[0]
}

/** Accounts with work that is due, and paused ones whose probe is. */
export async function findDueAccounts(
  db: Db,
  at: string,
): Promise<readonly { readonly id: string; readonly isPaused: boolean }[]> {
  const { rows } = await sql<{ id: string; isPaused: boolean }>`
    select a.id, a.paused_at is not null as "isPaused" from provider_account a
    where case when a.paused_at is null
      then exists (select from issuance i where i.account_id = a.id and i.next_try_at <= ${at}::timestamptz)
      else a.next_probe_at <= ${at}::timestamptz end`.execute(db)
  return rows
}

/** Which of these badges at the provider stand for other awards of ours already. */
export async function findTaken(
  db: Db,
  claim: Pick<Claim, 'id' | 'accountId'>,
  externalIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (externalIds.length === 0) return new Set()
  const rows = await db
    .selectFrom('issuance')
    .select('external_id')
    .where('account_id', '=', claim.accountId)
    .where('external_id', 'in', [...externalIds])
    .where('wanted', '=', 'issued')
    .where('id', '<>', claim.id)
    .execute()
  return new Set(rows.flatMap((row) => row.external_id ?? []))
}

/** Keeps the address that an order is about to name; an earlier one need not be looked under any more. */
export async function keepAddress(
  db: Db,
  { id, claim, email }: Pick<Claim, 'id' | 'claim' | 'email'>,
): Promise<void> {
  await db
    .updateTable('issuance')
    .set({ sent_to: email })
    .where('id', '=', id)
    .where('claim', '=', claim)
    .execute()
}

export type Settled = {
  readonly state: 'queued' | 'issued' | 'revoking' | 'revoked' | 'failed' | 'stopped'
  readonly nextTryAt: string | null
  readonly uncertain: boolean
  /** False for what was no try of this issuance, such as a limit that was reached. */
  readonly counts: boolean
  readonly error?: string
  readonly reason?: string
  readonly remedy?: string
  readonly note?: string
  readonly externalId?: string
  readonly externalUrl?: string | null
  readonly externalState?: string
  readonly effect?: string
}

/**
 * Writes how a try ended, unless its lease was taken over meanwhile. When the award was revoked during
 * the try, what became of the issuing is kept and the revocation is due at once.
 */
export async function settleClaim(
  db: Db,
  { id, claim, wanted }: Pick<Claim, 'id' | 'claim' | 'wanted'>,
  { at, settled }: { readonly at: string; readonly settled: Settled },
): Promise<boolean> {
  const { state, nextTryAt, uncertain, counts, error, reason, remedy, note } = settled
  const { externalId, externalUrl, externalState, effect } = settled
  const seenAt = new Date(Date.parse(at) + (uncertain ? graceMs : 0)).toISOString()
  const isOvertaken = sql`(wanted = 'revoked' and ${wanted} = 'issued')`
  const isNothingThere = sql`(${externalId ?? null}::text is null and external_id is null and not ${uncertain})`
  const isOver = sql`(${isOvertaken} and ${isNothingThere})`
  const { numAffectedRows } = await sql`
    update issuance set
      state = case when ${isOver} then 'revoked' when ${isOvertaken} then 'revoking' else ${state} end,
      next_try_at = case when ${isOver} then null when ${isOvertaken} then ${seenAt}::timestamptz
        else ${nextTryAt}::timestamptz end,
      attempts = case when ${isOvertaken} then 0 else attempts - ${counts ? 0 : 1} end,
      uncertain = ${uncertain}, claim = null,
      last_error = case when not ${isOvertaken} then ${error ?? null} end,
      reason = case when not ${isOvertaken} then ${reason ?? null} end,
      remedy = case when not ${isOvertaken} then ${remedy ?? null} end,
      note = case when ${isOver} then 'Revoked before it was issued.' else ${note ?? null} end,
      external_id = coalesce(${externalId ?? null}, external_id),
      external_url = coalesce(${externalUrl ?? null}, external_url),
      external_state = coalesce(${externalState ?? null}, external_state),
      issued_at = case when ${state} = 'issued' then coalesce(issued_at, ${at}::timestamptz) else issued_at end,
      revoked_at = case when ${state} = 'revoked' or ${isOver} then ${at}::timestamptz else revoked_at end,
      revocation_effect = case when ${isOver} then 'none' else coalesce(${effect ?? null}, revocation_effect) end,
      checked_at = case when ${externalState ?? null}::text is null then checked_at else ${at}::timestamptz end,
      updated_at = ${at}::timestamptz
    where id = ${id} and claim = ${claim}`.execute(db)
  return (numAffectedRows ?? 0n) > 0n
}

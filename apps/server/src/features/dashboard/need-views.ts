import type { Need } from '@rosette/contract'
import { sql } from 'kysely'
import type { Db } from '../../db/database.js'

export const nothing = {
  count: 1,
  since: null,
  endsAt: null,
  detail: null,
  account: null,
  template: null,
  subject: null,
  subjectId: null,
} as const

type Account = {
  account_id: string
  account: string
  provider: NonNullable<Need['account']>['provider']
}

/** Badges that could not be issued or taken back, one need for each account. */
export async function failedIssuances(db: Db, organizationId: string): Promise<Need[]> {
  const { rows } = await sql<
    { [Name in keyof Account]: Account[Name] | null } & {
      count: string
      since: string | null
      reason: string | null
      state: string
    }
  >`
    with failed as (
      select i.id, i.state, i.account_id, i.last_error, i.updated_at
      from issuance i join award a on a.id = i.award_id join badge_template t on t.id = a.template_id
      where i.state in ('failed', 'stopped') and t.organization_id = ${organizationId}::uuid
    )
    select f.account_id, p.name as account, p.provider, count(*), max(f.state) as state,
      (array_agg(f.last_error order by f.updated_at desc))[1] as reason,
      (select min(h.at) from issuance_history h
        where h.issuance_id = (array_agg(f.id order by f.updated_at))[1]
          and h.state in ('failed', 'stopped')) as since
    from failed f left join provider_account p on p.id = f.account_id
    group by f.account_id, p.name, p.provider order by count(*) desc`.execute(db)
  return rows.map((row) => ({
    ...nothing,
    kind: 'issuances-failed',
    count: Number(row.count),
    since: row.since,
    detail: row.reason,
    account: accountOf(row),
    // Those that stopped wait for a person; without any, those that failed are looked at.
    subject: row.state,
  }))
}

export async function pausedAccounts(db: Db, organizationId: string): Promise<Need[]> {
  const { rows } = await sql<Account & { paused_at: string; pause_reason: string | null }>`
    select id as account_id, name as account, provider, paused_at, pause_reason
    from provider_account
    where organization_id = ${organizationId}::uuid and paused_at is not null
    order by paused_at`.execute(db)
  return rows.map((row) => ({
    ...nothing,
    kind: 'account-paused',
    since: row.paused_at,
    detail: row.pause_reason,
    account: accountOf(row),
  }))
}

/** Keys of providers that end before this time, or have ended. */
export async function endingKeys(db: Db, organizationId: string, until: string): Promise<Need[]> {
  const { rows } = await sql<Account & { key_expires_at: string }>`
    select id as account_id, name as account, provider, key_expires_at
    from provider_account
    where organization_id = ${organizationId}::uuid and key_expires_at <= ${until}::timestamptz
    order by key_expires_at`.execute(db)
  return rows.map((row) => ({
    ...nothing,
    kind: 'key-ends',
    endsAt: row.key_expires_at,
    account: accountOf(row),
  }))
}

/** Tokens of programs that will stop working; what ended more than two weeks ago is missed by nobody. */
export async function endingTokens(db: Db, organizationId: string, until: string): Promise<Need[]> {
  const { rows } = await sql<{ id: string; name: string; expires_at: string }>`
    select id, name, expires_at from api_token
    where organization_id = ${organizationId}::uuid and revoked_at is null
      and expires_at <= ${until}::timestamptz
      and expires_at > ${until}::timestamptz - interval '28 days'
    order by expires_at`.execute(db)
  return rows.map((row) => ({
    ...nothing,
    kind: 'token-ends',
    endsAt: row.expires_at,
    subject: row.name,
    subjectId: row.id,
  }))
}

/** Active badges, older than this, whose rules have been met by nobody since. */
export async function quietRules(db: Db, organizationId: string, since: string): Promise<Need[]> {
  const { rows } = await sql<{ id: string; name: string; last: string | null }>`
    select t.id, t.name, coalesce(v.matched_at, t.activated_at) as last
    from template_activity v join badge_template t on t.id = v.template_id
    where t.organization_id = ${organizationId}::uuid and t.state = 'active'
      and coalesce(v.matched_at, '-infinity') < ${since}::timestamptz
      and t.activated_at < ${since}::timestamptz
      and not exists (select from award a where a.template_id = t.id and a.awarded_at >= ${since}::timestamptz)
    order by t.name limit 50`.execute(db)
  return rows.map((row) => ({
    ...nothing,
    kind: 'rules-quiet',
    since: row.last,
    template: { id: row.id, name: row.name },
  }))
}

/** The last backfill of a badge, where it failed. */
export async function failedBackfills(db: Db, organizationId: string): Promise<Need[]> {
  const { rows } = await sql<{
    id: string
    template_id: string
    name: string
    finished_at: string | null
    error: string | null
  }>`
    select b.id, t.id as template_id, t.name, b.finished_at, b.error
    from badge_template t
    cross join lateral (
      select * from backfill where template_id = t.id and kind = 'run' order by number desc limit 1
    ) b
    where t.organization_id = ${organizationId}::uuid and b.state = 'failed'
    order by b.finished_at desc`.execute(db)
  return rows.map((row) => ({
    ...nothing,
    kind: 'backfill-failed',
    since: row.finished_at,
    detail: row.error,
    template: { id: row.template_id, name: row.name },
    subjectId: row.id,
  }))
}

/** Files of awards that were checked, and are neither carried out nor thrown away. */
export async function waitingImports(db: Db, organizationId: string): Promise<Need[]> {
  const { rows } = await sql<{ id: string; file_name: string; created_at: string }>`
    select id, file_name, created_at from award_import
    where organization_id = ${organizationId}::uuid and state = 'checked'
    order by number desc limit 20`.execute(db)
  return rows.map((row) => ({
    ...nothing,
    kind: 'import-waiting',
    since: row.created_at,
    subject: row.file_name,
    subjectId: row.id,
  }))
}

/** What cannot be used waits for a decision, one need for each reason. */
export async function parkedLetters(db: Db): Promise<Need[]> {
  const { rows } = await sql<{ reason: string; count: string; since: string }>`
    select reason, count(*), min(created_at) as since from dead_letter
    where state = 'parked' group by reason order by count(*) desc`.execute(db)
  return rows.map((row) => ({
    ...nothing,
    kind: 'dead-letters',
    count: Number(row.count),
    since: row.since,
    detail: row.reason,
  }))
}

export async function stoppedSignals(db: Db): Promise<Need[]> {
  const { rows } = await sql<{ count: string; since: string | null; reason: string | null }>`
    select count(*), min(created_at) as since, (array_agg(last_error order by id desc))[1] as reason
    from outbox where state = 'stopped'`.execute(db)
  return rows
    .filter(({ count }) => Number(count) > 0)
    .map((row) => ({
      ...nothing,
      kind: 'signals-stopped',
      count: Number(row.count),
      since: row.since,
      detail: row.reason,
    }))
}

function accountOf(row: { [Name in keyof Account]: Account[Name] | null }): Need['account'] {
  const { account_id: id, account: name, provider } = row
  return id === null || name === null || provider === null ? null : { id, name, provider }
}

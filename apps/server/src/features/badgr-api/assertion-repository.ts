import { sql } from 'kysely'
import { plainArray } from '../../db/arrays.js'
import type { Db, Tx } from '../../db/database.js'
import type { EvidenceJson } from '../../db/schema.js'
import { isReached, type Whose } from './issuer-repository.js'
import { type Page, type Paging, toPage, turned } from './paging.js'

export type AssertionRow = {
  readonly id: string
  readonly number: number
  readonly templateId: string
  readonly issuerId: string
  readonly organizationId: string
  readonly status: 'awarded' | 'revoked'
  readonly awardedAt: string
  readonly expiresAt: string | null
  readonly revocationReason: string | null
  readonly evidence: readonly EvidenceJson[]
  readonly narrative: string | null
  readonly acceptance: 'unaccepted' | 'accepted' | 'rejected'
  readonly createdAt: string
  readonly changedAt: string
  readonly learnerId: number
  readonly email: string
  readonly username: string
  readonly salt: string | null
}

export const assertionColumns = sql`
  a.id, a.number, a.template_id as "templateId", t.issuer_id as "issuerId",
  t.organization_id as "organizationId", a.status, a.awarded_at as "awardedAt", a.expires_at as "expiresAt",
  a.revocation_reason as "revocationReason", a.evidence, a.narrative, a.acceptance,
  a.created_at as "createdAt", a.changed_at as "changedAt", a.learner_id as "learnerId", l.email, l.username,
  c.salt`
export const assertionTables = sql`
  award a join badge_template t on t.id = a.template_id join learner l on l.id = a.learner_id
  left join credential c on c.award_id = a.id`

export type AssertionFilter = {
  readonly issuerId?: string | undefined
  readonly templateId?: string | undefined
  readonly recipients: readonly string[]
  readonly includesExpired: boolean
  readonly includesRevoked: boolean
  readonly at: string
}

/** Awards, the latest decision first. */
export async function listAssertionRows(
  db: Db,
  filter: AssertionFilter,
  paging: Paging,
): Promise<Page<AssertionRow>> {
  const casts = ['bigint', 'uuid'] as const
  const { where, order, limit } = turned(paging, ['a.number', 'a.id'], { newestFirst: true, casts })
  const { issuerId, templateId, at } = filter
  const recipients = filter.recipients.map((one) => one.toLowerCase())
  const { rows } = await sql<AssertionRow>`
    select ${assertionColumns} from ${assertionTables}
    where ${issuerId === undefined ? sql`true` : sql`t.issuer_id = ${issuerId}::uuid`}
      and ${templateId === undefined ? sql`true` : sql`a.template_id = ${templateId}::uuid`}
      and ${recipients.length === 0 ? sql`true` : sql`lower(l.email) = any(${recipients}::text[])`}
      and ${filter.includesRevoked ? sql`true` : sql`a.status = 'awarded'`}
      and ${filter.includesExpired ? sql`true` : sql`(a.expires_at is null or a.expires_at > ${at}::timestamptz)`}
      and ${where}
    order by ${order} ${limit}`.execute(db)
  return toPage(rows, paging, (row) => [String(row.number), row.id])
}

export async function listChangedAssertions(
  db: Db,
  whose: Whose,
  { paging, since }: { readonly paging: Paging; readonly since: string | undefined },
): Promise<Page<AssertionRow>> {
  const casts = ['timestamptz', 'uuid'] as const
  const { where, order, limit } = turned(paging, ['a.changed_at', 'a.id'], {
    newestFirst: false,
    casts,
  })
  const { rows } = await sql<AssertionRow>`
    select ${assertionColumns} from ${assertionTables}
    where ${isReached(whose, 't.organization_id', 't.issuer_id')}
      and ${since === undefined ? sql`true` : sql`a.changed_at > ${since}::timestamptz`} and ${where}
    order by ${order} ${limit}`.execute(db)
  return toPage(rows, paging, (row) => [row.changedAt, row.id])
}

export async function findAssertionRows(db: Db, ids: readonly string[]): Promise<AssertionRow[]> {
  const { rows } = await sql<AssertionRow>`
    select ${assertionColumns} from ${assertionTables}
    where a.id = any(${plainArray(ids)}::uuid[])`.execute(db)
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

export async function updateAssertion(
  tx: Tx,
  id: string,
  change: {
    readonly evidence?: readonly EvidenceJson[]
    readonly narrative?: string | null
    readonly expiresAt?: string | null
  },
): Promise<void> {
  await tx
    .updateTable('award')
    .set({
      ...(change.evidence !== undefined && { evidence: JSON.stringify(change.evidence) }),
      ...(change.narrative !== undefined && { narrative: change.narrative }),
      ...(change.expiresAt !== undefined && { expires_at: change.expiresAt }),
    })
    .where('id', '=', id)
    .execute()
}

/** An award that is issued by us and waits for its badge; whoever signs it holds this. */
export async function lockOwnIssuance(tx: Tx, awardId: string): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    select id from issuance where award_id = ${awardId}::uuid and target = 'native' for update`.execute(
    tx,
  )
  return rows.length > 0
}

/** The learners of these addresses; of several with one address the one whom the LMS knows. */
export async function findLearnersByEmail(
  db: Db,
  emails: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ id: number; email: string }>`
    select distinct on (lower(email)) id, lower(email) as email from learner
    where lower(email) = any(${[...emails]}::text[]) and email <> '' and erased_at is null
    order by lower(email), lms_user_id is null, id`.execute(db)
  return new Map(rows.map(({ id, email }) => [email, id]))
}

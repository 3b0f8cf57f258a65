import { sql } from 'kysely'
import { plainArray } from '../../db/arrays.js'
import type { Db } from '../../db/database.js'
import { ownLearners } from '../../db/own-learners.js'
import type { EvidenceJson } from '../../db/schema.js'
import { type AssertionRow, assertionColumns, assertionTables } from './assertion-repository.js'

/** A badge from elsewhere, in a backpack. */
export type EntryRow = {
  readonly id: string
  readonly state: 'waiting' | 'kept' | 'rejected'
  readonly verdict: string
  readonly statusReason: string | null
  readonly sourceUrl: string | null
  readonly content: Buffer
  readonly name: string
  readonly description: string
  readonly criteria: string
  readonly issuerName: string
  readonly issuerUrl: string | null
  readonly recipient: {
    readonly type?: string
    readonly identity?: string
    readonly hashed?: boolean
    readonly salt?: string
  } | null
  readonly tags: readonly string[]
  readonly evidence: readonly EvidenceJson[]
  readonly narrative: string | null
  readonly awardedAt: string | null
  readonly expiresAt: string | null
  readonly createdAt: string
}

type Asked = { readonly userId: string; readonly ids?: readonly string[] }

/** What somebody has earned here; what they have rejected is not theirs to see by this API. */
export async function listOwnAwards(db: Db, { userId, ids }: Asked): Promise<AssertionRow[]> {
  const { rows } = await sql<AssertionRow>`
    select ${assertionColumns} from ${assertionTables}
    where a.learner_id in ${ownLearners(userId)} and a.acceptance <> 'rejected'
      and ${ids === undefined ? sql`true` : sql`a.id = any(${plainArray(ids)}::uuid[])`}
    order by a.number desc`.execute(db)
  return rows
}

export async function listEntries(db: Db, { userId, ids }: Asked): Promise<EntryRow[]> {
  const { rows } = await sql<EntryRow>`
    select id, state, verdict, status_reason as "statusReason", source_url as "sourceUrl", content, name,
      description, criteria, issuer_name as "issuerName", issuer_url as "issuerUrl", recipient, tags,
      evidence, narrative, awarded_at as "awardedAt", expires_at as "expiresAt", created_at as "createdAt"
    from backpack_entry
    where user_id = ${userId}::uuid and state <> 'rejected'
      and ${ids === undefined ? sql`true` : sql`id = any(${plainArray(ids)}::uuid[])`}
    order by created_at desc, id`.execute(db)
  return rows
}

/** What a post on a social site says of a badge; not of one that its learner keeps private. */
export async function findShared(db: Db, id: string) {
  const { rows } = await sql<{ name: string; description: string; issuer: string }>`
    select t.name, t.description, i.name as issuer from award a
    join badge_template t on t.id = a.template_id join issuer i on i.id = t.issuer_id
    where a.id = ${id}::uuid and a.visibility <> 'private' and a.status = 'awarded'`.execute(db)
  return rows[0]
}

export async function findSharedCollection(db: Db, id: string) {
  const { rows } = await sql<{ name: string; description: string; hash: string }>`
    select name, description, share_hash as hash from collection
    where id = ${id}::uuid and published_at is not null and share_hash is not null`.execute(db)
  return rows[0]
}

/** What somebody has rejected, of either kind. */
export async function listRejected(db: Db, userId: string): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    select a.id from award a
    where a.learner_id in ${ownLearners(userId)} and a.acceptance = 'rejected'
    union all
    select e.id from backpack_entry e where e.user_id = ${userId}::uuid and e.state = 'rejected'
  `.execute(db)
  return new Set(rows.map(({ id }) => id))
}

import { sql } from 'kysely'
import type { ExpiryJson } from '../../db/badgr-schema.js'
import type { Db, Tx } from '../../db/database.js'
import type { AlignmentJson } from '../../db/schema.js'
import { isReached, type Whose } from './issuer-repository.js'
import { type Page, type Paging, toPage, turned } from './paging.js'

export type ClassRow = {
  readonly id: string
  readonly organizationId: string
  readonly issuerId: string
  readonly name: string
  readonly description: string
  readonly criteria: string
  readonly tags: readonly string[]
  readonly alignments: readonly AlignmentJson[]
  readonly expiresAfterDays: number | null
  readonly expires: ExpiryJson | null
  readonly slug: string | null
  readonly createdBy: string | null
  readonly createdAt: string
  readonly changedAt: string
}

const shown = sql`
  t.id, t.organization_id as "organizationId", t.issuer_id as "issuerId", t.name, t.description, t.criteria,
  t.tags, t.alignments, t.expires_after_days as "expiresAfterDays", c.expires, c.slug,
  c.created_by as "createdBy", t.created_at as "createdAt", t.updated_at as "changedAt"`
const from = sql`badge_template t left join badgr_class c on c.template_id = t.id`
const casts = ['timestamptz', 'uuid'] as const

export type Narrowing = { readonly issuerId?: string; readonly name?: string }

/** Badge classes that can be awarded, the newest first. */
export async function listClassRows(
  db: Db,
  whose: Whose,
  { paging, issuerId, name }: Narrowing & { readonly paging: Paging },
): Promise<Page<ClassRow>> {
  const { where, order, limit } = turned(paging, ['t.created_at', 't.id'], {
    newestFirst: true,
    casts,
  })
  const { rows } = await sql<ClassRow>`
    select ${shown} from ${from}
    where t.state = 'active' and ${isReached(whose, 't.organization_id', 't.issuer_id')}
      and ${issuerId === undefined ? sql`true` : sql`t.issuer_id = ${issuerId}::uuid`}
      and ${name === undefined ? sql`true` : sql`t.name = ${name}`} and ${where}
    order by ${order} ${limit}`.execute(db)
  return toPage(rows, paging, (row) => [row.createdAt, row.id])
}

/** Classes that have changed since; those that are not awarded any more too. */
export async function listChangedClasses(
  db: Db,
  whose: Whose,
  { paging, since }: { readonly paging: Paging; readonly since: string | undefined },
): Promise<Page<ClassRow>> {
  const { where, order, limit } = turned(paging, ['t.updated_at', 't.id'], {
    newestFirst: false,
    casts,
  })
  const { rows } = await sql<ClassRow>`
    select ${shown} from ${from}
    where t.state <> 'draft' and ${isReached(whose, 't.organization_id', 't.issuer_id')}
      and ${since === undefined ? sql`true` : sql`t.updated_at > ${since}::timestamptz`} and ${where}
    order by ${order} ${limit}`.execute(db)
  return toPage(rows, paging, (row) => [row.changedAt, row.id])
}

export async function findClassRow(db: Db, id: string): Promise<ClassRow | undefined> {
  const { rows } = await sql<ClassRow>`
    select ${shown} from ${from} where t.id = ${id}::uuid and t.state = 'active'`.execute(db)
  return rows[0]
}

/** By the name that the software chose for it. */
export async function findClassBySlug(
  db: Db,
  { issuerId, slug }: { readonly issuerId: string; readonly slug: string },
): Promise<ClassRow | undefined> {
  const { rows } = await sql<ClassRow>`
    select ${shown} from ${from}
    where c.issuer_id = ${issuerId}::uuid and c.slug = ${slug} and t.state = 'active'`.execute(db)
  return rows[0]
}

export async function insertClass(
  tx: Tx,
  row: {
    readonly templateId: string
    readonly issuerId: string
    readonly slug: string | null
    readonly expires: ExpiryJson | null
    readonly createdBy: string | null
  },
): Promise<void> {
  await tx
    .insertInto('badgr_class')
    .values({
      template_id: row.templateId,
      issuer_id: row.issuerId,
      slug: row.slug,
      expires: row.expires === null ? null : JSON.stringify(row.expires),
      created_by: row.createdBy,
    })
    .execute()
}

/** A slug goes to a new class when the one that had it is not awarded any more. */
export async function freeSlug(tx: Tx, issuerId: string, slug: string): Promise<void> {
  await sql`
    update badgr_class c set slug = null from badge_template t
    where t.id = c.template_id and c.issuer_id = ${issuerId}::uuid and c.slug = ${slug}
      and t.state <> 'active'`.execute(tx)
}

export async function keepExpiry(
  tx: Tx,
  { id, issuerId }: Pick<ClassRow, 'id' | 'issuerId'>,
  expires: ExpiryJson | null,
): Promise<void> {
  const text = expires === null ? null : JSON.stringify(expires)
  await tx
    .insertInto('badgr_class')
    .values({ template_id: id, issuer_id: issuerId, slug: null, expires: text, created_by: null })
    .onConflict((oc) => oc.column('template_id').doUpdateSet({ expires: text }))
    .execute()
}

/** Whether badges of the class are in force, and whether there ever were any. */
export async function standingOfClass(db: Db, id: string, at: string) {
  const { rows } = await sql<{ isLive: boolean; wasAwarded: boolean }>`
    select coalesce(bool_or(a.status = 'awarded'
        and (a.expires_at is null or a.expires_at > ${at}::timestamptz)), false) as "isLive",
      count(*) > 0 as "wasAwarded"
    from award a where a.template_id = ${id}::uuid`.execute(db)
  return rows[0] ?? { isLive: false, wasAwarded: false }
}

export async function countRecipients(db: Db, id: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(distinct learner_id) as count from award
    where template_id = ${id}::uuid and status = 'awarded'`.execute(db)
  return Number(rows[0]?.count ?? 0)
}

import { sql } from 'kysely'
import type { Db, Tx } from '../../db/database.js'
import { type Reach, within } from '../../db/reach.js'
import { type Page, type Paging, toPage, turned } from './paging.js'

export type IssuerRow = {
  readonly id: string
  readonly organizationId: string
  readonly name: string
  readonly url: string
  readonly email: string | null
  readonly description: string | null
  readonly createdAt: string
  readonly changedAt: string
}
export type StaffRow = {
  readonly organizationId: string
  readonly userId: string
  readonly name: string
  readonly email: string
  readonly role: 'owner' | 'editor' | 'staff'
}

const shown = sql`
  i.id, i.organization_id as "organizationId", i.name, i.url, i.email, i.description,
  i.created_at as "createdAt", i.changed_at as "changedAt"`

export type Whose = { readonly reach: Reach; readonly onlyIssuerId: string | null }

/** What of an issuer is within reach of a caller, as a condition on `organization` and `issuer` columns. */
export function isReached({ reach, onlyIssuerId }: Whose, organization: string, issuer: string) {
  const only = onlyIssuerId === null ? sql`true` : sql`${sql.ref(issuer)} = ${onlyIssuerId}::uuid`
  return sql`(${within(reach, organization)} and ${only})`
}

export async function listIssuerRows(db: Db, whose: Whose): Promise<readonly IssuerRow[]> {
  const { rows } = await sql<IssuerRow>`
    select ${shown} from issuer i where ${isReached(whose, 'i.organization_id', 'i.id')}
    order by i.created_at, i.id`.execute(db)
  return rows
}

export async function findIssuerRow(db: Db, id: string): Promise<IssuerRow | undefined> {
  const { rows } = await sql<IssuerRow>`
    select ${shown} from issuer i where i.id = ${id}::uuid`.execute(db)
  return rows[0]
}

/** Who works in these organizations; whoever may only look is not named. */
export async function listStaff(
  db: Db,
  organizationIds: readonly string[],
): Promise<readonly StaffRow[]> {
  const { rows } = await sql<StaffRow>`
    select m.organization_id as "organizationId", u.id as "userId", u.name, u.email, m.role
    from membership m join app_user u on u.id = m.user_id
    where m.organization_id = any(${[...organizationIds]}::text[]::uuid[]) and m.role <> 'viewer'
      and u.disabled_at is null
    order by m.created_at, u.id`.execute(db)
  return rows
}

/** Whether the two work for one organization. */
export async function isCoStaff(db: Db, userId: string, otherId: string): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select from membership m join membership o using (organization_id)
      where m.user_id = ${userId}::uuid and o.user_id = ${otherId}::uuid) as found`.execute(db)
  return rows[0]?.found ?? false
}

export async function hasIssued(db: Db, issuerId: string): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select from award a join badge_template t on t.id = a.template_id
      where t.issuer_id = ${issuerId}::uuid) as found`.execute(db)
  return rows[0]?.found ?? false
}

export async function deleteIssuer(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('issuer').where('id', '=', id).execute()
}

export async function setIssuerImage(tx: Tx, id: string, imageId: string): Promise<void> {
  await tx.updateTable('issuer').set({ image_id: imageId }).where('id', '=', id).execute()
}

/** Counts of v1. */
export async function countOfIssuer(db: Db, issuerId: string) {
  const { rows } = await sql<{ classes: number; recipients: number }>`
    select (select count(*) from badge_template where issuer_id = ${issuerId}::uuid and state = 'active')
        as classes,
      (select count(distinct a.learner_id) from award a join badge_template t on t.id = a.template_id
        where t.issuer_id = ${issuerId}::uuid and a.status = 'awarded') as recipients`.execute(db)
  return { classes: Number(rows[0]?.classes ?? 0), recipients: Number(rows[0]?.recipients ?? 0) }
}

type Words = Pick<IssuerRow, 'name' | 'url' | 'email' | 'description'>

export async function changeIssuer(tx: Tx, id: string, words: Words): Promise<void> {
  await tx.updateTable('issuer').set(words).where('id', '=', id).execute()
}

export async function listChangedIssuers(
  db: Db,
  whose: Whose,
  { paging, since }: { readonly paging: Paging; readonly since: string | undefined },
): Promise<Page<IssuerRow>> {
  const casts = ['timestamptz', 'uuid'] as const
  const { where, order, limit } = turned(paging, ['i.changed_at', 'i.id'], {
    newestFirst: false,
    casts,
  })
  const { rows } = await sql<IssuerRow>`
    select ${shown} from issuer i
    where ${isReached(whose, 'i.organization_id', 'i.id')}
      and ${since === undefined ? sql`true` : sql`i.changed_at > ${since}::timestamptz`} and ${where}
    order by ${order} ${limit}`.execute(db)
  return toPage(rows, paging, (row) => [row.changedAt, row.id])
}

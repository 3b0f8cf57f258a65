import type { Learner } from '@rosette/contract'
import { type Selectable, type SqlBool, sql } from 'kysely'
import type { Db } from '../../db/database.js'
import type { Schema } from '../../db/schema.js'
import { AppError } from '../../http/app-error.js'
import { readCursor, toPage } from '../../http/paging.js'
import { isFoundLearner } from './learner-search.js'

export type LearnerRow = Selectable<Schema['learner']>

export type LearnerFilter = {
  readonly search?: string | undefined
  readonly organizationId?: string | undefined
}
type Asked = LearnerFilter & {
  readonly limit: number
  readonly cursor?: string | undefined
}

/** In the order of their user names; those who were erased are nobody any more. */
export async function listLearners(db: Db, { limit, cursor, ...filter }: Asked) {
  const after = readCursor(cursor, ['text', 'number'])
  const found = chosen(db, filter, after).limit(limit + 1)
  const { rows, next } = toPage(await found.execute(), limit, (row) => [row.place, row.id])
  return { items: rows.map(toLearnerView), next }
}

const rowsAtOnce = 1000

/** The same without an end, read as it is taken. */
export async function* readLearners(db: Db, filter: LearnerFilter): AsyncGenerator<Learner> {
  let after: readonly string[] | undefined
  for (;;) {
    const rows = await chosen(db, filter, after).limit(rowsAtOnce).execute()
    yield* rows.map(toLearnerView)
    const last = rows.at(-1)
    if (last === undefined || rows.length < rowsAtOnce) return
    after = [last.place, String(last.id)]
  }
}

function chosen(db: Db, filter: LearnerFilter, after: readonly string[] | undefined) {
  const { search, organizationId } = filter
  const place = sql<string>`lower(username)`
  // Compared by bytes, as the index on user names is, so that a page reads no more than itself.
  let query = db
    .selectFrom('learner')
    .selectAll()
    .select(place.as('place'))
    .where('erased_at', 'is', null)
    .orderBy(sql`lower(username) using ~<~`)
    .orderBy('id')
  if (after !== undefined) {
    const [name, id] = after
    query = query.where(
      sql<SqlBool>`lower(username) ~>=~ ${name}
        and (lower(username) <> ${name} or id > ${id}::bigint)`,
    )
  }
  if (search !== undefined && search.trim() !== '') query = query.where(isFoundLearner(search))
  return organizationId === undefined ? query : query.where(concerns(organizationId))
}

function concerns(organizationId: string) {
  return sql<SqlBool>`(
    exists (select from award a join badge_template t on t.id = a.template_id
      where a.learner_id = learner.id and t.organization_id = ${organizationId}::uuid)
    or exists (select from mark m join requirement r on r.id = m.requirement_id
      join badge_template t on t.id = r.template_id
      where m.learner_id = learner.id and t.organization_id = ${organizationId}::uuid))`
}

/** The learner with this public id; refuses when there is none. */
export async function learnerOr404(db: Db, id: string): Promise<LearnerRow> {
  const row = await db
    .selectFrom('learner')
    .selectAll()
    .where('public_id', '=', id)
    .where('erased_at', 'is', null)
    .executeTakeFirst()
  if (row === undefined) throw new AppError('learner-not-found', `There is no learner ${id}.`)
  return row
}

export function toLearnerView(row: LearnerRow): Learner {
  return {
    id: row.public_id,
    lmsUserId: row.lms_user_id,
    username: row.username,
    email: row.email,
    name: row.name,
    isActive: row.is_active,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}

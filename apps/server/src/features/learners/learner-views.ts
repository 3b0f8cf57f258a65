import type { Learner } from '@rosette/contract'
import { type Selectable, type SqlBool, sql } from 'kysely'
import type { Db } from '../../db/database.js'
import type { Schema } from '../../db/schema.js'
import { AppError } from '../../http/app-error.js'
import { likeText, readCursor, toPage } from '../../http/paging.js'

export type LearnerRow = Selectable<Schema['learner']>

type Asked = {
  readonly search?: string | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

export async function listLearners(db: Db, { search, limit, cursor }: Asked) {
  const after = readCursor(cursor, ['text', 'number'])
  const place = sql<string>`lower(username)`
  // Compared by bytes, as the index on user names is, so that a page reads no more than itself.
  let query = db
    .selectFrom('learner')
    .selectAll()
    .select(place.as('place'))
    .orderBy(sql`lower(username) using ~<~`)
    .orderBy('id')
    .limit(limit + 1)
  if (after !== undefined) {
    const [name, id] = after
    query = query.where(
      sql<SqlBool>`lower(username) ~>=~ ${name}
        and (lower(username) <> ${name} or id > ${id}::bigint)`,
    )
  }
  if (search !== undefined && search !== '') query = query.where(found(search))
  const { rows, next } = toPage(await query.execute(), limit, (row) => [row.place, row.id])
  return { items: rows.map(toLearnerView), next }
}

/** The learner with this public id; refuses when there is none. */
export async function learnerOr404(db: Db, id: string): Promise<LearnerRow> {
  const row = await db
    .selectFrom('learner')
    .selectAll()
    .where('public_id', '=', id)
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

function found(search: string) {
  const text = likeText(search.toLowerCase())
  return sql<SqlBool>`(lower(username) like ${`${text}%`} or lower(email) like ${`${text}%`}
    or lower(name) like ${`%${text}%`})`
}

import type { User } from '@rosette/contract'
import { sql } from 'kysely'
import type { Db } from '../../db/database.js'
import { likeText, readCursor, toPage } from '../../http/paging.js'
import { userNotFound } from './resets.js'

type Asked = {
  readonly search?: string | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

/** The people who may sign in, by name. */
export async function listUsers(db: Db, { search, limit, cursor }: Asked) {
  const after = readCursor(cursor, ['text', 'uuid'])
  const place =
    after === undefined ? sql`true` : sql`(u.name, u.id) > (${after[0]}, ${after[1]}::uuid)`
  const pattern = `%${likeText(search ?? '')}%`
  const matches =
    search === undefined || search === ''
      ? sql`true`
      : sql`(u.name ilike ${pattern} or u.email ilike ${pattern})`
  const { rows: found } = await sql<User>`
    ${shown} where ${place} and ${matches} order by u.name, u.id limit ${limit + 1}
  `.execute(db)
  const { rows, next } = toPage(found, limit, (user) => [user.name, user.id])
  return { items: [...rows], next }
}

export async function userOr404(db: Db, id: string): Promise<User> {
  const { rows } = await sql<User>`${shown} where u.id = ${id}::uuid`.execute(db)
  const [user] = rows
  if (user === undefined) throw userNotFound(id)
  return user
}

const shown = sql`
  select u.id, u.name, u.email, u.is_administrator as "isAdministrator",
    u.password_hash is not null as "hasPassword",
    array(select distinct i.provider from user_identity i where i.user_id = u.id order by 1)
      as providers,
    coalesce((
      select jsonb_agg(jsonb_build_object('id', o.id, 'name', o.name, 'role', m.role)
        order by o.name, o.id)
      from membership m join organization o on o.id = m.organization_id
      where m.user_id = u.id), '[]') as organizations,
    u.created_at as "createdAt", u.last_seen_at as "lastSeenAt", u.disabled_at as "disabledAt"
  from app_user u`

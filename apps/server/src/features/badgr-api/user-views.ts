import { sql } from 'kysely'
import type { Db } from '../../db/database.js'

export type UserRow = {
  readonly id: string
  readonly number: number
  readonly name: string
  readonly email: string
  readonly isProven: boolean
  readonly hasPassword: boolean
}

export async function findUserRow(db: Db, id: string): Promise<UserRow | undefined> {
  const { rows } = await sql<UserRow>`
    select id, number, name, email, email_proven_at is not null as "isProven",
      password_hash is not null as "hasPassword"
    from app_user where id = ${id}::uuid and disabled_at is null`.execute(db)
  return rows[0]
}

/** Further addresses of somebody, in the order in which they were named. */
export async function listAddresses(db: Db, userId: string) {
  const { rows } = await sql<{ id: string; email: string; isProven: boolean }>`
    select id, email, proven_at is not null as "isProven" from user_address
    where user_id = ${userId}::uuid order by created_at, id`.execute(db)
  return rows
}

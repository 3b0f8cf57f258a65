import type { Member } from '@rosette/contract'
import { sql } from 'kysely'
import type { Db } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'

/** The people of an organization, by name. */
export async function listMembers(db: Db, organizationId: string): Promise<Member[]> {
  const { rows } = await sql<Member>`
    ${shown} where m.organization_id = ${organizationId}::uuid order by u.name, u.id
  `.execute(db)
  return rows
}

export async function memberOr404(db: Db, organizationId: string, userId: string): Promise<Member> {
  const { rows } = await sql<Member>`
    ${shown} where m.organization_id = ${organizationId}::uuid and m.user_id = ${userId}::uuid
  `.execute(db)
  const [member] = rows
  if (member === undefined) throw memberNotFound(userId)
  return member
}

export function memberNotFound(userId: string): AppError {
  return new AppError('member-not-found', `The account ${userId} is no member of it.`)
}

const shown = sql`
  select m.user_id as "userId", u.name, u.email, m.role, m.claimed_from as "claimedFrom",
    u.disabled_at is not null as "isDisabled", u.last_seen_at as "lastSeenAt",
    m.created_at as "createdAt"
  from membership m join app_user u on u.id = m.user_id`

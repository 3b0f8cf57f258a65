import {
  type Preferences,
  permissions,
  permissionsOf,
  type Role,
  type Session,
} from '@rosette/contract'
import { sql } from 'kysely'
import type { Db } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import { findUser, type UserRow } from './user-repository.js'

export type Installation = Session['installation']

type Belonging = {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly isDemo: boolean
  readonly role: Role | null
}

/** Who is signed in, where they belong, and what they may do there. */
export async function readSession(
  db: Db,
  { userId, installation }: { readonly userId: string; readonly installation: Installation },
): Promise<Session> {
  const user = await userOr401(db, userId)
  const organizations = await listBelongings(db, user)
  return {
    user: toSessionUser(user),
    organizations: organizations.map((one) => ({ ...one, permissions: [...heldIn(one, user)] })),
    permissions: user.is_administrator ? [...permissions] : [],
    installation,
  }
}

export function toSessionUser(user: UserRow): Session['user'] {
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    isAdministrator: user.is_administrator,
    hasPassword: user.password_hash !== null,
    preferences: toPreferences(user.preferences),
  }
}

/** The account of whoever is signed in; it may just have been removed. */
export async function userOr401(db: Db, id: string): Promise<UserRow> {
  const user = await findUser(db, id)
  if (user === undefined)
    throw new AppError('not-signed-in', 'This account is gone. Sign in again.')
  return user
}

function heldIn({ role }: Belonging, user: UserRow) {
  if (user.is_administrator) return permissions
  return role === null ? [] : permissionsOf[role]
}

async function listBelongings(db: Db, user: UserRow): Promise<readonly Belonging[]> {
  const { rows } = await sql<Belonging>`
    select o.id, o.slug, o.name, o.is_demo as "isDemo", m.role
    from organization o
    left join membership m on m.organization_id = o.id and m.user_id = ${user.id}
    where ${user.is_administrator} or m.user_id is not null
    order by o.name, o.id
  `.execute(db)
  return rows
}

// What an earlier or later version kept may be anything.
function toPreferences({
  language,
  colorScheme,
  organization,
}: Record<string, unknown>): Preferences {
  return {
    language: typeof language === 'string' ? language : null,
    colorScheme: colorScheme === 'light' || colorScheme === 'dark' ? colorScheme : null,
    organization: typeof organization === 'string' ? organization : null,
  }
}

import { createHash, randomBytes } from 'node:crypto'
import { type Permission, permissionsOf, type Role } from '@rosette/contract'
import type { Db } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import { insertToken } from './token-repository.js'

export type NewToken = {
  readonly name: string
  /** Null reaches everywhere. */
  readonly organizationId?: string | null | undefined
  readonly permissions?: readonly Permission[] | undefined
  /** Instead of permissions. */
  readonly role?: Role | undefined
  readonly expiresAt?: string | null | undefined
}

/** What is left out is everything: of the platform, or of what an owner of the organization may do. */
export function permissionsFor(token: NewToken): readonly Permission[] | null {
  const { organizationId = null, permissions, role } = token
  if (permissions !== undefined && role !== undefined) {
    throw refused('role', 'Give a role or permissions, not both.')
  }
  const named = permissions && [...new Set(permissions)]
  const given = named ?? (role === undefined ? undefined : permissionsOf[role])
  if (organizationId === null) return given ?? null
  const platform = given?.filter((one) => !permissionsOf.owner.includes(one)) ?? []
  if (platform.length > 0) {
    const reason = `${platform.join(' and ')} cannot be held within one organization.`
    throw refused('permissions', reason)
  }
  return given ?? permissionsOf.owner
}

export function assertFuture(expiresAt: string | null | undefined, now: Date): void {
  if (typeof expiresAt !== 'string' || Date.parse(expiresAt) > now.getTime()) return
  throw refused('expiresAt', 'Name a time that is still to come.')
}

/** A token that is to end does not make one that stays. */
export function assertNoLonger(expiresAt: string | null, until: string | undefined): void {
  if (until === undefined) return
  if (expiresAt !== null && Date.parse(expiresAt) <= Date.parse(until)) return
  throw refused('expiresAt', `Your own token ends at ${until}; name a time that is no later.`)
}

/** Makes a token; it is known in clear to the caller only. */
export async function storeToken(db: Db, token: NewToken, createdBy: string | null) {
  const text = `rosette_${randomBytes(24).toString('base64url')}`
  const permissions = permissionsFor(token)
  const id = await insertToken(db, {
    name: token.name,
    hash: hashOf(text),
    hint: hintOf(text),
    organization_id: token.organizationId ?? null,
    permissions: permissions === null ? null : `{${permissions.join(',')}}`,
    expires_at: token.expiresAt ?? null,
    created_by: createdBy,
  })
  return { id, token: text }
}

export function hintOf(token: string): string {
  return token.slice(0, 12)
}

// A token is 24 random bytes: nothing to guess, so a plain hash keeps it as well as a slow one.
export function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

function refused(path: string, reason: string): AppError {
  return new AppError('request-invalid', reason, { faults: [{ path, reason }] })
}

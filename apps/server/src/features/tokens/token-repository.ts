import type { ApiToken } from '@rosette/contract'
import { type Insertable, sql } from 'kysely'
import type { Db, Tx } from '../../db/database.js'
import { type Reach, within } from '../../db/reach.js'
import type { Schema } from '../../db/schema.js'
import { AppError } from '../../http/app-error.js'

export async function listTokens(
  db: Db,
  {
    reach,
    organizationId,
  }: { readonly reach: Reach; readonly organizationId?: string | undefined },
): Promise<ApiToken[]> {
  let query = shown(db).where(within(reach, 'organization_id'))
  if (organizationId !== undefined) query = query.where('organization_id', '=', organizationId)
  return await query.orderBy('created_at', 'desc').orderBy('id').execute()
}

async function findToken(db: Db, id: string): Promise<ApiToken | undefined> {
  return await shown(db).where('id', '=', id).executeTakeFirst()
}

export async function tokenOr404(db: Db, id: string): Promise<ApiToken> {
  const found = await findToken(db, id)
  if (found === undefined) throw new AppError('not-found', `There is no token ${id}.`)
  return found
}

export async function insertToken(db: Db, row: Insertable<Schema['api_token']>): Promise<string> {
  const { id } = await db
    .insertInto('api_token')
    .values(row)
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Whether it was still in force: of two who revoke it at once, one is told that it was not. */
export async function revokeToken(tx: Tx, id: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('api_token')
    .set({ revoked_at: sql<string>`now()` })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}

function shown(db: Db) {
  return db
    .selectFrom('api_token')
    .select(['id', 'name', 'hint', 'created_at as createdAt', 'created_by as createdBy'])
    .select(['organization_id as organizationId', 'expires_at as expiresAt'])
    .select(['last_used_at as lastUsedAt', 'revoked_at as revokedAt'])
    .select(sql<ApiToken['permissions']>`to_jsonb(permissions)`.as('permissions'))
}

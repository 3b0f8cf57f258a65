import type { ApiToken } from '@rosette/contract'
import { sql } from 'kysely'
import type { Db, Tx } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'

export async function listTokens(db: Db): Promise<ApiToken[]> {
  return await shown(db).orderBy('created_at', 'desc').orderBy('id').execute()
}

async function findToken(db: Db, id: string): Promise<ApiToken | undefined> {
  return await shown(db).where('id', '=', id).executeTakeFirst()
}

export async function tokenOr404(db: Db, id: string): Promise<ApiToken> {
  const found = await findToken(db, id)
  if (found === undefined) throw new AppError('not-found', `There is no token ${id}.`)
  return found
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
    .select(['id', 'name', 'created_at as createdAt'])
    .select(['last_used_at as lastUsedAt', 'revoked_at as revokedAt'])
}

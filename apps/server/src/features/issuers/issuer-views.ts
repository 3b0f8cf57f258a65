import type { Issuer } from '@rosette/contract'
import { type SqlBool, sql } from 'kysely'
import type { Db } from '../../db/database.js'
import { type Reach, within } from '../../db/reach.js'
import { AppError } from '../../http/app-error.js'
import { readCursor, toPage } from '../../http/paging.js'
import type { IssuerRow } from './issuer-repository.js'

type Asked = {
  readonly organizationId?: string | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

/** Issuers for screens, by name. */
export async function listIssuers(db: Db, { organizationId, limit, cursor }: Asked, reach: Reach) {
  const after = readCursor(cursor, ['text', 'uuid'])
  let query = db
    .selectFrom('issuer')
    .selectAll()
    .where(within(reach, 'organization_id'))
    .orderBy('name')
    .orderBy('id')
    .limit(limit + 1)
  if (organizationId !== undefined) query = query.where('organization_id', '=', organizationId)
  if (after !== undefined) {
    query = query.where(sql<SqlBool>`(name, id) > (${after[0]}, ${after[1]}::uuid)`)
  }
  const { rows, next } = toPage(await query.execute(), limit, (row) => [row.name, row.id])
  return { items: await withKeys(db, rows), next }
}

export async function getIssuer(db: Db, id: string): Promise<Issuer> {
  const row = await db.selectFrom('issuer').selectAll().where('id', '=', id).executeTakeFirst()
  const [issuer] = row === undefined ? [] : await withKeys(db, [row])
  if (issuer === undefined) throw issuerNotFound(id)
  return issuer
}

export function issuerNotFound(id: string): AppError {
  return new AppError('issuer-not-found', `There is no issuer ${id}.`)
}

async function withKeys(db: Db, rows: readonly IssuerRow[]): Promise<Issuer[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const keys = await db
    .selectFrom('issuer_key')
    .select(['issuer_id', 'kid', 'algorithm', 'created_at', 'retired_at'])
    .select(['revoked_at', 'revocation_reason'])
    .where('issuer_id', 'in', ids)
    .orderBy('created_at', 'desc')
    .orderBy('kid')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    organizationId: row.organization_id,
    name: row.name,
    url: row.url,
    email: row.email,
    description: row.description,
    identifier: row.identifier,
    keys: keys
      .filter((key) => key.issuer_id === row.id)
      .map((key) => ({
        kid: key.kid,
        algorithm: key.algorithm,
        createdAt: key.created_at,
        retiredAt: key.retired_at,
        revokedAt: key.revoked_at,
        revocationReason: key.revocation_reason,
      })),
    createdAt: row.created_at,
  }))
}

import type { ProviderTemplate } from '@rosette/contract'
import { type SqlBool, sql } from 'kysely'
import type { Db } from '../../db/database.js'
import { type Reach, within } from '../../db/reach.js'
import { AppError } from '../../http/app-error.js'
import { likeText, readCursor, toPage } from '../../http/paging.js'

type Asked = {
  readonly accountId?: string | undefined
  readonly organizationId?: string | undefined
  readonly state?: ProviderTemplate['state'] | undefined
  readonly search?: string | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

/** The templates of providers, for screens. */
export function createProviderTemplateViews({ db }: { readonly db: Db }) {
  async function list(asked: Asked, reach: Reach) {
    const found = await chosen(db, asked)
      .where(within(reach, 'a.organization_id'))
      .orderBy(sql`lower(p.name)`)
      .orderBy('p.id')
      .limit(asked.limit + 1)
      .execute()
    const { rows, next } = toPage(found, asked.limit, (row) => [row.sortName, row.id])
    return { items: await toViews(db, rows), next }
  }

  async function get(id: string): Promise<ProviderTemplate> {
    const rows = await joined(db).where('p.id', '=', id).execute()
    const [view] = await toViews(db, rows)
    if (view !== undefined) return view
    throw new AppError('provider-template-not-found', `There is no provider template ${id}.`)
  }

  return { list, get }
}

export type ProviderTemplateViews = ReturnType<typeof createProviderTemplateViews>

function joined(db: Db) {
  return db
    .selectFrom('provider_template as p')
    .innerJoin('provider_account as a', 'a.id', 'p.account_id')
    .select([
      'p.id',
      'p.account_id as accountId',
      'a.name as accountName',
      'a.provider',
      'p.external_id as externalId',
      'p.name',
      'p.description',
      'p.image_url as imageUrl',
      'p.url',
      'p.state',
      'p.allows_duplicates as allowsDuplicates',
      'p.skills',
      'p.changed_at as changedAt',
      'p.synced_at as syncedAt',
    ])
    .select(sql<string>`lower(p.name)`.as('sortName'))
}

function chosen(db: Db, { accountId, organizationId, state, search = '', cursor }: Asked) {
  const after = readCursor(cursor, ['text', 'uuid'])
  let query = joined(db)
  if (accountId !== undefined) query = query.where('p.account_id', '=', accountId)
  if (organizationId !== undefined) query = query.where('a.organization_id', '=', organizationId)
  if (state !== undefined) query = query.where('p.state', '=', state)
  if (search !== '') query = query.where('p.name', 'ilike', `%${likeText(search)}%`)
  if (after !== undefined) {
    query = query.where(sql<SqlBool>`(lower(p.name), p.id) > (${after[0]}, ${after[1]}::uuid)`)
  }
  return query
}

type Row = Awaited<ReturnType<ReturnType<typeof joined>['executeTakeFirstOrThrow']>>

async function toViews(db: Db, rows: readonly Row[]): Promise<ProviderTemplate[]> {
  if (rows.length === 0) return []
  const bound = await db
    .selectFrom('badge_template')
    .select(['id', 'name', 'state', 'provider_template_id as boundTo'])
    .where(
      'provider_template_id',
      'in',
      rows.map(({ id }) => id),
    )
    .orderBy('name')
    .orderBy('id')
    .execute()
  return rows.map(({ sortName: _, ...row }) => ({
    ...row,
    badgeTemplates: bound
      .filter(({ boundTo }) => boundTo === row.id)
      .map(({ id, name, state }) => ({ id, name, state })),
  }))
}

import { type SqlBool, sql } from 'kysely'
import type { Db } from '../../db/database.js'
import { type Reach, within } from '../../db/reach.js'
import { likeText, readCursor, toPage } from '../../http/paging.js'
import { selectTemplates, type TemplateRow } from './template-repository.js'

export type TemplateFilter = {
  readonly organizationId?: string | undefined
  readonly state?: TemplateRow['state'] | undefined
  readonly search?: string | undefined
  readonly tag?: string | undefined
  /** `native`, or the id of a provider account. */
  readonly target?: string | undefined
}
export type TemplatesAsked = TemplateFilter & {
  readonly sort?: keyof typeof sorts | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

const held = sql<number>`(select count(*) from award a
  where a.template_id = badge_template.id and a.status = 'awarded')`

/** What a list is in the order of; rows that are alike follow by their ids. */
const sorts = {
  name: { by: sql<string>`lower(name)`, kind: 'text', type: sql`text`, isFalling: false },
  changed: {
    by: sql<string>`updated_at`,
    kind: 'instant',
    type: sql`timestamptz`,
    isFalling: true,
  },
  created: {
    by: sql<string>`created_at`,
    kind: 'instant',
    type: sql`timestamptz`,
    isFalling: true,
  },
  awarded: { by: held, kind: 'number', type: sql`bigint`, isFalling: true },
} as const

/** One page of templates. */
export async function listTemplateRows(db: Db, asked: TemplatesAsked, reach: Reach) {
  const { by, kind, type, isFalling } = sorts[asked.sort ?? 'name']
  const direction = isFalling ? 'desc' : 'asc'
  const after = readCursor(asked.cursor, [kind, 'uuid'])
  let query = filteredTemplates(db, asked, reach)
    .select(sql<string | number>`${by}`.as('place'))
    .orderBy(by, direction)
    .orderBy('id', direction)
    .limit(asked.limit + 1)
  if (after !== undefined) {
    const [place, id] = after
    const compared = sql.raw(isFalling ? '<' : '>')
    query = query.where(sql<SqlBool>`(${by}, id) ${compared} (${place}::${type}, ${id}::uuid)`)
  }
  return toPage(await query.execute(), asked.limit, (row) => [row.place, row.id])
}

export function filteredTemplates(db: Db, filter: TemplateFilter, reach: Reach) {
  const { organizationId, state, search, tag, target } = filter
  let query = selectTemplates(db).where(within(reach, 'organization_id'))
  if (organizationId !== undefined) query = query.where('organization_id', '=', organizationId)
  if (state !== undefined) query = query.where('state', '=', state)
  if (tag !== undefined) query = query.where(sql<SqlBool>`tags @> array[${tag}]`)
  if (target === 'native') query = query.where('provider_template_id', 'is', null)
  else if (target !== undefined)
    query = query.where(sql<SqlBool>`provider_template_id in
    (select p.id from provider_template p where p.account_id = ${target}::uuid)`)
  if (search === undefined || search === '') return query
  const pattern = `%${likeText(search)}%`
  return query.where(
    sql<SqlBool>`(name ilike ${pattern} or exists (select from unnest(tags) t where t ilike ${pattern}))`,
  )
}

/** The tags in use, the most used first. */
export async function listTags(
  db: Db,
  { organizationId }: Pick<TemplateFilter, 'organizationId'>,
  reach: Reach,
): Promise<{ readonly tag: string; readonly templates: number }[]> {
  const own = organizationId === undefined ? sql`true` : sql`organization_id = ${organizationId}`
  const { rows } = await sql<{ tag: string; templates: number }>`
    select tag, count(*)::int as templates from badge_template, unnest(tags) tag
    where ${within(reach, 'organization_id')} and ${own}
    group by tag order by count(*) desc, tag limit 200`.execute(db)
  return rows
}

import type { BadgeTemplate, TemplateFile } from '@rosette/contract'
import { formatTemplate } from '@rosette/engine'
import { type SqlBool, sql } from 'kysely'
import type { Db } from '../../db/database.js'
import { type Reach, within } from '../../db/reach.js'
import { likeText, readCursor, toPage } from '../../http/paging.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { toAchievement } from './achievement-columns.js'
import { bindingsOf, toIssuing } from './binding-views.js'
import { templateNotFound } from './locked-template.js'
import {
  findTemplate,
  type StoredTemplate,
  selectTemplates,
  type TemplateRow,
  withRules,
} from './template-repository.js'

type Filter = {
  readonly organizationId?: string | undefined
  readonly state?: TemplateRow['state'] | undefined
  readonly search?: string | undefined
}
type Page = Filter & { readonly limit: number; readonly cursor?: string | undefined }

/** What screens ask about badge templates. */
export function createTemplateViews({ db, urls }: { readonly db: Db; readonly urls: PublicUrls }) {
  async function list(asked: Page, reach: Reach) {
    const after = readCursor(asked.cursor, ['text', 'uuid'])
    let query = filtered(db, asked, reach).limit(asked.limit + 1)
    if (after !== undefined) {
      query = query.where(sql<SqlBool>`(lower(name), id) > (${after[0]}, ${after[1]}::uuid)`)
    }
    const found = await query.execute()
    const { rows, next } = toPage(found, asked.limit, (row) => [row.sortName, row.id])
    return { items: await toViews(await withRules(db, rows)), next }
  }

  async function get(id: string): Promise<BadgeTemplate> {
    const [view] = await toViews([await stored(id)])
    if (view === undefined) throw templateNotFound(id)
    return view
  }

  async function many(ids: readonly string[]): Promise<BadgeTemplate[]> {
    return await Promise.all(ids.map(get))
  }

  async function exportOne(id: string): Promise<TemplateFile> {
    return toFile(await stored(id))
  }

  async function exportAll(filter: Filter, reach: Reach): Promise<TemplateFile[]> {
    const rows = await filtered(db, filter, reach).execute()
    return (await withRules(db, rows)).map(toFile)
  }

  async function stored(id: string): Promise<StoredTemplate> {
    const found = await findTemplate(db, id)
    if (found === undefined) throw templateNotFound(id)
    return found
  }

  async function toViews(templates: readonly StoredTemplate[]): Promise<BadgeTemplate[]> {
    const [images, awarded, bindings] = await Promise.all([
      imagesOf(db, templates),
      awardedOf(db, templates),
      bindingsOf(db, templates),
    ])
    return templates.map((template) => {
      const { id } = template.row
      const image = images.get(template.row.image_id ?? '')
      const url = `${urls.badge(id)}/image`
      const picture = image === undefined ? null : { ...image, url }
      const issuing = toIssuing(bindings.get(id))
      return toView(template, { image: picture, awarded: awarded.get(id) ?? 0, issuing })
    })
  }

  return { list, get, many, exportOne, exportAll }
}

export type TemplateViews = ReturnType<typeof createTemplateViews>

// What is not said is left out: such a file is the one that was always written.
function toFile({ row, rules }: StoredTemplate): TemplateFile {
  const { language, achievementType, fieldOfStudy, alignments, results } = toAchievement(row)
  return {
    ...formatTemplate(rules),
    ...(language !== null && { language }),
    ...(achievementType !== 'Badge' && { achievementType }),
    ...(fieldOfStudy !== null && { fieldOfStudy }),
    ...(alignments.length > 0 && { alignments }),
    ...(results.length > 0 && { results }),
  }
}

function filtered(db: Db, { organizationId, state, search }: Filter, reach: Reach) {
  let query = selectTemplates(db)
    .where(within(reach, 'organization_id'))
    .select(sql<string>`lower(name)`.as('sortName'))
    .orderBy(sql`lower(name)`)
    .orderBy('id')
  if (organizationId !== undefined) query = query.where('organization_id', '=', organizationId)
  if (state !== undefined) query = query.where('state', '=', state)
  if (search !== undefined && search !== '') {
    const pattern = `%${likeText(search)}%`
    query = query.where(
      sql<SqlBool>`(name ilike ${pattern} or exists (select from unnest(tags) t where t ilike ${pattern}))`,
    )
  }
  return query
}

async function imagesOf(db: Db, templates: readonly StoredTemplate[]) {
  const ids = templates.flatMap(({ row }) => row.image_id ?? [])
  if (ids.length === 0)
    return new Map<string, Pick<BadgeTemplate['image'] & object, 'id' | 'mediaType'>>()
  const rows = await db
    .selectFrom('image')
    .select(['id', 'media_type as mediaType'])
    .where('id', 'in', ids)
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

async function awardedOf(db: Db, templates: readonly StoredTemplate[]) {
  if (templates.length === 0) return new Map<string, number>()
  const ids = templates.map(({ row }) => row.id)
  const rows = await db
    .selectFrom('award')
    .select((eb) => ['template_id', eb.fn.countAll<number>().as('count')])
    .where('template_id', 'in', ids)
    .where('status', '=', 'awarded')
    .groupBy('template_id')
    .execute()
  return new Map(rows.map((row) => [row.template_id, Number(row.count)]))
}

function toView(
  { row, rules }: StoredTemplate,
  more: Pick<BadgeTemplate, 'image' | 'awarded' | 'issuing'>,
): BadgeTemplate {
  const { reaward, repeat, requirements, penalties } = formatTemplate(rules)
  return {
    id: row.id,
    organizationId: row.organization_id,
    issuerId: row.issuer_id,
    name: row.name,
    description: row.description,
    criteria: row.criteria,
    tags: row.tags,
    ...toAchievement(row),
    state: row.state,
    reaward,
    repeat,
    expiresAfterDays: row.expires_after_days,
    notifies: row.notifies,
    locale: row.locale,
    requirements,
    penalties,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    activatedAt: row.activated_at,
    ...more,
  }
}

import type { BadgeTemplate, TemplateFile } from '@rosette/contract'
import { formatTemplate } from '@rosette/engine'
import { sql } from 'kysely'
import type { Db } from '../../db/database.js'
import type { Reach } from '../../db/reach.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { toAchievement } from './achievement-columns.js'
import { bindingsOf, toIssuing } from './binding-views.js'
import {
  filteredTemplates,
  listTags,
  listTemplateRows,
  type TemplateFilter,
  type TemplatesAsked,
} from './list-templates-views.js'
import { templateNotFound } from './locked-template.js'
import { standingOf } from './standing-views.js'
import { findTemplate, type StoredTemplate, withRules } from './template-repository.js'

/** What screens ask about badge templates. */
export function createTemplateViews({ db, urls }: { readonly db: Db; readonly urls: PublicUrls }) {
  async function list(asked: TemplatesAsked, reach: Reach) {
    const { rows, next } = await listTemplateRows(db, asked, reach)
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

  async function exportAll(filter: TemplateFilter, reach: Reach): Promise<TemplateFile[]> {
    const rows = await filteredTemplates(db, filter, reach)
      .orderBy(sql`lower(name)`)
      .orderBy('id')
      .execute()
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

  async function standing(id: string) {
    await stored(id)
    return await standingOf(db, id)
  }

  async function tags(asked: Pick<TemplateFilter, 'organizationId'>, reach: Reach) {
    return { items: await listTags(db, asked, reach) }
  }

  return { list, get, many, exportOne, exportAll, standing, tags }
}

export type TemplateViews = ReturnType<typeof createTemplateViews>

// What is not said is left out: such a file is the one that was always written.
function toFile({ row, rules }: StoredTemplate): TemplateFile {
  const { language, achievementType, fieldOfStudy, alignments, results } = toAchievement(row)
  const { description, criteria, tags, expires_after_days: expiresAfterDays } = row
  return {
    ...formatTemplate(rules),
    ...(description !== '' && { description }),
    ...(criteria !== '' && { criteria }),
    ...(tags.length > 0 && { tags }),
    ...(expiresAfterDays !== null && { expiresAfterDays }),
    ...(language !== null && { language }),
    ...(achievementType !== 'Badge' && { achievementType }),
    ...(fieldOfStudy !== null && { fieldOfStudy }),
    ...(alignments.length > 0 && { alignments }),
    ...(results.length > 0 && { results }),
  }
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

import type { Pathway, PathwaySummary } from '@rosette/contract'
import { sql } from 'kysely'
import type { Db } from '../../db/database.js'
import { type Reach, within } from '../../db/reach.js'
import { readCursor, toPage } from '../../http/paging.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { type Link, levelsOf } from './map.js'
import type { PathwayRow } from './pathway-repository.js'
import { readRuleLinks } from './rule-links.js'

type Asked = {
  readonly organizationId?: string | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}
type ListedRow = PathwayRow & { badges: number; pictures: string[] }

export async function listPathways(db: Db, asked: Asked, reach: Reach) {
  const after = readCursor(asked.cursor, ['text', 'uuid'])
  const { rows: found } = await sql<ListedRow>`
    select p.*, count(b.template_id)::int as badges,
      coalesce((array_agg(b.template_id order by b.position)
        filter (where b.template_id is not null))[1:5], '{}') as pictures
    from pathway p left join pathway_badge b on b.pathway_id = p.id
    where ${within(reach, 'p.organization_id')}
      ${asked.organizationId === undefined ? sql`` : sql`and p.organization_id = ${asked.organizationId}`}
      ${after === undefined ? sql`` : sql`and (p.name, p.id) > (${after[0]}, ${after[1]}::uuid)`}
    group by p.id order by p.name, p.id limit ${asked.limit + 1}`.execute(db)
  const { rows, next } = toPage(found, asked.limit, (row) => [row.name, row.id])
  return { items: rows.map(toSummary), next }
}

function toSummary(row: ListedRow): PathwaySummary {
  return { ...factsOf(row), badges: row.badges, pictures: row.pictures }
}

function factsOf(row: PathwayRow) {
  return {
    id: row.id,
    organizationId: row.organization_id,
    name: row.name,
    description: row.description,
    isPublic: row.is_public,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}

/** The whole map of a pathway, with the links that rules draw. */
export async function readMap(db: Db, row: PathwayRow, urls: PublicUrls): Promise<Pathway> {
  const badges = await db
    .selectFrom('pathway_badge')
    .innerJoin('badge_template', 'badge_template.id', 'pathway_badge.template_id')
    .select(['template_id', 'is_milestone', 'badge_template.name', 'badge_template.state'])
    .where('pathway_id', '=', row.id)
    .orderBy('position')
    .execute()
  const ids = badges.map(({ template_id }) => template_id)
  const links = await readLinks(db, row.id, ids)
  const levels = levelsOf(ids, links)
  return {
    ...factsOf(row),
    publicUrl: urls.pathway(row.id),
    badges: badges
      .map(({ template_id: id, name, state, is_milestone: isMilestone }) => ({
        template: { id, name, state },
        level: levels.get(id) ?? 1,
        isMilestone,
      }))
      // Sorting keeps the order of people within a level.
      .sort((a, b) => a.level - b.level),
    links,
  }
}

/** A link that a rule draws as well counts as the rule's. */
async function readLinks(db: Db, id: string, ids: readonly string[]) {
  const drawn: readonly Link[] = await db
    .selectFrom('pathway_link')
    .select(['from_template_id as from', 'to_template_id as to'])
    .where('pathway_id', '=', id)
    .orderBy('from_template_id')
    .orderBy('to_template_id')
    .execute()
  const byRules = await readRuleLinks(db, ids)
  const known = new Set(byRules.map(({ from, to }) => `${from} ${to}`))
  const byHand = drawn.filter(({ from, to }) => !known.has(`${from} ${to}`))
  return [
    ...byRules.map((link) => ({ ...link, by: 'rules' as const })),
    ...byHand.map((link) => ({ ...link, by: 'hand' as const })),
  ]
}

import { sql } from 'kysely'
import type { Db } from '../../db/database.js'
import { ownLearners } from '../../db/own-learners.js'
import type { DataRuleJson } from '../../db/schema.js'

export async function ownLearnerIds(db: Db, userId: string): Promise<readonly number[]> {
  const { rows } = await sql<{ id: number }>`
    select id from learner where id in ${ownLearners(userId)} order by id`.execute(db)
  return rows.map(({ id }) => id)
}

type TemplateFacts = { readonly name: string; readonly description: string }

export async function templateFacts(
  db: Db,
  ids: readonly string[],
): Promise<ReadonlyMap<string, TemplateFacts>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('badge_template')
    .select(['id', 'name', 'description'])
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.map(({ id, ...facts }) => [id, facts]))
}

export type RuledRequirement = {
  readonly ref: string
  readonly templateId: string
  readonly dataRules: readonly DataRuleJson[]
}

export async function requirementsOf(
  db: Db,
  templateIds: readonly string[],
): Promise<readonly RuledRequirement[]> {
  if (templateIds.length === 0) return []
  return await db
    .selectFrom('requirement')
    .select(['ref', 'template_id as templateId', 'data_rules as dataRules'])
    .where('template_id', 'in', [...templateIds])
    .execute()
}

/** The templates that a person holds a badge of. */
export async function heldTemplates(db: Db, userId: string): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ template_id: string }>`
    select distinct template_id from award
    where status = 'awarded' and learner_id in ${ownLearners(userId)}`.execute(db)
  return new Set(rows.map((row) => row.template_id))
}

/** Published pathways with one of these badges on them, by name. */
export async function publicPathwaysWith(
  db: Db,
  templateIds: readonly string[],
): Promise<readonly string[]> {
  if (templateIds.length === 0) return []
  const rows = await db
    .selectFrom('pathway')
    .select('id')
    .where('is_public', '=', true)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('pathway_badge')
          .select('pathway_badge.template_id')
          .whereRef('pathway_badge.pathway_id', '=', 'pathway.id')
          .where('pathway_badge.template_id', 'in', [...templateIds]),
      ),
    )
    .orderBy('name')
    .orderBy('id')
    .limit(mostPathways)
    .execute()
  return rows.map(({ id }) => id)
}

const mostPathways = 50

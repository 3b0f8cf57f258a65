import type { BadgeTemplate, DataRule, Operator, Penalty, Requirement } from '@rosette/engine'
import { formatEventTime, parseEventTime } from '@rosette/engine'
import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import type { Db, Tx } from '../../db/database.js'
import type { DataRuleJson, Schema } from '../../db/schema.js'

/** Who issues the badges, as signals say it. */
export type Origin = 'openedx' | 'credly' | 'accredible' | 'badgr'

export type TemplateRow = Selectable<Schema['badge_template']> & { readonly origin: Origin }
type RequirementRow = Selectable<Schema['requirement']>
type PenaltyRow = Selectable<Schema['penalty']>

/** A stored template with its rules; `rules` names requirements by the ids that people gave them. */
export type StoredTemplate = { readonly row: TemplateRow; readonly rules: BadgeTemplate }

export async function findTemplates(
  db: Db,
  where: { readonly ids?: readonly string[]; readonly state?: TemplateRow['state'] },
): Promise<StoredTemplate[]> {
  let query = selectTemplates(db).orderBy('created_at').orderBy('id')
  if (where.ids !== undefined) query = query.where('id', 'in', [...where.ids, noId])
  if (where.state !== undefined) query = query.where('state', '=', where.state)
  return await withRules(db, await query.execute())
}

/** Templates, each with the origin that follows from where its badges are issued. */
export function selectTemplates(db: Db) {
  return db
    .selectFrom('badge_template')
    .selectAll()
    .select(
      sql<Origin>`coalesce((
        select a.provider from provider_template p join provider_account a on a.id = p.account_id
        where p.id = badge_template.provider_template_id), 'openedx')`.as('origin'),
    )
}

export async function findTemplate(db: Db, id: string): Promise<StoredTemplate | undefined> {
  return (await findTemplates(db, { ids: [id] }))[0]
}

/** Joins the given rows with their requirements and penalties, in two reads however many they are. */
export async function withRules(db: Db, rows: readonly TemplateRow[]): Promise<StoredTemplate[]> {
  if (rows.length === 0) return []
  const ids = rows.map((row) => row.id)
  // One after the other: inside a transaction there is one connection, and it takes one at a time.
  const requirements = await db
    .selectFrom('requirement')
    .selectAll()
    .where('template_id', 'in', ids)
    .orderBy('position')
    .execute()
  const penalties = await db
    .selectFrom('penalty')
    .selectAll()
    .where('template_id', 'in', ids)
    .orderBy('position')
    .execute()
  const requirementsOf = grouped(requirements)
  const penaltiesOf = grouped(penalties)
  return rows.map((row) => ({
    row,
    rules: toRules(row, requirementsOf.get(row.id) ?? [], penaltiesOf.get(row.id) ?? []),
  }))
}

/** The stored ids of requirements: marks are kept under these, short and never used again. */
export async function requirementIds(db: Db, templateIds: readonly string[]) {
  return await db
    .selectFrom('requirement')
    .select(['id', 'ref', 'template_id as templateId'])
    .where('template_id', 'in', [...templateIds, noId])
    .execute()
}

/** Puts new rules in the place of all old ones. Marks of the old requirements go with them. */
export async function replaceRules(
  tx: Tx,
  templateId: string,
  rules: BadgeTemplate,
): Promise<void> {
  const old = tx.selectFrom('requirement').select('id').where('template_id', '=', templateId)
  await tx.deleteFrom('mark').where('requirement_id', 'in', old).execute()
  await tx.deleteFrom('requirement').where('template_id', '=', templateId).execute()
  await tx.deleteFrom('penalty').where('template_id', '=', templateId).execute()
  const requirements = rules.requirements.map((r, i) => requirementRow(templateId, r, i))
  const penalties = rules.penalties.map((p, i) => penaltyRow(templateId, p, i))
  if (requirements.length > 0) await tx.insertInto('requirement').values(requirements).execute()
  if (penalties.length > 0) await tx.insertInto('penalty').values(penalties).execute()
}

export async function insertTemplate(
  tx: Tx,
  values: Insertable<Schema['badge_template']>,
): Promise<void> {
  await tx.insertInto('badge_template').values(values).execute()
}

export async function updateTemplate(
  tx: Tx,
  id: string,
  values: Updateable<Schema['badge_template']>,
): Promise<void> {
  await tx.updateTable('badge_template').set(values).where('id', '=', id).execute()
}

/** A change of one template waits here for another; awards that refer to it do not. */
export async function lockTemplate(tx: Tx, id: string): Promise<TemplateRow | undefined> {
  const template = selectTemplates(tx).where('badge_template.id', '=', id)
  return await template.forNoKeyUpdate().executeTakeFirst()
}

/** Adds the last requirement of these rules to the stored ones, whose marks stay. */
export async function insertLastRequirement(
  tx: Tx,
  id: string,
  rules: BadgeTemplate,
): Promise<void> {
  const rows = rules.requirements.map((r, i) => requirementRow(id, r, i)).slice(-1)
  const position = await nextPosition(tx, 'requirement', id)
  await tx
    .insertInto('requirement')
    .values(rows.map((row) => ({ ...row, position })))
    .execute()
}

export async function insertLastPenalty(tx: Tx, id: string, rules: BadgeTemplate): Promise<void> {
  const rows = rules.penalties.map((p, i) => penaltyRow(id, p, i)).slice(-1)
  const position = await nextPosition(tx, 'penalty', id)
  await tx
    .insertInto('penalty')
    .values(rows.map((row) => ({ ...row, position })))
    .execute()
}

export async function deletePart(
  tx: Tx,
  table: 'requirement' | 'penalty',
  { templateId, ref }: { readonly templateId: string; readonly ref: string },
): Promise<void> {
  if (table === 'requirement') {
    const own = tx
      .selectFrom('requirement')
      .select('id')
      .where('template_id', '=', templateId)
      .where('ref', '=', ref)
    await tx.deleteFrom('mark').where('requirement_id', 'in', own).execute()
  }
  await tx.deleteFrom(table).where('template_id', '=', templateId).where('ref', '=', ref).execute()
}

async function nextPosition(tx: Tx, table: 'requirement' | 'penalty', id: string): Promise<number> {
  const last = await tx
    .selectFrom(table)
    .select((eb) => eb.fn.max<number | null>('position').as('position'))
    .where('template_id', '=', id)
    .executeTakeFirst()
  return (last?.position ?? -1) + 1
}

/** Whether anybody ever held the badge. */
export async function wasAwarded(tx: Tx, id: string): Promise<boolean> {
  const award = tx.selectFrom('award').select('id').where('template_id', '=', id).limit(1)
  return (await award.executeTakeFirst()) !== undefined
}

export async function deleteTemplate(tx: Tx, id: string): Promise<void> {
  const requirements = tx.selectFrom('requirement').select('id').where('template_id', '=', id)
  await tx.deleteFrom('mark').where('requirement_id', 'in', requirements).execute()
  await tx.deleteFrom('badge_template').where('id', '=', id).execute()
}

/** Tells every consumer to read the rules again; waits until the batches under way are committed. */
export async function raiseRuleVersion(tx: Tx): Promise<void> {
  await tx
    .updateTable('rule_version')
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .execute()
}

const noId = '00000000-0000-0000-0000-000000000000'

function toRules(
  row: TemplateRow,
  requirements: readonly RequirementRow[],
  penalties: readonly PenaltyRow[],
): BadgeTemplate {
  return {
    id: row.id,
    name: row.name,
    reaward: row.reaward,
    repeat: row.repeat_by === null ? null : { by: row.repeat_by },
    requirements: requirements.map(toRequirement),
    penalties: penalties.map(toPenalty),
  }
}

function toRequirement(row: RequirementRow): Requirement {
  const from = row.window_from === null ? null : parseEventTime(row.window_from)
  const until = row.window_until === null ? null : parseEventTime(row.window_until)
  return {
    id: row.ref,
    group: row.group_letter,
    eventType: row.event_type,
    ...(row.description === null ? {} : { description: row.description }),
    dataRules: row.data_rules.map(toDataRule),
    ...(row.count_at_least === null
      ? {}
      : {
          count: {
            atLeast: row.count_at_least,
            ...(row.count_distinct_by === null ? {} : { distinctBy: row.count_distinct_by }),
          },
        }),
    ...(from === null && until === null
      ? {}
      : { window: { ...(from === null ? {} : { from }), ...(until === null ? {} : { until }) } }),
    ...(row.after.length === 0 ? {} : { after: row.after }),
  }
}

function toPenalty(row: PenaltyRow): Penalty {
  return {
    id: row.ref,
    eventType: row.event_type,
    ...(row.description === null ? {} : { description: row.description }),
    dataRules: row.data_rules.map(toDataRule),
    requirements: row.requirements,
  }
}

// What is stored was validated before it was stored; the operator is one of the engine's.
function toDataRule(rule: DataRuleJson): DataRule {
  return { keyPath: rule.keyPath, operator: parseOperator(rule.operator), value: rule.value }
}

function parseOperator(text: string): Operator {
  return text as Operator
}

export function requirementRow(templateId: string, r: Requirement, position: number) {
  return {
    template_id: templateId,
    ref: r.id,
    group_letter: r.group,
    event_type: r.eventType,
    description: r.description ?? null,
    data_rules: JSON.stringify(r.dataRules),
    count_at_least: r.count?.atLeast ?? null,
    count_distinct_by: r.count?.distinctBy ?? null,
    window_from: instant(r.window?.from),
    window_until: instant(r.window?.until),
    after: [...(r.after ?? [])],
    position,
  }
}

export function penaltyRow(templateId: string, p: Penalty, position: number) {
  return {
    template_id: templateId,
    ref: p.id,
    event_type: p.eventType,
    description: p.description ?? null,
    data_rules: JSON.stringify(p.dataRules),
    requirements: [...p.requirements],
    position,
  }
}

function instant(time: number | undefined): string | null {
  return time === undefined ? null : formatEventTime(time)
}

function grouped<T extends { template_id: string }>(rows: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) groups.set(row.template_id, [...(groups.get(row.template_id) ?? []), row])
  return groups
}

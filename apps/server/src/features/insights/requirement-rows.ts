import { sql } from 'kysely'
import { plainArray } from '../../db/arrays.js'
import type { Db } from '../../db/database.js'
import { type Asked, narrowed } from './narrowing.js'

export type RequirementRow = {
  readonly id: number
  readonly ref: string
  readonly group: string
  readonly eventType: string
  readonly description: string | null
  /** How many different ones it takes; null where one is enough. */
  readonly needed: number | null
  readonly after: readonly string[]
}
export type CountedTemplate = {
  readonly id: string
  readonly name: string
  /** Whether it can be earned once for each of something. */
  readonly repeats: boolean
  readonly requirements: readonly RequirementRow[]
}

const mostTemplates = 200

/** The badges that learners can be on the way to: active ones, or the one that is asked for. */
export async function readCountedTemplates(
  db: Db,
  asked: Asked & { readonly ids?: readonly string[] },
): Promise<CountedTemplate[]> {
  const isNamed = asked.templateId !== undefined || asked.ids !== undefined
  const state = isNamed ? sql`true` : sql`t.state = 'active'`
  const chosen =
    asked.ids === undefined ? sql`true` : sql`t.id = any(${plainArray(asked.ids)}::uuid[])`
  const { rows } = await sql<CountedTemplate>`
    select t.id, t.name, t.repeat_by is not null as repeats, r.requirements
    from badge_template t, lateral (
      select jsonb_agg(jsonb_build_object('id', r.id, 'ref', r.ref, 'group', r.group_letter,
        'eventType', r.event_type, 'description', r.description, 'needed', r.count_at_least,
        'after', r.after) order by r.position) as requirements
      from requirement r where r.template_id = t.id) r
    where ${narrowed(asked)} and ${state} and ${chosen} and r.requirements is not null
    order by lower(t.name), t.id limit ${mostTemplates}`.execute(db)
  return rows
}

/** How many requirements must come one after the other before this one; a circle ends where it is met. */
export function depthsOf(requirements: readonly RequirementRow[]): ReadonlyMap<string, number> {
  const byRef = new Map(requirements.map((each) => [each.ref, each]))
  const depths = new Map<string, number>()

  function depthOf(ref: string, way: readonly string[]): number {
    const known = depths.get(ref)
    if (known !== undefined || way.includes(ref)) return known ?? 0
    const before = byRef.get(ref)?.after ?? []
    const depth = Math.max(0, ...before.map((each) => 1 + depthOf(each, [...way, ref])))
    depths.set(ref, depth)
    return depth
  }

  for (const { ref } of requirements) depthOf(ref, [])
  return depths
}

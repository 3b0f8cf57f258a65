import type { BadgeFunnels, BadgeStops } from '@rosette/contract'
import { sql } from 'kysely'
import { plainArray } from '../../db/arrays.js'
import type { Db } from '../../db/database.js'
import type { CountedTemplate } from './requirement-rows.js'
import { bitOf, countWays, type MaskCount } from './way-views.js'

export type Counted = {
  readonly template: CountedTemplate
  readonly masks: readonly MaskCount[]
  readonly fulfilled: ReadonlyMap<number, number>
  readonly holders: number
}

/** Counts everybody on the way to the badges, once for all that is told of them. */
export async function countFunnels(
  db: Db,
  templates: readonly CountedTemplate[],
): Promise<readonly Counted[]> {
  const { masks, requirements } = await countWays(db, templates)
  const holders = await countHolders(
    db,
    templates.map(({ id }) => id),
  )
  const fulfilled = new Map(requirements.map(({ requirement, count }) => [requirement, count]))
  return templates.map((template, n) => ({
    template,
    masks: masks.filter((each) => each.template === n),
    fulfilled,
    holders: holders.get(template.id) ?? 0,
  }))
}

async function countHolders(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ template_id: string; holders: number }>`
    select template_id, count(distinct learner_id) as holders from award
    where template_id = any(${plainArray(ids)}::uuid[]) and status = 'awarded'
    group by template_id`.execute(db)
  return new Map(rows.map((row) => [row.template_id, row.holders]))
}

export function toFunnel(counted: Counted): BadgeFunnels['items'][number] {
  const { template, holders } = counted
  return { template: named(template), ...stepsOf(counted), holders }
}

export function toStops(counted: Counted): BadgeStops['items'][number] {
  const { template, masks, fulfilled } = counted
  const groups = groupsOf(template)
  const all = groups.reduce((sum, group) => sum | bitOf(group), 0)
  return {
    template: named(template),
    ...stepsOf(counted),
    groups: groups.map((group) => {
      const bit = bitOf(group)
      return {
        group,
        fulfilled: sum(masks, (mask) => (mask & bit) !== 0),
        missing: sum(masks, (mask) => (mask & bit) === 0),
        onlyMissing: sum(masks, (mask) => (mask & all) === (all & ~bit)),
        requirements: template.requirements
          .filter((each) => each.group === group)
          .map(({ id, ref, description, eventType }) => ({
            id: ref,
            description,
            eventType,
            fulfilled: fulfilled.get(id) ?? 0,
          })),
      }
    }),
  }
}

function stepsOf({ template, masks }: Counted) {
  const bits = groupsOf(template).map(bitOf)
  const shareOf = (mask: number) => bits.filter((bit) => (mask & bit) !== 0).length / bits.length
  return {
    started: sum(masks, () => true),
    halfWay: sum(masks, (mask) => shareOf(mask) >= 0.5),
    complete: sum(masks, (mask) => shareOf(mask) === 1),
  }
}

function groupsOf({ requirements }: CountedTemplate): readonly string[] {
  return [...new Set(requirements.map(({ group }) => group))].sort()
}

function sum(masks: readonly MaskCount[], fits: (mask: number) => boolean): number {
  return masks.reduce((total, { mask, count }) => total + (fits(mask) ? count : 0), 0)
}

function named({ id, name }: CountedTemplate) {
  return { id, name }
}

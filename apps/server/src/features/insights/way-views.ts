import { type RawBuilder, sql } from 'kysely'
import { plainArray } from '../../db/arrays.js'
import type { Db } from '../../db/database.js'
import { type CountedTemplate, depthsOf } from './requirement-rows.js'

/** How many learners have exactly these groups of a badge, written as bits: A is 1, B is 2, C is 4. */
export type MaskCount = { readonly template: number; readonly mask: number; readonly count: number }
export type RequirementCount = { readonly requirement: number; readonly count: number }

type Flat = {
  readonly id: number
  readonly template: number
  readonly bit: number
  readonly needed: number | null
  readonly repeats: boolean
  readonly depth: number
  readonly after: readonly number[]
}

/**
 * How far everybody with any mark has come, counted by the database in one pass over the marks and in
 * the way of the engine: penalties, counts, instances and orders included. Where a badge repeats, a
 * learner counts with the instance that is furthest.
 */
export async function countWays(db: Db, templates: readonly CountedTemplate[]) {
  const flat = templates.flatMap(flatten)
  if (flat.length === 0) return { masks: [], requirements: [] }
  const depth = Math.max(...flat.map((each) => each.depth))
  const { rows } = await sql<{
    kind: 'mask' | 'requirement'
    id: number
    mask: number
    count: number
  }>`
    with ${requirementTable(flat)}, ${ownFulfillments()}, ${inOrder(depth)},
    way as (
      select o.learner_id, r.template, o.instance,
        bit_or(case when f.learner_id is null then 0 else r.bit end) as mask
      from own o join req r on r.id = o.requirement_id
      left join done f using (learner_id, requirement_id, instance)
      group by o.learner_id, r.template, o.instance),
    best as (
      select learner_id, template, mask from way where instance = '*'
      union all
      (select distinct on (learner_id, template) learner_id, template, mask from way
      where instance <> '*' order by learner_id, template, bit_count(mask::bit(32)) desc))
    select 'mask' as kind, template::bigint as id, mask, count(*) from best group by template, mask
    union all
    select 'requirement', requirement_id, 0, count(distinct learner_id) from done
    group by requirement_id`.execute(db)
  const of = (kind: 'mask' | 'requirement') => rows.filter((row) => row.kind === kind)
  return {
    masks: of('mask').map(({ id, mask, count }): MaskCount => ({ template: id, mask, count })),
    requirements: of('requirement').map(
      ({ id, count }): RequirementCount => ({ requirement: id, count }),
    ),
  }
}

export function bitOf(group: string): number {
  return 1 << (group.charCodeAt(0) - 'A'.charCodeAt(0))
}

function flatten({ requirements, repeats }: CountedTemplate, template: number): Flat[] {
  const depths = depthsOf(requirements)
  const idOf = new Map(requirements.map(({ ref, id }) => [ref, id]))
  return requirements.map(({ id, ref, group, needed, after }) => ({
    id,
    template,
    bit: bitOf(group),
    needed,
    repeats,
    depth: depths.get(ref) ?? 0,
    after: after.flatMap((each) => idOf.get(each) ?? []),
  }))
}

function requirementTable(flat: readonly Flat[]) {
  const before = flat.flatMap(({ id, after }) =>
    after.map((each) => ({ id, each, total: after.length })),
  )
  return sql`req as materialized (select * from unnest(
      ${plainArray(flat.map((r) => r.id))}::bigint[], ${plainArray(flat.map((r) => r.template))}::int[],
      ${plainArray(flat.map((r) => r.bit))}::int[], ${plainArray(flat.map((r) => r.needed))}::int[],
      ${plainArray(flat.map((r) => String(r.repeats)))}::boolean[],
      ${plainArray(flat.map((r) => r.depth))}::int[]
    ) as r (id, template, bit, needed, repeats, depth)),
    pre as materialized (select * from unnest(
      ${plainArray(before.map((b) => b.id))}::bigint[], ${plainArray(before.map((b) => b.each))}::bigint[],
      ${plainArray(before.map((b) => b.total))}::int[]
    ) as p (id, before, total))`
}

/** Since when a mark holds: a penalty at the same time wins. */
const since = (reset: RawBuilder<unknown>) => sql`case
  when m.first_at is null or m.last_at is null then null
  when ${reset} is null or m.first_at > ${reset} then m.first_at
  when m.last_at > ${reset} then m.last_at end`

/**
 * What the marks of each requirement come to by themselves; `since` is null where too little counts.
 * Most need their own mark only. Those that are counted or repeat are touched by penalties on all keys
 * and all instances as well, which stand in other rows of the same learner.
 */
function ownFulfillments() {
  return sql`
    simple as (
      select m.learner_id, m.requirement_id, m.instance, ${since(sql`m.reset_at`)} as since
      from mark m join req r on r.id = m.requirement_id
      where r.needed is null and not r.repeats and m.instance = '*' and m.key = '*'),
    widest as (
      select m.learner_id, m.requirement_id, m.instance, m.key, m.first_at, m.last_at, r.needed, r.repeats,
        greatest(m.reset_at,
          max(m.reset_at) filter (where m.instance = '*' and m.key = '*') over everything,
          max(m.reset_at) filter (where m.key = '*') over all_keys,
          max(m.reset_at) filter (where m.instance = '*') over all_instances) as reset_at
      from mark m join req r on r.id = m.requirement_id
      where r.needed is not null or r.repeats
      window everything as (partition by m.learner_id, m.requirement_id),
        all_keys as (partition by m.learner_id, m.requirement_id, m.instance),
        all_instances as (partition by m.learner_id, m.requirement_id, m.key)),
    wide as (
      select m.learner_id, m.requirement_id, m.instance, m.needed, ${since(sql`m.reset_at`)} as since
      from widest m
      where (m.needed is null) = (m.key = '*') and m.repeats = (m.instance <> '*')),
    own as (
      select * from simple where since is not null
      union all
      select learner_id, requirement_id, instance,
        (array_agg(since order by since))[coalesce(max(needed), 1)]
      from wide where since is not null group by learner_id, requirement_id, instance)`
}

/** Those that must come after others hold only where all of these hold, and not later. */
function inOrder(depth: number) {
  const first = sql`done_0 as (select o.* from own o join req r on r.id = o.requirement_id
    where r.depth = 0 and o.since is not null)`
  const further = Array.from({ length: depth }, (_, n) => {
    const known = sql.ref(`done_${n}`)
    return sql`${sql.ref(`done_${n + 1}`)} as (
      select * from ${known}
      union all
      select o.learner_id, o.requirement_id, o.instance, o.since
      from own o join req r on r.id = o.requirement_id and r.depth = ${n + 1}::int
      join pre p on p.id = o.requirement_id
      join ${known} f on f.learner_id = o.learner_id and f.requirement_id = p.before
        and f.instance = o.instance and f.since <= o.since
      where o.since is not null
      group by o.learner_id, o.requirement_id, o.instance, o.since having count(*) = max(p.total))`
  })
  const last = sql`done as (select * from ${sql.ref(`done_${depth}`)})`
  return sql.join([first, ...further, last])
}

import { type RawBuilder, sql } from 'kysely'
import { plainArray } from '../../db/arrays.js'
import { type Db, joinTransaction } from '../../db/database.js'
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

/** Whose marks are read in one statement: learners from one id to before another. */
type Slice = { readonly from: number; readonly until: number }

/** So many learners that a statement takes a fraction of a second, and its sums fit into memory. */
const sliceSize = 50_000

/**
 * How far everybody with any mark has come, counted by the database and in the way of the engine:
 * penalties, counts, instances and orders included. Where a badge repeats, a learner counts with the
 * instance that is furthest. Learners are taken in slices, in the order in which their marks are
 * stored: a million of them make twenty short statements and not one that takes all memory.
 */
export async function countWays(db: Db, templates: readonly CountedTemplate[]) {
  const flat = templates.flatMap(flatten)
  const involved = new Set(flat.filter(isInvolved).map(({ template }) => template))
  const simple = flat.filter(({ template }) => !involved.has(template))
  const others = flat.filter(({ template }) => involved.has(template))
  const sums = new Map<string, CountRow>()
  for (const slice of await slicesOf(db)) {
    const rows = await countSimple(db, simple, slice)
    for (const row of [...rows, ...(await countInvolved(db, others, slice))]) {
      const key = `${row.kind} ${row.id} ${row.mask}`
      sums.set(key, { ...row, count: row.count + (sums.get(key)?.count ?? 0) })
    }
  }
  const of = (kind: 'mask' | 'requirement') => [...sums.values()].filter((row) => row.kind === kind)
  return {
    masks: of('mask').map(({ id, mask, count }): MaskCount => ({ template: id, mask, count })),
    requirements: of('requirement').map(
      ({ id, count }): RequirementCount => ({ requirement: id, count }),
    ),
  }
}

async function slicesOf(db: Db): Promise<readonly Slice[]> {
  const { rows } = await sql<{ first: number | null; last: number | null }>`
    select (select learner_id from mark order by learner_id limit 1) as first,
      (select learner_id from mark order by learner_id desc limit 1) as last`.execute(db)
  const [{ first, last } = { first: null, last: null }] = rows
  if (first === null || last === null) return []
  return Array.from({ length: Math.floor((last - first) / sliceSize) + 1 }, (_, n) => {
    const from = first + n * sliceSize
    return { from, until: from + sliceSize }
  })
}

type CountRow = { kind: 'mask' | 'requirement'; id: number; mask: number; count: number }

/** Whether more than the requirement's own mark decides about it. */
function isInvolved({ needed, repeats, after }: Flat): boolean {
  return needed !== null || repeats || after.length > 0
}

/** Each mark speaks for itself: one pass, which is what most badges of large installations take. */
async function countSimple(db: Db, flat: readonly Flat[], slice: Slice): Promise<CountRow[]> {
  if (flat.length === 0) return []
  const { rows } = await sql<CountRow>`
    with ${requirementTable(flat)},
    held as materialized (select m.learner_id, m.requirement_id from mark m
      where ${within(slice)} and m.requirement_id in (select id from req) and ${speaksForItself}),
    way as (
      select m.learner_id, r.template, bit_or(r.bit) as mask
      from held m join req r on r.id = m.requirement_id group by m.learner_id, r.template)
    select 'mask' as kind, template::bigint as id, mask, count(*) from way group by template, mask
    union all
    select 'requirement', requirement_id, 0, count(*) from held group by requirement_id`.execute(db)
  return rows
}

const within = ({ from, until }: Slice) =>
  sql`m.learner_id >= ${from}::bigint and m.learner_id < ${until}::bigint`

const speaksForItself = sql`m.instance = '*' and m.key = '*' and m.first_at is not null
  and (m.reset_at is null or m.first_at > m.reset_at or m.last_at > m.reset_at)`

async function countInvolved(db: Db, flat: readonly Flat[], slice: Slice): Promise<CountRow[]> {
  if (flat.length === 0) return []
  return await joinTransaction(db, async (tx) => {
    // The planner takes what comes before for a handful of rows, and would compare each with each.
    await sql`select set_config('enable_nestloop', 'off', true)`.execute(tx)
    return await readInvolved(tx, flat, slice)
  })
}

async function readInvolved(db: Db, flat: readonly Flat[], slice: Slice): Promise<CountRow[]> {
  const depth = Math.max(...flat.map((each) => each.depth))
  const { rows } = await sql<CountRow>`
    with ${requirementTable(flat)}, ${ownFulfillments(slice)}, ${inOrder(depth)},
    way as (
      select learner_id, template, instance, bit_or(bit) as mask from (
        select d.learner_id, d.instance, r.template, r.bit
        from done d join req r on r.id = d.requirement_id
        union all
        select o.learner_id, o.instance, r.template, 0
        from own o join req r on r.id = o.requirement_id
        where o.since is null or r.depth > 0
      ) each group by learner_id, template, instance),
    best as (
      select learner_id, template, mask from way where instance = '*'
      union all
      (select distinct on (learner_id, template) learner_id, template, mask from way
      where instance <> '*' order by learner_id, template, bit_count(mask::bit(32)) desc))
    select 'mask' as kind, template::bigint as id, mask, count(*) from best group by template, mask
    union all
    select 'requirement', requirement_id, 0, count(*) from done where instance = '*'
    group by requirement_id
    union all
    select 'requirement', requirement_id, 0, count(distinct learner_id) from done where instance <> '*'
    group by requirement_id`.execute(db)
  return rows
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
function ownFulfillments(slice: Slice) {
  return sql`
    simple as (
      select m.learner_id, m.requirement_id, m.instance, ${since(sql`m.reset_at`)} as since
      from mark m join req r on r.id = m.requirement_id
      where ${within(slice)} and r.needed is null and not r.repeats and m.instance = '*' and m.key = '*'),
    widest as (
      select m.learner_id, m.requirement_id, m.instance, m.key, m.first_at, m.last_at, r.needed, r.repeats,
        greatest(m.reset_at,
          max(m.reset_at) filter (where m.instance = '*' and m.key = '*') over everything,
          max(m.reset_at) filter (where m.key = '*') over all_keys,
          max(m.reset_at) filter (where m.instance = '*') over all_instances) as reset_at
      from mark m join req r on r.id = m.requirement_id
      where ${within(slice)} and (r.needed is not null or r.repeats)
      window everything as (partition by m.learner_id, m.requirement_id),
        all_keys as (partition by m.learner_id, m.requirement_id, m.instance),
        all_instances as (partition by m.learner_id, m.requirement_id, m.key)),
    wide as (
      select m.learner_id, m.requirement_id, m.instance, m.needed, ${since(sql`m.reset_at`)} as since
      from widest m
      where (m.needed is null) = (m.key = '*') and m.repeats = (m.instance <> '*')),
    own as materialized (
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

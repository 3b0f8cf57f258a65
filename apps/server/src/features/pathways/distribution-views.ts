import type { Pathway, PathwayDistribution } from '@rosette/contract'
import { sql } from 'kysely'
import { plainArray } from '../../db/arrays.js'
import type { Db } from '../../db/database.js'
import { nextOf } from './map.js'

type Counted = { template_id: string; holders: number; here: number }

/** How many learners hold each badge of a map, and how far they have come; one pass over its awards. */
export async function readDistribution(
  db: Db,
  { badges, links }: Pathway,
  at: Date,
): Promise<PathwayDistribution> {
  const ids = badges.map(({ template }) => template.id)
  const next = nextOf(links)
  const isEnd = new Set(ids.filter((id) => (next.get(id) ?? []).length === 0))
  const pairs = links.filter(({ from, to }) => ids.includes(from) && ids.includes(to))
  const { rows } = await sql<Counted>`
    ${heldIn(ids)},
    link as (select * from unnest(
      ${plainArray(pairs.map(({ from }) => from))}::uuid[], ${plainArray(pairs.map(({ to }) => to))}::uuid[]
    ) as l (source, target)),
    next as (select source, array_agg(target) as targets from link group by source)
    select h.template_id, count(*) as holders,
      count(*) filter (where n.targets is null or not (p.badges && n.targets)) as here
    from held h join person p using (learner_id) left join next n on n.source = h.template_id
    group by h.template_id`.execute(db)
  const people = await countPeople(db, ids, [...isEnd])
  const counted = new Map(rows.map((row) => [row.template_id, row]))
  const each = ids.map((templateId) => {
    const { holders = 0, here = 0 } = counted.get(templateId) ?? {}
    return { templateId, holders, here }
  })
  const stops = each.filter(({ templateId, here }) => !isEnd.has(templateId) && here > 0)
  const [most] = stops.toSorted((a, b) => b.here - a.here)
  return {
    ...people,
    badges: each,
    mostStopAt: most?.templateId ?? null,
    at: at.toISOString(),
  }
}

function heldIn(ids: readonly string[]) {
  return sql`with held as materialized (
      select distinct learner_id, template_id from award
      where template_id = any(${plainArray(ids)}::uuid[]) and status = 'awarded'),
    person as (select learner_id, array_agg(template_id) as badges from held group by learner_id)`
}

async function countPeople(db: Db, ids: readonly string[], ends: readonly string[]) {
  const { rows } = await sql<{ learners: number; finished: number }>`
    select count(distinct learner_id) as learners,
      count(distinct learner_id) filter (where template_id = any(${plainArray(ends)}::uuid[])) as finished
    from award where template_id = any(${plainArray(ids)}::uuid[]) and status = 'awarded'`.execute(
    db,
  )
  const [{ learners, finished } = { learners: 0, finished: 0 }] = rows
  return { learners, finished }
}

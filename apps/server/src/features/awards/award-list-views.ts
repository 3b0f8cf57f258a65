import type { Award } from '@rosette/contract'
import { sql } from 'kysely'
import type { Db } from '../../db/database.js'
import { type Reach, within } from '../../db/reach.js'
import { readCursor, toPage } from '../../http/paging.js'
import { isFoundLearner } from '../learners/learners.js'
import type { AwardRow } from './award-repository.js'
import { joined, toView } from './award-rows.js'

export type AwardFilter = {
  readonly organizationId?: string | undefined
  readonly templateId?: string | undefined
  readonly learnerId?: string | undefined
  readonly status?: AwardRow['status'] | undefined
  readonly expired?: 'true' | 'false' | undefined
  readonly source?: AwardRow['source'] | undefined
  readonly from?: string | undefined
  readonly until?: string | undefined
  readonly search?: string | undefined
}
type Sort = 'latest' | 'earliest' | 'newest' | 'oldest'
type Asked = AwardFilter & {
  readonly sort: Sort
  readonly limit: number
  readonly cursor?: string | undefined
}
type Chosen = ReturnType<typeof joined>

const rowsAtOnce = 1000

/** Awards in lists and files, narrowed by filters and by reach. */
export function createAwardLists({ db, now }: { readonly db: Db; readonly now: () => Date }) {
  async function list({ sort, limit, cursor, ...filter }: Asked, reach: Reach) {
    const query = inOrder(chosen(filter, reach), sort, cursor).limit(limit + 1)
    const byDate = sort === 'newest' || sort === 'oldest'
    const { rows, next } = toPage(await query.execute(), limit, (row) =>
      byDate ? [row.awarded_at, row.number] : [row.number],
    )
    return { items: rows.map((row) => toView(row, now())), next }
  }

  /** Without an end, read as it is taken; the latest decision first. */
  async function* read(filter: AwardFilter, reach: Reach): AsyncGenerator<Award> {
    let before: number | undefined
    for (;;) {
      let query = chosen(filter, reach).orderBy('award.number', 'desc').limit(rowsAtOnce)
      if (before !== undefined) query = query.where('award.number', '<', before)
      const rows = await query.execute()
      yield* rows.map((row) => toView(row, now()))
      before = rows.at(-1)?.number
      if (before === undefined || rows.length < rowsAtOnce) return
    }
  }

  /** Which awards are meant, in the order of their numbers; how many those and the ones after them are. */
  async function idsOf(
    filter: AwardFilter,
    reach: Reach,
    { cursor, most }: { readonly cursor?: string | undefined; readonly most: number },
  ) {
    const after = readCursor(cursor, ['number'])
    let all = chosen(filter, reach).clearSelect()
    if (after !== undefined) all = all.where('award.number', '>', Number(after[0]))
    const found = await all
      .select(['award.id', 'award.number'])
      .orderBy('award.number')
      .limit(most + 1)
      .execute()
    const counts = await all
      .select(({ fn }) => [
        fn.countAll<number>().as('awards'),
        fn.count<number>('award.learner_id').distinct().as('learners'),
      ])
      .executeTakeFirstOrThrow()
    const { rows, next } = toPage(found, most, ({ number }) => [number])
    const ids = rows.map(({ id }) => id)
    return { ids, next, awards: Number(counts.awards), learners: Number(counts.learners) }
  }

  /** Those of the ids that are within reach, and of how many people they are. */
  async function reachable(ids: readonly string[], reach: Reach) {
    const rows = await joined(db)
      .clearSelect()
      .select(['award.id', 'award.learner_id'])
      .where('award.id', 'in', [...ids])
      .where(within(reach, 'badge_template.organization_id'))
      .execute()
    return { ids: rows.map(({ id }) => id), learners: new Set(rows.map((r) => r.learner_id)).size }
  }

  function chosen(filter: AwardFilter, reach: Reach): Chosen {
    const { organizationId, templateId, learnerId, status, source, search } = filter
    let query = joined(db).where(within(reach, 'badge_template.organization_id'))
    if (organizationId !== undefined) {
      query = query.where('badge_template.organization_id', '=', organizationId)
    }
    if (templateId !== undefined) query = query.where('award.template_id', '=', templateId)
    if (status !== undefined) query = query.where('award.status', '=', status)
    if (source !== undefined) query = query.where('award.source', '=', source)
    if (learnerId !== undefined) query = query.where('learner.public_id', '=', learnerId)
    if (search !== undefined && search.trim() !== '') query = query.where(isFoundLearner(search))
    return byTime(query, filter, now())
  }

  return { list, read, idsOf, reachable }
}

function byTime(query: Chosen, { from, until, expired }: AwardFilter, now: Date): Chosen {
  let narrowed = query
  if (from !== undefined) narrowed = narrowed.where('award.awarded_at', '>=', from)
  if (until !== undefined) narrowed = narrowed.where('award.awarded_at', '<', until)
  if (expired === undefined) return narrowed
  const at = now.toISOString()
  return expired === 'true'
    ? narrowed.where('award.expires_at', '<=', at)
    : narrowed.where(
        sql<boolean>`(award.expires_at is null or award.expires_at > ${at}::timestamptz)`,
      )
}

function inOrder(query: Chosen, sort: Sort, cursor: string | undefined): Chosen {
  const direction = sort === 'latest' || sort === 'newest' ? 'desc' : 'asc'
  const than = sql.raw(direction === 'desc' ? '<' : '>')
  if (sort === 'latest' || sort === 'earliest') {
    const after = readCursor(cursor, ['number'])
    const ordered = query.orderBy('award.number', direction)
    if (after === undefined) return ordered
    return ordered.where(sql<boolean>`award.number ${than} ${after[0]}::bigint`)
  }
  const after = readCursor(cursor, ['instant', 'number'])
  const ordered = query.orderBy('award.awarded_at', direction).orderBy('award.number', direction)
  if (after === undefined) return ordered
  const place = sql`(${after[0]}::timestamptz, ${after[1]}::bigint)`
  return ordered.where(sql<boolean>`(award.awarded_at, award.number) ${than} ${place}`)
}

import type { Backfill, BackfillChange, BackfillLearner } from '@rosette/contract'
import { learnerOf, signalOf } from '@rosette/openedx-events'
import { type Selectable, sql } from 'kysely'
import { plainArray } from '../../db/arrays.js'
import type { Db } from '../../db/database.js'
import { type Reach, within } from '../../db/reach.js'
import type { Schema } from '../../db/schema.js'
import { readCursor, toPage } from '../../http/paging.js'
import type { BackfillRow } from './backfill-repository.js'
import { newestEventsOf } from './past-repository.js'
import { plainInstance } from './read-slice.js'
import { backfillNotFound } from './request-backfill.js'

type Page = { readonly limit: number; readonly cursor?: string | undefined }
type Asked = Page & {
  readonly organizationId?: string | undefined
  readonly templateId?: string | undefined
  readonly kind?: Backfill['kind'] | undefined
  readonly state?: Backfill['state'] | undefined
}
type Row = BackfillRow & { readonly template_name: string }
type ChangeRow = Selectable<Schema['backfill_change']> & { readonly template_name: string }
type Names = ReadonlyMap<string, string>

/** Backfills for screens. */
export function createBackfillViews({ db }: { readonly db: Db }) {
  async function list(asked: Asked, reach: Reach) {
    const after = readCursor(asked.cursor, ['number'])
    let query = selectBackfills(db)
      .where(within(reach, 't.organization_id'))
      .orderBy('b.number', 'desc')
      .limit(asked.limit + 1)
    if (after !== undefined) query = query.where('b.number', '<', Number(after[0]))
    const { organizationId } = asked
    if (organizationId !== undefined) query = query.where('t.organization_id', '=', organizationId)
    if (asked.templateId !== undefined) query = query.where('b.template_id', '=', asked.templateId)
    if (asked.kind !== undefined) query = query.where('b.kind', '=', asked.kind)
    if (asked.state !== undefined) query = query.where('b.state', '=', asked.state)
    const { rows, next } = toPage(await query.execute(), asked.limit, ({ number }) => [number])
    const names = await namesOfOthers(db, rows)
    return { items: rows.map((row) => toView(row, names)), next }
  }

  async function get(id: string): Promise<Backfill> {
    const row = await selectBackfills(db).where('b.id', '=', id).executeTakeFirst()
    if (row === undefined) throw backfillNotFound(id)
    return toView(row, await namesOfOthers(db, [row]))
  }

  async function changes(
    id: string,
    asked: Page & { readonly change?: BackfillChange['change'] | undefined },
  ) {
    const after = readCursor(asked.cursor, ['number'])
    let query = db
      .selectFrom('backfill_change as c')
      .innerJoin('badge_template as t', 't.id', 'c.template_id')
      .selectAll('c')
      .select('t.name as template_name')
      .where('c.backfill_id', '=', id)
      .orderBy('c.number')
      .limit(asked.limit + 1)
    if (after !== undefined) query = query.where('c.number', '>', Number(after[0]))
    if (asked.change !== undefined) query = query.where('c.change', '=', asked.change)
    const { rows, next } = toPage(await query.execute(), asked.limit, ({ number }) => [number])
    const people = await learnersBehind(db, rows)
    return { items: rows.map((row) => toChange(row, people(row))), next }
  }

  return { list, get, changes }
}

export type BackfillViews = ReturnType<typeof createBackfillViews>

function selectBackfills(db: Db) {
  return db
    .selectFrom('backfill as b')
    .innerJoin('badge_template as t', 't.id', 'b.template_id')
    .selectAll('b')
    .select('t.name as template_name')
}

function toView(row: Row, names: Names): Backfill {
  const total = Math.max(row.events_total, row.events_passed)
  const isDone = row.state === 'done'
  return {
    id: row.id,
    template: { id: row.template_id, name: row.template_name },
    kind: row.kind,
    state: row.state,
    requestedBy: row.requested_by,
    requestedAt: row.requested_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    restarts: row.restarts,
    error: row.error,
    progress: {
      read: row.events_passed,
      total: isDone ? row.events_passed : total,
      ratio: isDone ? 1 : total === 0 ? 0 : row.events_passed / total,
    },
    result: toResult(row, names),
  }
}

function toResult({ tally, template_id, log_begins_at }: Row, names: Names): Backfill['result'] {
  const { read = 0, matched = 0, from = null, until = null, changes = {} } = tally
  const { none = 0, started = 0, halfWay = 0, complete = 0 } = tally
  const { gain = 0, lose = 0, kept = 0 } = changes[template_id] ?? {}
  return {
    events: { read, matched, from, until },
    logBeginsAt: log_begins_at,
    learners: { none, started, halfWay, complete },
    gain,
    lose,
    kept,
    others: Object.entries(changes)
      .filter(([id]) => id !== template_id)
      .map(([id, counts]) => ({
        template: { id, name: names.get(id) ?? '' },
        gain: counts.gain ?? 0,
        lose: counts.lose ?? 0,
      })),
  }
}

async function namesOfOthers(db: Db, rows: readonly Row[]): Promise<Names> {
  const ids = [...new Set(rows.flatMap(({ tally }) => Object.keys(tally.changes ?? {})))]
  if (ids.length === 0) return new Map()
  const found = db.selectFrom('badge_template').select(['id', 'name']).where('id', 'in', ids)
  return new Map((await found.execute()).map(({ id, name }) => [id, name]))
}

function toChange(row: ChangeRow, learner: BackfillLearner): BackfillChange {
  return {
    change: row.change,
    template: { id: row.template_id, name: row.template_name },
    learner,
    instance: plainInstance(row.instance),
    awardId: row.award_id,
    at: row.at,
    fulfillments: (row.cause.fulfillments ?? []).map((f) => ({ ...f, events: [...f.events] })),
    lost: [...(row.cause.lost ?? [])],
  }
}

type Person = Pick<ChangeRow, 'learner_id' | 'lms_user_id'>

/** Who the people are: as they are stored, or else as the newest event of the log names them. */
export async function learnersBehind(db: Db, people: readonly Person[]) {
  const ids = [...new Set(people.flatMap((p) => p.learner_id ?? []))]
  const lmsIds = [...new Set(people.flatMap((p) => p.lms_user_id ?? []))]
  const { rows } = await sql<{
    id: number
    public_id: string
    lms_user_id: number | null
    username: string
    name: string
  }>`select id, public_id, lms_user_id, username, name from learner
    where id = any(${plainArray(ids)}::bigint[])
      or lms_user_id = any(${plainArray(lmsIds)}::bigint[])`.execute(db)
  const byId = new Map(rows.map((row) => [row.id, toLearner(row)]))
  const byLmsId = new Map(rows.map((row) => [row.lms_user_id, toLearner(row)]))
  const strangers = await strangersOf(
    db,
    lmsIds.filter((id) => !byLmsId.has(id)),
  )
  return ({ learner_id, lms_user_id }: Person): BackfillLearner =>
    (learner_id === null ? undefined : byId.get(learner_id)) ??
    byLmsId.get(lms_user_id) ??
    strangers.get(lms_user_id) ?? { id: null, lmsUserId: lms_user_id, username: '', name: '' }
}

function toLearner(row: {
  readonly public_id: string
  readonly lms_user_id: number | null
  readonly username: string
  readonly name: string
}): BackfillLearner {
  const { public_id: id, lms_user_id: lmsUserId, username, name } = row
  return { id, lmsUserId, username, name }
}

async function strangersOf(db: Db, lmsUserIds: readonly number[]) {
  const found = new Map<number | null, BackfillLearner>()
  if (lmsUserIds.length === 0) return found
  for (const { lms_user_id, event_type, data } of await newestEventsOf(db, lmsUserIds)) {
    const signal = signalOf(event_type)
    const learner = signal === undefined ? null : learnerOf(signal, data)
    if (learner === null || found.has(lms_user_id)) continue
    const { username, name } = learner
    found.set(lms_user_id, { id: null, lmsUserId: lms_user_id, username, name })
  }
  return found
}

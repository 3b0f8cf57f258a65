import {
  EVERY,
  formatEventTime,
  type Mark,
  type Moment,
  parseEventTime,
  type StoredMark,
} from '@rosette/engine'
import { sql } from 'kysely'
import { plainArray } from '../../db/arrays.js'
import type { Db, Tx } from '../../db/database.js'

/** A mark of one learner, under the stored id of its requirement. */
export type LearnerMark = StoredMark & { readonly learnerId: number }

/**
 * Merges marks into the stored ones and answers with those after which progress may have changed:
 * new ones, ones that a penalty has ever touched, ones whose first event is among the given, and
 * ones of a single key or instance (a penalty on all keys stands in another row). The learners must
 * be locked, and no two marks may have the same address.
 */
export async function mergeIntoStored(
  tx: Tx,
  marks: readonly LearnerMark[],
): Promise<readonly { learnerId: number; requirementId: string; instance: string }[]> {
  const { rows } = await sql<ChangedRow>`
    insert into mark as m (learner_id, requirement_id, instance, key,
      first_at, first_event, last_at, last_event, reset_at, reset_event)
    select * from unnest(
      ${plainArray(marks.map((m) => m.learnerId))}::bigint[],
      ${plainArray(marks.map((m) => m.requirementId))}::bigint[],
      ${marks.map((m) => m.instance)}::text[],
      ${marks.map((m) => m.key)}::text[],
      ${times(marks, (m) => m.firstAt)}::timestamptz[], ${ids(marks, (m) => m.firstAt)}::uuid[],
      ${times(marks, (m) => m.lastAt)}::timestamptz[], ${ids(marks, (m) => m.lastAt)}::uuid[],
      ${times(marks, (m) => m.resetAt)}::timestamptz[], ${ids(marks, (m) => m.resetAt)}::uuid[]
    ) as n (learner_id, requirement_id, instance, key,
      first_at, first_event, last_at, last_event, reset_at, reset_event)
    order by 1, 2, 3, 4
    on conflict (learner_id, requirement_id, instance, key) do update set
      ${merged('first', sql`<`)}, ${merged('last', sql`>`)}, ${merged('reset', sql`>`)}
    where ${differs('first', sql`<`)} or ${differs('last', sql`>`)} or ${differs('reset', sql`>`)}
    returning learner_id, requirement_id, instance, key, xmax = 0 as inserted,
      reset_at is not null as was_reset, first_event`.execute(tx)
  const firsts = new Set(marks.flatMap((m) => m.mark.firstAt?.eventId ?? []))
  return rows
    .filter(
      (row) => row.inserted || row.was_reset || isPartial(row) || firsts.has(row.first_event ?? ''),
    )
    .map((row) => ({
      learnerId: row.learner_id,
      requirementId: String(row.requirement_id),
      instance: row.instance,
    }))
}

type ChangedRow = {
  learner_id: number
  requirement_id: number
  instance: string
  key: string
  inserted: boolean
  was_reset: boolean
  first_event: string | null
}

function isPartial({ instance, key }: ChangedRow): boolean {
  return instance !== EVERY || key !== EVERY
}

type Side = 'first' | 'last' | 'reset'

// Row comparison breaks equal times by event id, as the engine does; uuids sort as their text does.
function differs(side: Side, wins: ReturnType<typeof sql>) {
  const [at, event] = [sql.raw(`${side}_at`), sql.raw(`${side}_event`)]
  return sql`(excluded.${at} is not null and (m.${at} is null
    or (excluded.${at}, excluded.${event}) ${wins} (m.${at}, m.${event})))`
}

function merged(side: Side, wins: ReturnType<typeof sql>) {
  const [at, event] = [sql.raw(`${side}_at`), sql.raw(`${side}_event`)]
  return sql`${at} = case when ${differs(side, wins)} then excluded.${at} else m.${at} end,
    ${event} = case when ${differs(side, wins)} then excluded.${event} else m.${event} end`
}

function times(marks: readonly LearnerMark[], side: (mark: Mark) => Moment | null): string {
  return plainArray(
    marks.map(({ mark }) => {
      const moment = side(mark)
      return moment === null ? null : formatEventTime(moment.time)
    }),
  )
}

function ids(marks: readonly LearnerMark[], side: (mark: Mark) => Moment | null): string {
  return plainArray(marks.map(({ mark }) => side(mark)?.eventId ?? null))
}

/** All marks of the pairs of learner and requirement. */
export async function readMarks(
  db: Db,
  pairs: readonly { readonly learnerId: number; readonly requirementId: number }[],
): Promise<LearnerMark[]> {
  const { rows } = await sql<MarkRow>`
    select m.* from unnest(
      ${plainArray(pairs.map((p) => p.learnerId))}::bigint[],
      ${plainArray(pairs.map((p) => p.requirementId))}::bigint[]
    ) as p (learner_id, requirement_id)
    join mark m using (learner_id, requirement_id)`.execute(db)
  return rows.map(toMark)
}

export type MarkRow = {
  learner_id: number
  requirement_id: number
  instance: string
  key: string
  first_at: string | null
  first_event: string | null
  last_at: string | null
  last_event: string | null
  reset_at: string | null
  reset_event: string | null
}

export function toMark(row: MarkRow): LearnerMark {
  return {
    learnerId: row.learner_id,
    requirementId: String(row.requirement_id),
    instance: row.instance,
    key: row.key,
    mark: {
      firstAt: moment(row.first_at, row.first_event),
      lastAt: moment(row.last_at, row.last_event),
      resetAt: moment(row.reset_at, row.reset_event),
    },
  }
}

function moment(at: string | null, eventId: string | null): Moment | null {
  if (at === null || eventId === null) return null
  return { time: parseEventTime(at) ?? 0, eventId }
}

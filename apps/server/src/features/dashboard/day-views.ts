import { sql } from 'kysely'
import type { Db } from '../../db/database.js'

/** A number for each day that has one, by the day in UTC. */
export type ByDay = ReadonlyMap<string, number>

/** From its beginning to that of another, both at midnight in UTC. */
export type Days = { readonly from: string; readonly until: string }

type Row = { day: string; count: string }

export function awardsByDay(db: Db, organizationId: string, days: Days): Promise<ByDay> {
  return decisionsByDay(db, 'a.awarded_at', { organizationId, days })
}

export function revocationsByDay(db: Db, organizationId: string, days: Days): Promise<ByDay> {
  return decisionsByDay(db, 'a.revoked_at', { organizationId, days })
}

async function decisionsByDay(
  db: Db,
  column: 'a.awarded_at' | 'a.revoked_at',
  { organizationId, days }: { readonly organizationId: string; readonly days: Days },
): Promise<ByDay> {
  const at = sql.ref(column)
  const { rows } = await sql<Row>`
    select to_char(${at} at time zone 'UTC', 'YYYY-MM-DD') as day, count(*)
    from badge_template t join award a on a.template_id = t.id
    where t.organization_id = ${organizationId}::uuid
      and ${at} >= ${days.from}::timestamptz and ${at} < ${days.until}::timestamptz
    group by 1`.execute(db)
  return toMap(rows)
}

export async function issuedByDay(db: Db, organizationId: string, days: Days): Promise<ByDay> {
  const { rows } = await sql<Row>`
    select to_char(i.issued_at at time zone 'UTC', 'YYYY-MM-DD') as day, count(*)
    from issuance i join award a on a.id = i.award_id join badge_template t on t.id = a.template_id
    where t.organization_id = ${organizationId}::uuid
      and i.issued_at >= ${days.from}::timestamptz and i.issued_at < ${days.until}::timestamptz
    group by 1`.execute(db)
  return toMap(rows)
}

/** Counted, event by event, in the order of the log. */
export async function eventsByDay(db: Db, days: Days): Promise<ByDay> {
  const { rows } = await sql<Row>`
    select to_char(occurred_at at time zone 'UTC', 'YYYY-MM-DD') as day, count(*)
    from event_log
    where occurred_at >= ${days.from}::timestamptz and occurred_at < ${days.until}::timestamptz
    group by 1`.execute(db)
  return toMap(rows)
}

/** About how many, by what the database knows of the spread of its rows; nothing is read. */
export async function estimateEvents(db: Db, days: Days): Promise<number> {
  const { rows } = await sql<{ 'QUERY PLAN': unknown }>`
    explain (format json) select 1 from event_log
    where occurred_at >= ${sql.lit(days.from)}::timestamptz
      and occurred_at < ${sql.lit(days.until)}::timestamptz`.execute(db)
  return parseRows(rows[0]?.['QUERY PLAN'])
}

function parseRows(plan: unknown): number {
  const [top] = plan as readonly { readonly Plan?: { readonly 'Plan Rows'?: number } }[]
  return top?.Plan?.['Plan Rows'] ?? 0
}

function toMap(rows: readonly Row[]): ByDay {
  return new Map(rows.map(({ day, count }) => [day, Number(count)]))
}

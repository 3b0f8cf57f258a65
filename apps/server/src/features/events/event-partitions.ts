import { sql } from 'kysely'
import type { Db } from '../../db/database.js'
import { log } from '../../telemetry/log.js'

export const maintainEventsTask = 'maintain-event-log'

type Deps = {
  readonly db: Db
  readonly now: () => Date
  /** Months for which events are kept; undefined keeps them for good. */
  readonly retentionMonths: number | undefined
}

const monthsAhead = 3

/** Keeps the event log in one partition a month, made before they are needed and dropped when too old. */
export function createEventPartitions({ db, now, retentionMonths }: Deps) {
  async function maintain(): Promise<void> {
    const month = firstOfMonth(now())
    for (let ahead = 0; ahead <= monthsAhead; ahead++)
      await ensureMonth(db, addMonths(month, ahead))
    if (retentionMonths !== undefined) await dropBefore(db, addMonths(month, -retentionMonths))
  }

  return { maintain, tasks: { [maintainEventsTask]: maintain } }
}

// Events of other months (late ones, or of clocks that run ahead) lie in the default partition. Where
// it holds some of this month already, the month stays there: nothing is lost, only dropping is slower.
async function ensureMonth(db: Db, month: Date): Promise<void> {
  const [from, until] = [dayOf(month), dayOf(addMonths(month, 1))]
  const name = `event_log_${from.slice(0, 7).replace('-', '_')}`
  const exists = await sql<{
    found: string | null
  }>`select to_regclass(${name})::text as found`.execute(db)
  if (exists.rows[0]?.found != null) return
  try {
    await sql`create table if not exists ${sql.id(name)} partition of event_log
      for values from (${sql.lit(from)}) to (${sql.lit(until)})`.execute(db)
  } catch (error) {
    log.warn(
      { err: error, month: from },
      'no partition for this month; its events go to the default one',
    )
  }
}

async function dropBefore(db: Db, limit: Date): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'event_log'::regclass and c.relname ~ '^event_log_[0-9]{4}_[0-9]{2}$'`.execute(
    db,
  )
  const oldest = `event_log_${dayOf(limit).slice(0, 7).replace('-', '_')}`
  for (const { name } of rows.filter((row) => row.name < oldest)) {
    await sql`drop table ${sql.id(name)}`.execute(db)
    log.info({ partition: name }, 'events past their retention are dropped')
  }
  await sql`delete from event_log_other where occurred_at < ${dayOf(limit)}::date`.execute(db)
}

function firstOfMonth(date: Date): Date {
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1))
}

function addMonths(month: Date, count: number): Date {
  return new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + count, 1))
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10)
}

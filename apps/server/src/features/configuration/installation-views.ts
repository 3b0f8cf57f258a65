import type { Configuration } from '@rosette/contract'
import { sql } from 'kysely'
import type { Db } from '../../db/database.js'
import { migrationNames } from '../../db/migrate.js'

/** The database as people who run it ask for it. */
export async function databaseFacts(db: Db): Promise<Omit<Configuration['database'], 'kind'>> {
  const size = sql<{ version: string; bytes: string }>`
    select current_setting('server_version') as version,
      pg_database_size(current_database()) as bytes`
  const applied = sql<{ name: string; applied_at: string }>`
    select name, applied_at from migration order by name`
  const [facts, migrations, names] = await Promise.all([
    size.execute(db),
    applied.execute(db),
    migrationNames(),
  ])
  const known = new Set(migrations.rows.map(({ name }) => name))
  return {
    version: facts.rows[0]?.version ?? '',
    bytes: Number(facts.rows[0]?.bytes ?? 0),
    migrations: migrations.rows.map((row) => ({ name: row.name, appliedAt: row.applied_at })),
    missingMigrations: names.filter((name) => !known.has(name)),
  }
}

/** How large the event log is; its events are not counted but taken from the statistics of the tables. */
export async function eventLogFacts(db: Db): Promise<{ bytes: number; about: number }> {
  const { rows } = await sql<{ bytes: string; about: string }>`
    select coalesce(sum(pg_total_relation_size(i.inhrelid)), 0) as bytes,
      coalesce(sum(coalesce(s.n_live_tup, 0)), 0) as about
    from pg_inherits i left join pg_stat_all_tables s on s.relid = i.inhrelid
    where i.inhparent = 'event_log'::regclass`.execute(db)
  return { bytes: Number(rows[0]?.bytes ?? 0), about: Number(rows[0]?.about ?? 0) }
}

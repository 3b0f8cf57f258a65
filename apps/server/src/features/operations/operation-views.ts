import { sql } from 'kysely'
import type { Db } from '../../db/database.js'
import { migrationNames } from '../../db/migrate.js'

/** Why this process cannot serve yet; null when it can. */
export async function whyNotReady(db: Db): Promise<string | null> {
  try {
    const { rows } = await sql<{ name: string }>`select name from migration`.execute(db)
    const applied = new Set(rows.map(({ name }) => name))
    const missing = (await migrationNames()).filter((name) => !applied.has(name))
    return missing.length === 0 ? null : `Migrations are missing: ${missing.join(', ')}.`
  } catch {
    return 'The database cannot be reached.'
  }
}

/** What waits, by kind and state; of notices by what they are about. */
export async function countWork(db: Db) {
  const { rows } = await sql<{ kind: string; state: string; count: string }>`
    select 'outbox' as kind, state, count(*) from outbox where state <> 'sent' group by state
    union all select 'dead_letters', state, count(*) from dead_letter group by state
    union all select 'issuances', state, count(*) from issuance group by state
    union all select 'notices_open', kind, count(*) from notice
      where resolved_at is null group by kind`.execute(db)
  return rows.map(({ kind, state, count }) => ({ kind, state, count: Number(count) }))
}

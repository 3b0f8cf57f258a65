import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type pg from 'pg'

const folder = fileURLToPath(new URL('../../migrations/', import.meta.url))
/** Any constant number: whoever holds it migrates, the others wait. */
const migrationLock = 7_461_003

/** Applies the migrations that are missing, each in its own transaction; several processes may try at once. */
export async function migrateDatabase(pool: pg.Pool): Promise<readonly string[]> {
  const client = await pool.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock])
    await client.query(
      'create table if not exists migration (name text primary key, applied_at timestamptz not null default now())',
    )
    const applied: string[] = []
    for (const name of await missing(client)) {
      await applyOne(client, name)
      applied.push(name)
    }
    return applied
  } finally {
    await client.query('select pg_advisory_unlock($1)', [migrationLock]).catch(() => {})
    client.release()
  }
}

async function missing(client: pg.PoolClient): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>('select name from migration')
  const done = new Set(rows.map((row) => row.name))
  return (await migrationNames()).filter((name) => !done.has(name))
}

/** The names of the migrations this version knows, in order. */
export async function migrationNames(): Promise<readonly string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
}

async function applyOne(client: pg.PoolClient, name: string): Promise<void> {
  const statements = await readFile(`${folder}${name}`, 'utf8')
  try {
    await client.query('begin')
    await client.query(statements)
    await client.query('insert into migration (name) values ($1)', [name])
    await client.query('commit')
  } catch (cause) {
    await client.query('rollback')
    throw new Error(`Migration ${name} failed and changed nothing.`, { cause })
  }
}

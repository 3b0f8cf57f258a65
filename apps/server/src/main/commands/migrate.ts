import type { Command } from 'commander'
import { loadSettings } from '../../config/load.js'
import { createPool } from '../../db/database.js'
import { openEmbeddedPostgres } from '../../db/embedded-postgres.js'
import { migrate } from '../../runtime.js'

export function registerMigrate(program: Command): void {
  program
    .command('migrate')
    .description('Bring the database up to date; a second run changes nothing.')
    .addHelpText('after', '\nExample:\n  DATABASE_URL=postgres://… rosette migrate')
    .action(migrateOnce)
}

async function migrateOnce(): Promise<void> {
  const { config, secrets } = loadSettings()
  const { dataDir } = config
  const embedded =
    secrets.databaseUrl === undefined
      ? await openEmbeddedPostgres({ dataDir, mustOwn: false })
      : undefined
  const pool = createPool(secrets.databaseUrl ?? embedded?.url ?? '', 2)
  try {
    const applied = await migrate(pool)
    const done = applied.map((name) => `applied ${name}`)
    process.stdout.write(`${done.length === 0 ? 'The database is up to date.' : done.join('\n')}\n`)
  } finally {
    await pool.end()
    await embedded?.close()
  }
}

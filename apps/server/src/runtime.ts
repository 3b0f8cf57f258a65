import { mkdir } from 'node:fs/promises'
import type pg from 'pg'
import { type App, createApp } from './app.js'
import type { Settings } from './config/load.js'
import { createPool } from './db/database.js'
import { openEmbeddedPostgres } from './db/embedded-postgres.js'
import { loadMasterKey } from './db/master-key.js'
import { migrateDatabase } from './db/migrate.js'
import { log } from './telemetry/log.js'
import { migrateJobs } from './workers/worker.js'

export type Runtime = {
  readonly app: App
  readonly pool: pg.Pool
  readonly settings: Settings
  /** The folder of our own PostgreSQL; undefined when it is not ours. */
  readonly databaseFolder: string | undefined
  close(): Promise<void>
}

type Options = {
  /** A process that serves must own the embedded database; a command may be its guest. */
  readonly mustOwn: boolean
}

/** Opens the database (the named one, or our own), brings it up to date, and wires the application. */
export async function openRuntime(settings: Settings, { mustOwn }: Options): Promise<Runtime> {
  const { config, secrets } = settings
  log.level = config.logLevel
  await mkdir(config.dataDir, { recursive: true })
  const embedded =
    secrets.databaseUrl === undefined
      ? await openEmbeddedPostgres({ dataDir: config.dataDir, mustOwn })
      : undefined
  const pool = createPool(secrets.databaseUrl ?? embedded?.url ?? '', 16)
  try {
    await migrate(pool)
    const masterKey = await loadMasterKey({
      dataDir: config.dataDir,
      chosen: secrets.masterKey,
    })
    const app = createApp({ config, secrets: { ...secrets, masterKey } }, pool)
    await app.maintainEvents()
    await app.providerAccounts.ensurePreconfigured()
    const close = async () => {
      await app.close()
      await embedded?.close()
    }
    return { app, pool, settings, databaseFolder: embedded?.folder, close }
  } catch (error) {
    await pool.end().catch(() => {})
    await embedded?.close()
    throw error
  }
}

/** Applies what is missing; answers with the names of the migrations applied. */
export async function migrate(pool: pg.Pool): Promise<readonly string[]> {
  const applied = await migrateDatabase(pool)
  await migrateJobs(pool)
  return applied
}

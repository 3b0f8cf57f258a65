import { mkdir } from 'node:fs/promises'
import type pg from 'pg'
import { type App, createApp } from './app.js'
import type { Settings } from './config/load.js'
import { createPool } from './db/database.js'
import { openEmbeddedPostgres } from './db/embedded-postgres.js'
import { migrateDatabase } from './db/migrate.js'
import { type OpenMasterKey, openMasterKey } from './open-master-key.js'
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
  /** It goes on sealing and opening secrets, so it refuses a master key that opens none of them. */
  readonly isService?: true
}

/** Opens the database (the named one, or our own), brings it up to date, and wires the application. */
export async function openRuntime(settings: Settings, options: Options): Promise<Runtime> {
  const { config, secrets } = settings
  log.level = config.logLevel
  const storage = await openStorage(settings, options)
  const { pool } = storage
  let key: OpenMasterKey | undefined
  try {
    key = await openMasterKey(settings, pool, options)
    const { masterKey, release } = key
    const app = createApp({ config, secrets: { ...secrets, masterKey } }, pool)
    await app.maintainEvents()
    await app.providerAccounts.ensurePreconfigured()
    const close = async () => {
      await release()
      await app.close()
      await storage.closeServer()
    }
    return { app, pool, settings, databaseFolder: storage.databaseFolder, close }
  } catch (error) {
    await key?.release()
    await pool.end().catch(() => {})
    await storage.closeServer()
    throw error
  }
}

/** The database alone, brought up to date. Whoever opens it ends the pool, then closes the server. */
export async function openStorage({ config, secrets }: Settings, { mustOwn }: Options) {
  await mkdir(config.dataDir, { recursive: true })
  const embedded =
    secrets.databaseUrl === undefined
      ? await openEmbeddedPostgres({ dataDir: config.dataDir, mustOwn })
      : undefined
  const pool = createPool(secrets.databaseUrl ?? embedded?.url ?? '', 16)
  const closeServer = async () => embedded?.close()
  try {
    await migrate(pool)
    return { pool, databaseFolder: embedded?.folder, closeServer }
  } catch (error) {
    await pool.end().catch(() => {})
    await closeServer()
    throw error
  }
}

/** Applies what is missing; answers with the names of the migrations applied. */
export async function migrate(pool: pg.Pool): Promise<readonly string[]> {
  const applied = await migrateDatabase(pool)
  await migrateJobs(pool)
  return applied
}

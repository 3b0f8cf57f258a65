import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { createTestDatabase } from '@rosette/testkit'
import { type App, createApp, type Swapped } from '../app.js'
import { settingsFrom } from '../config/load.js'
import { createPool } from '../db/database.js'
import { migrate } from '../runtime.js'

export type TestApp = App & {
  readonly url: string
  readonly adminToken: string
  drop(): Promise<void>
}

const migrationsFolder = fileURLToPath(new URL('../../migrations', import.meta.url))

/** The real application on a database of its own, with badges enabled and the bus in memory. */
export async function createTestApp(
  env: Readonly<Record<string, string>> = {},
  swapped: Swapped = {},
): Promise<TestApp> {
  const database = await createTestDatabase(migrateTemplate, { migrationsFolder })
  const adminToken = `test_${randomBytes(16).toString('hex')}`
  const settings = settingsFrom({
    BADGES_ENABLED: 'true',
    ROSETTE_LOG_LEVEL: 'silent',
    ROSETTE_MASTER_KEY: randomBytes(32).toString('base64'),
    ROSETTE_ADMIN_TOKEN: adminToken,
    ROSETTE_BASE_URL: 'https://badges.example',
    ...env,
    DATABASE_URL: database.url,
  })
  const app = createApp(settings, createPool(database.url, 8), { freshFor: 0, ...swapped })
  await app.tokens.keepChosen(adminToken)
  return {
    ...app,
    url: database.url,
    adminToken,
    async drop() {
      await app.close()
      await database.drop()
    },
  }
}

async function migrateTemplate(url: string): Promise<void> {
  const pool = createPool(url, 1)
  await migrate(pool)
  await pool.end()
}

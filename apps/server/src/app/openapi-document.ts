import { createApp } from '../app.js'
import { settingsFrom } from '../config/load.js'
import { createPool } from '../db/database.js'

/** The OpenAPI document of this version, made without a database: nothing is asked of the pool. */
export async function openApiDocument(): Promise<Record<string, unknown>> {
  const settings = settingsFrom({ ROSETTE_MASTER_KEY: Buffer.alloc(32).toString('base64') })
  const app = createApp(settings, createPool('postgres://nowhere.invalid/none', 1))
  const server = app.createServer()
  try {
    return (await server.inject('/api/openapi.json')).json()
  } finally {
    await server.close()
    await app.close()
  }
}

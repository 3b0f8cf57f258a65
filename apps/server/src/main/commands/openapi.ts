import type { Command } from 'commander'
import { createApp } from '../../app.js'
import { loadSettings } from '../../config/load.js'
import { createPool } from '../../db/database.js'
import { cannot } from '../command-error.js'
import { examples, printJson } from '../output.js'

export function registerOpenapi(program: Command): void {
  program
    .command('openapi')
    .description('Print the OpenAPI document of the HTTP API.')
    .option('--json', 'accepted; the output is JSON in any case')
    .addHelpText('after', examples('rosette openapi > openapi.json'))
    .action(printDocument)
}

// The application is wired and never started: no database is reached and no key is used.
async function printDocument(): Promise<void> {
  const { config, secrets } = loadSettings()
  const masterKey = Buffer.alloc(32)
  const pool = createPool('postgres://127.0.0.1/none', 1)
  const bus = { ...secrets, redisUrl: undefined, masterKey }
  const app = createApp({ config, secrets: bus }, pool)
  try {
    const server = await app.createServer()
    const answer = await server.inject('/api/openapi.json')
    if (answer.statusCode !== 200) throw cannot('This build of Rosette has no OpenAPI document.')
    printJson(answer.json())
    await server.close()
  } finally {
    await app.close()
  }
}

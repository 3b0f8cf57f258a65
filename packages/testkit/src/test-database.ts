import { createHash, randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The server on which every test file clones its own database. */
    postgresUrl: string
  }
}

/** A migrated database of one's own. */
export type TestDatabase = {
  readonly url: string
  drop(): Promise<void>
}

export type TestDatabaseOptions = {
  /** Where the migrations are: a changed file means a new template, also while watching. */
  readonly migrationsFolder?: string
  /** The server to use outside vitest, where none is provided. */
  readonly serverUrl?: string
}

/**
 * Migrates a template once for all test files and clones it for this one.
 * `migrate` must close its connections: a template that is in use cannot be cloned.
 *
 * @example
 * const database = await createTestDatabase(migrate)
 * afterAll(() => database.drop())
 */
export async function createTestDatabase(
  migrate: (url: string) => Promise<void>,
  { migrationsFolder, serverUrl }: TestDatabaseOptions = {},
): Promise<TestDatabase> {
  const server = serverUrl ?? (await providedServer())
  const template = `template_${fingerprint(migrate, migrationsFolder)}`
  const name = `test_${randomBytes(8).toString('hex')}`

  await withClient(server, async (client) => {
    await ensureTemplate(client, template, () => migrate(databaseUrl(server, template)))
    await client.query(`create database ${name} template ${template}`)
  })
  return {
    url: databaseUrl(server, name),
    drop: () =>
      withClient(server, async (client) => {
        await client.query(`drop database if exists ${name} with (force)`)
      }),
  }
}

async function providedServer(): Promise<string> {
  // Loaded late, because importing vitest is only possible inside it, and proofs run outside.
  const { inject } = await import('vitest')
  return inject('postgresUrl')
}

async function ensureTemplate(
  client: pg.Client,
  template: string,
  migrate: () => Promise<void>,
): Promise<void> {
  // Test files run in parallel processes: the first one migrates, the others wait here for it.
  await client.query('select pg_advisory_lock(hashtext($1))', [template])
  try {
    // Closed to connections means finished; an open one was left behind by a failed migration.
    const { rows } = await client.query<{ finished: boolean }>(
      'select not datallowconn as finished from pg_database where datname = $1',
      [template],
    )
    if (rows[0]?.finished) return
    if (rows[0]) await client.query(`drop database ${template} with (force)`)
    await client.query(`create database ${template}`)
    await migrate()
    await client.query(`alter database ${template} with allow_connections false`)
  } finally {
    await client.query('select pg_advisory_unlock(hashtext($1))', [template])
  }
}

function fingerprint(migrate: unknown, folder: string | undefined): string {
  const hash = createHash('sha256').update(String(migrate))
  for (const file of folder ? readdirSync(folder).toSorted() : []) {
    hash.update(file).update(readFileSync(join(folder ?? '', file)))
  }
  return hash.digest('hex').slice(0, 16)
}

function databaseUrl(server: string, name: string): string {
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}

async function withClient(url: string, use: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await use(client)
  } finally {
    await client.end()
  }
}

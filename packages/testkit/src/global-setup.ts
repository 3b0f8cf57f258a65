import type { TestProject } from 'vitest/node'
import { startPostgres } from './postgres-server.js'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The server on which every test file clones its own database. */
    postgresUrl: string
  }
}

/** Runs once before the tests that need a database; what it returns runs once after them. */
export default async function globalSetup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres()
  project.provide('postgresUrl', server.url)
  return server.stop
}

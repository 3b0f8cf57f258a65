import type { TestProject } from 'vitest/node'
import { startPostgres } from './postgres-server.js'

/** Runs once before the tests that need a database; what it returns runs once after them. */
export default async function globalSetup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres()
  project.provide('postgresUrl', server.url)
  return server.stop
}

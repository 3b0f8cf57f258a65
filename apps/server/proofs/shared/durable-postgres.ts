import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEmbeddedPostgres } from '#src/db/embedded-postgres.js'

/** The PostgreSQL that an installation starts for itself, with everything that makes it durable. */
export async function startDurablePostgres() {
  const dataDir = await mkdtemp(join(tmpdir(), 'rosette-proof-'))
  const server = await openEmbeddedPostgres({ dataDir, mustOwn: true })
  return {
    url: server.url,
    /** Ends the server as a crash would; it is started again by itself. */
    async kill() {
      const [pid] = (await readFile(join(server.folder, 'postmaster.pid'), 'utf8')).split('\n')
      process.kill(Number(pid), 'SIGKILL')
    },
    async stop() {
      await server.close()
      await rm(server.folder, { recursive: true, force: true })
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

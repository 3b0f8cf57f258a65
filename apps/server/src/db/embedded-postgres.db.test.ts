import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type EmbeddedPostgres, openEmbeddedPostgres } from './embedded-postgres.js'

let dataDir: string
let owner: EmbeddedPostgres

beforeAll(async () => {
  // mkdtemp makes it private: as root, PostgreSQL's own user cannot go there.
  dataDir = await mkdtemp(join(tmpdir(), 'rosette-embedded-'))
  owner = await openEmbeddedPostgres({ dataDir, mustOwn: true })
})
afterAll(async () => {
  await owner.close()
  for (const path of [dataDir, owner.folder, `${owner.folder}.password`]) {
    await rm(path, { recursive: true, force: true })
  }
})

async function ask(url: string, question: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    const { rows } = await client.query({ text: question, rowMode: 'array' })
    return rows[0]?.[0]
  } finally {
    await client.end()
  }
}

describe('the embedded PostgreSQL', () => {
  it('is durable: what it has committed is on the disk', async () => {
    expect(await ask(owner.url, 'show fsync')).toBe('on')
    expect(await ask(owner.url, 'show synchronous_commit')).toBe('on')
  })

  it('lets commands join as guests, and refuses a second owner by name', async () => {
    const guest = await openEmbeddedPostgres({ dataDir, mustOwn: false })
    expect(guest.owned).toBe(false)
    expect(await ask(guest.url, 'select 1')).toBe(1)
    await guest.close()
    expect(await ask(owner.url, 'select 1')).toBe(1)
    const second = openEmbeddedPostgres({ dataDir, mustOwn: true })
    await expect(second).rejects.toThrow(/already running.*ROSETTE_DATA_DIR/)
  })

  it('comes back with its data, at the same address, when it is killed', async () => {
    await ask(owner.url, 'create table kept as select 42 as answer')
    const [pid] = (await readFile(join(owner.folder, 'postmaster.pid'), 'utf8')).split('\n')
    process.kill(Number(pid), 'SIGKILL')
    await expect
      .poll(() => ask(owner.url, 'select answer from kept').catch(() => 'away'), {
        timeout: 30_000,
        interval: 100,
      })
      .toBe(42)
  })
})

import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { inTransaction } from '../../db/database.js'
import { readKeyFiles, writeNextKey } from '../../db/key-files.js'
import { excludeKeyHolders, holdKeyLock } from '../../db/key-lock.js'
import { loadMasterKey } from '../../db/master-key.js'
import { seal, unseal } from '../../db/sealed.js'
import type { SealedRow } from '../../db/sealed-store.js'
import { aPerson } from '../../testing/person.js'
import { aBadge } from '../../testing/sample-awards.js'
import { anAccountWithBadge } from '../../testing/sample-issuances.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'
import { sealedBadgeHosts } from '../badge-hosts/badge-hosts.js'
import { sealedIssuerKeys } from '../issuers/issuers.js'
import { sealedAccounts } from '../provider-accounts/provider-accounts.js'
import { fitWith, rotateMasterKey } from './master-key.js'
import { reseal } from './rotate-master-key.js'

let app: TestApp
let dataDir: string
let old: Buffer
const actor = 'command line'

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'rosette-rotation-'))
  old = randomBytes(32)
  await writeFile(join(dataDir, 'master-key'), old.toString('base64'))
  app = await createTestApp({ ROSETTE_MASTER_KEY: old.toString('base64') })
  for (let n = 0; n < 3; n += 1) await aBadge(app)
  for (let n = 0; n < 4; n += 1) await aSealedAccount()
  // One whose key stands in the settings has nothing that is sealed.
  await anAccountWithBadge(app)
  await aSealedHost()
})
afterEach(async () => {
  await app.drop()
  await rm(dataDir, { recursive: true })
})

async function aSealedAccount(): Promise<void> {
  const { account } = await anAccountWithBadge(app)
  const name = `key of the provider account ${account.id}`
  const sealed_secret = seal(JSON.stringify({ kind: 'token', token: randomUUID() }), name, old)
  const update = app.db.updateTable('provider_account').set({ sealed_secret })
  await update.where('id', '=', account.id).execute()
}

async function aSealedHost(): Promise<void> {
  const id = randomUUID()
  const { id: user_id } = await aPerson(app)
  const sealed_secret = seal(JSON.stringify({ clientSecret: 's' }), `badge host ${id}`, old)
  const endpoints = JSON.stringify({ authorization: '', token: '', badges: '', scopes: [] })
  const url = 'https://host.example'
  const row = { id, user_id, name: 'Host', url, kind: 'open-badges-3.0' as const, client_id: 'c' }
  await app.db
    .insertInto('badge_host')
    .values({ ...row, endpoints, sealed_secret })
    .execute()
}

async function sealedRows(): Promise<readonly SealedRow[]> {
  const stores = [sealedIssuerKeys, sealedAccounts, sealedBadgeHosts]
  return (await Promise.all(stores.map(({ list }) => list(app.db, 1000)))).flat()
}

async function secretsUnder(key: Buffer): Promise<readonly string[]> {
  return (await sealedRows()).map(({ name, sealed }) => `${name}: ${unseal(sealed, name, key)}`)
}

const inFile = () => ({ db: app.db, dataDir, chosen: undefined, successor: undefined })
const inSetting = (successor: Buffer) => ({ db: app.db, dataDir, chosen: old, successor })

async function opensNothing(key: Buffer): Promise<void> {
  for (const { name, sealed } of await sealedRows()) {
    expect(() => unseal(sealed, name, key)).toThrow('cannot be unsealed')
  }
}

describe('after a rotation', () => {
  it('every secret opens with the new key and none with the old', async () => {
    const before = await secretsUnder(old)
    expect(before.length).toBeGreaterThanOrEqual(7)
    for (let n = 0; n < 5; n += 1) {
      const { current: from = old } = await readKeyFiles(dataDir)
      const { issuerKeys, providerAccounts, badgeHosts } = await rotateMasterKey(inFile(), actor)
      expect(issuerKeys + providerAccounts + badgeHosts).toBe(before.length)
      const { current: to = old, next } = await readKeyFiles(dataDir)
      expect(next).toBeUndefined()
      expect(await secretsUnder(to)).toEqual(before)
      await opensNothing(from)
    }
    expect(await readdir(dataDir)).toEqual(['master-key'])
  })

  it('the audit log says who did it and how much it was, and not the key', async () => {
    const counts = await rotateMasterKey(inFile(), actor)
    const entries = app.db.selectFrom('audit_log').selectAll()
    const [entry] = await entries.where('action', '=', 'master-key.rotate').execute()
    const { issuerKeys, providerAccounts, badgeHosts } = counts
    expect(entry).toMatchObject({ actor, detail: { issuerKeys, providerAccounts, badgeHosts } })
    expect(badgeHosts).toBe(1)
    expect(providerAccounts).toBe(4)
  })

  it('to a key from the settings the file in the data directory is as it was', async () => {
    const next = randomBytes(32)
    const before = await secretsUnder(old)
    expect(await rotateMasterKey(inSetting(next), actor)).toMatchObject({ wasDone: false })
    expect(await secretsUnder(next)).toEqual(before)
    expect(await readKeyFiles(dataDir)).toEqual({ current: old, next: undefined })
    expect(await rotateMasterKey(inSetting(next), actor)).toMatchObject({ wasDone: true })
    expect(await secretsUnder(next)).toEqual(before)
  })

  it('no column of sealed secrets was forgotten', async () => {
    const { rows } = await sql<{ table_name: string }>`
      select table_name from information_schema.columns
      where table_schema = 'public' and column_name like '%seal%' order by 1`.execute(app.db)
    const tables = [sealedBadgeHosts, sealedIssuerKeys, sealedAccounts].map(({ table }) => table)
    expect(rows.map((row) => row.table_name)).toEqual(tables)
  })
})

describe('a rotation that does not come to its end', () => {
  const restart = () => loadMasterKey({ dataDir, chosen: undefined, fitOf: fitWith(app.db) })

  it('because one secret does not open changes nothing', async () => {
    const before = await sealedRows()
    const [damaged] = await sealedAccounts.list(app.db, 1)
    const broken = Buffer.from(damaged?.sealed ?? [])
    broken[20] = (broken[20] ?? 0) ^ 1
    await inTransaction(app.db, (tx) => sealedAccounts.replace(tx, damaged?.id ?? '', broken))
    await expect(rotateMasterKey(inFile(), actor)).rejects.toThrow(/account .* nothing was changed/)
    expect(await readKeyFiles(dataDir)).toEqual({ current: old, next: undefined })
    await inTransaction(app.db, (tx) =>
      sealedAccounts.replace(tx, damaged?.id ?? '', damaged?.sealed ?? broken),
    )
    expect(await sealedRows()).toEqual(before)
  })

  it('because it died before the commit goes on with the old key', async () => {
    const before = await secretsUnder(old)
    const died = inTransaction(app.db, async (tx) => {
      const to = randomBytes(32)
      await reseal(tx, { from: old, to }, actor)
      await writeNextKey(dataDir, to)
      throw new Error('killed')
    })
    await expect(died).rejects.toThrow('killed')
    expect(await restart()).toEqual(old)
    expect(await secretsUnder(old)).toEqual(before)
    expect(await readdir(dataDir)).toEqual(['master-key'])
  })

  it('because it died after the commit goes on with the new key', async () => {
    const before = await secretsUnder(old)
    const to = randomBytes(32)
    await inTransaction(app.db, async (tx) => {
      await reseal(tx, { from: old, to }, actor)
      await writeNextKey(dataDir, to)
    })
    expect(await restart()).toEqual(to)
    expect(await secretsUnder(to)).toEqual(before)
    expect(await readdir(dataDir)).toEqual(['master-key'])
  })

  it('is ended by the next rotation as well', async () => {
    const to = randomBytes(32)
    await inTransaction(app.db, async (tx) => {
      await reseal(tx, { from: old, to }, actor)
      await writeNextKey(dataDir, to)
    })
    await rotateMasterKey(inFile(), actor)
    const { current = old } = await readKeyFiles(dataDir)
    expect(current).not.toEqual(to)
    expect(await secretsUnder(current)).toHaveLength((await sealedRows()).length)
  })

  it('because the key is the wrong one changes nothing', async () => {
    const wrong = { db: app.db, dataDir, chosen: randomBytes(32), successor: randomBytes(32) }
    await expect(rotateMasterKey(wrong, actor)).rejects.toThrow(/opens none of the secrets/)
    await writeFile(join(dataDir, 'master-key'), randomBytes(32).toString('base64'))
    await expect(rotateMasterKey(inFile(), actor)).rejects.toThrow(/opens none of the secrets/)
    expect(await secretsUnder(old)).toHaveLength((await sealedRows()).length)
  })
})

describe('while a process has the key in memory', () => {
  const calm = async () => {}

  it('a rotation is refused, and done when that process has ended', async () => {
    const lock = await holdKeyLock(app.pool, calm)
    const other = await holdKeyLock(app.pool, calm)
    await expect(rotateMasterKey(inFile(), actor)).rejects.toThrow('is running on this database')
    await lock.release()
    await expect(rotateMasterKey(inFile(), actor)).rejects.toThrow('is running on this database')
    expect(await readKeyFiles(dataDir)).toEqual({ current: old, next: undefined })
    await other.release()
    await vi.waitFor(() => rotateMasterKey(inFile(), actor), { timeout: 10_000 })
  })

  it('whoever starts during a rotation waits for its end, and gets the new key', async () => {
    const to = randomBytes(32)
    let started: Promise<Buffer> | undefined
    const start = async () => {
      const lock = await holdKeyLock(app.pool, calm)
      const key = await loadMasterKey({ dataDir, chosen: undefined, fitOf: fitWith(app.db) })
      await lock.release()
      return key
    }
    await inTransaction(app.db, async (tx) => {
      expect(await excludeKeyHolders(tx)).toBe(true)
      started = start()
      await reseal(tx, { from: old, to }, actor)
      await writeNextKey(dataDir, to)
      await waitsForLock()
    })
    expect(await started).toEqual(to)
  })

  it('it takes its lock again after the connection was lost, and looks at the key', async () => {
    const looked = vi.fn(calm)
    const lock = await holdKeyLock(app.pool, looked)
    await sql`select pg_terminate_backend(pid) from pg_locks
      where locktype = 'advisory' and mode = 'ShareLock'
        and database = (select oid from pg_database where datname = current_database())`.execute(
      app.db,
    )
    await vi.waitFor(() => expect(looked).toHaveBeenCalledTimes(1), { timeout: 20_000 })
    await expect(rotateMasterKey(inFile(), actor)).rejects.toThrow('is running on this database')
    await lock.release()
  })

  async function waitsForLock(): Promise<void> {
    await vi.waitFor(
      async () => {
        const { rows } = await sql`select 1 from pg_locks
          where locktype = 'advisory' and not granted
            and database = (select oid from pg_database where datname = current_database())`.execute(
          app.db,
        )
        expect(rows).toHaveLength(1)
      },
      { timeout: 10_000 },
    )
  }
})

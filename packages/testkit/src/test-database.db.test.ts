import pg from 'pg'
import { describe, expect, inject, it } from 'vitest'
import { createTestDatabase } from './test-database.js'

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

describe('a test database', () => {
  it('is migrated once and cloned for everyone who asks at the same time', async () => {
    let migrations = 0
    const migrate = async (url: string): Promise<void> => {
      migrations += 1
      await query(url, 'create table badge (name text)')
    }

    const databases = await Promise.all(
      Array.from({ length: 5 }, async () => await createTestDatabase(migrate)),
    )

    expect(migrations).toBe(1)
    expect(new Set(databases.map(({ url }) => url)).size).toBe(5)
    await Promise.all(databases.map(({ url }) => query(url, `insert into badge values ('one')`)))
    for (const { url, drop } of databases) {
      expect(await query(url, 'select name from badge')).toEqual([{ name: 'one' }])
      await drop()
    }
  })

  it('does not remain half migrated when a migration fails', async () => {
    let fails = true
    const migrate = async (url: string): Promise<void> => {
      await query(url, 'create table half (done boolean)')
      if (fails) throw new Error('The second step failed')
    }

    await expect(createTestDatabase(migrate)).rejects.toThrow('The second step failed')
    fails = false
    const { url, drop } = await createTestDatabase(migrate)

    expect(await query(url, 'select * from half')).toEqual([])
    await drop()
  })

  it('is gone after it was dropped', async () => {
    const { url, drop } = await createTestDatabase(async () => undefined)
    await drop()

    const name = new URL(url).pathname.slice(1)
    const found = `select 1 from pg_database where datname = '${name}'`
    expect(await query(inject('postgresUrl'), found)).toEqual([])
  })
})

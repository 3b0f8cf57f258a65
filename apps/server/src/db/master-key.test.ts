import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadMasterKey } from './master-key.js'

describe('the master key', () => {
  let dataDir: string
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'rosette-key-'))
  })
  afterEach(() => rm(dataDir, { recursive: true }))

  it('is the one the operator chose, and then nothing is written', async () => {
    const chosen = Buffer.alloc(32, 7)
    expect(await loadMasterKey({ dataDir, chosen })).toBe(chosen)
    await expect(stat(join(dataDir, 'master-key'))).rejects.toThrow('ENOENT')
  })

  it('is made once, however many processes start together, and only its owner may read it', async () => {
    const options = { dataDir, chosen: undefined }
    const keys = await Promise.all(Array.from({ length: 8 }, () => loadMasterKey(options)))
    expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(1)
    expect(keys[0]).toHaveLength(32)
    expect((await stat(join(dataDir, 'master-key'))).mode & 0o777).toBe(0o600)
  })

  it('refuses a damaged file instead of making another key, which would lose every secret', async () => {
    await writeFile(join(dataDir, 'master-key'), 'short')
    await expect(loadMasterKey({ dataDir, chosen: undefined })).rejects.toThrow('backup')
  })
})

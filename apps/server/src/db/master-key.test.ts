import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readKeyFiles, writeNextKey } from './key-files.js'
import { assertKeyFits, type FitOf, loadMasterKey } from './master-key.js'

let dataDir: string
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'rosette-key-'))
})
afterEach(() => rm(dataDir, { recursive: true }))

const old = Buffer.alloc(32, 1)
const next = Buffer.alloc(32, 2)
const nothingSealed: FitOf = async () => 'nothing-sealed'
const sealedUnder =
  (right: Buffer): FitOf =>
  async (key) =>
    key.equals(right) ? 'opens' : 'opens-nothing'

function load(fitOf: FitOf) {
  return loadMasterKey({ dataDir, chosen: undefined, fitOf })
}
const writeCurrent = (key: Buffer) =>
  writeFile(join(dataDir, 'master-key'), `${key.toString('base64')}\n`)

describe('the master key', () => {
  it('is the one the operator chose, and then nothing is written', async () => {
    const chosen = Buffer.alloc(32, 7)
    expect(await loadMasterKey({ dataDir, chosen, fitOf: nothingSealed })).toBe(chosen)
    expect(await readdir(dataDir)).toEqual([])
  })

  it('is made once, however many processes start together, and only its owner may read it', async () => {
    const keys = await Promise.all(Array.from({ length: 8 }, () => load(nothingSealed)))
    expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(1)
    expect(keys[0]).toHaveLength(32)
    expect((await stat(join(dataDir, 'master-key'))).mode & 0o777).toBe(0o600)
    expect(await readdir(dataDir)).toEqual(['master-key'])
  })

  it('refuses a damaged file instead of making another key, which would lose every secret', async () => {
    await writeFile(join(dataDir, 'master-key'), 'short')
    await expect(load(nothingSealed)).rejects.toThrow('backup')
  })

  it('is not made anew where secrets are sealed under one that is missing', async () => {
    await expect(load(sealedUnder(old))).rejects.toThrow(/ROSETTE_DATA_DIR.*ROSETTE_MASTER_KEY/)
    expect(await readdir(dataDir)).toEqual([])
  })

  it('is refused when it opens nothing, with the names of both settings', async () => {
    for (const chosen of [undefined, next]) {
      const options = { dataDir, chosen, fitOf: sealedUnder(old) }
      const refused = assertKeyFits(next, options)
      await expect(refused).rejects.toThrow('opens none of the secrets')
      await expect(refused).rejects.toThrow('ROSETTE_MASTER_KEY')
      await expect(refused).rejects.toThrow('ROSETTE_DATA_DIR')
      await expect(refused).rejects.toThrow(join(dataDir, 'master-key'))
      await expect(assertKeyFits(old, options)).resolves.toBeUndefined()
    }
  })
})

describe('a change of the master key that was interrupted', () => {
  beforeEach(async () => {
    await writeCurrent(old)
    await writeNextKey(dataDir, next)
  })

  it('before its commit leaves the old key in use', async () => {
    expect(await load(sealedUnder(old))).toEqual(old)
    expect(await readKeyFiles(dataDir)).toEqual({ current: old, next: undefined })
  })

  it('after its commit ends with the next key in use, readable by its owner only', async () => {
    expect(await load(sealedUnder(next))).toEqual(next)
    expect(await readKeyFiles(dataDir)).toEqual({ current: next, next: undefined })
    expect((await stat(join(dataDir, 'master-key'))).mode & 0o777).toBe(0o600)
  })

  it('leaves the old key in use where nothing was sealed', async () => {
    expect(await load(nothingSealed)).toEqual(old)
    expect(await readKeyFiles(dataDir)).toEqual({ current: old, next: undefined })
  })

  it('keeps both keys when neither opens anything: this may be the wrong database', async () => {
    expect(await load(sealedUnder(Buffer.alloc(32, 3)))).toEqual(old)
    expect(await readKeyFiles(dataDir)).toEqual({ current: old, next })
  })

  it('ends well also when the old file is gone', async () => {
    await rm(join(dataDir, 'master-key'))
    expect(await load(sealedUnder(next))).toEqual(next)
    expect(await readKeyFiles(dataDir)).toEqual({ current: next, next: undefined })
  })

  it('is ended once by many processes that start together', async () => {
    const keys = await Promise.all(Array.from({ length: 8 }, () => load(sealedUnder(next))))
    expect(keys).toEqual(Array(8).fill(next))
    expect(await readKeyFiles(dataDir)).toEqual({ current: next, next: undefined })
  })
})

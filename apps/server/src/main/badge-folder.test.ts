import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { verifyCredential } from '@rosette/open-badges'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isFolder, verifyFolder } from './badge-folder.js'

const HOST = 'https://badges.example'
const badge = {
  recipient: 'ana@example.org',
  issued_on: '2014-01-01',
  badge: { name: 'A', issuer: { origin: HOST, name: 'Example' } },
}

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rosette-folder-'))
  mkdirSync(join(folder, 'b'))
  writeFileSync(join(folder, 'b', 'old.json'), JSON.stringify(badge))
  writeFileSync(join(folder, 'a.txt'), 'hello')
  writeFileSync(join(folder, '.hidden'), 'hello')
  symlinkSync(folder, join(folder, 'round'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a folder of badges', () => {
  it('is told file by file, with the first problem of each', async () => {
    const documents = () => Promise.reject(new Error('nothing'))
    const verify = (bytes: Uint8Array) => verifyCredential(bytes, { documents, now: new Date() })
    const onProgress = (done: number, all: number) => told.push(`${done}/${all}`)
    const told: string[] = []
    expect(await verifyFolder(folder, { verify, onProgress })).toEqual([
      {
        file: 'a.txt',
        kind: 'unrecognised',
        verdict: 'invalid',
        problem: expect.stringContaining('JSON'),
      },
      {
        file: join('b', 'old.json'),
        kind: 'Assertion 0.5',
        verdict: 'unknown',
        problem: expect.stringContaining('where it is hosted'),
      },
    ])
    expect(told).toEqual(['1/2', '2/2'])
  })

  it('is refused when nothing is in it', async () => {
    const empty = join(folder, '.empty')
    mkdirSync(empty)
    const verify = () => Promise.reject(new Error('nothing'))
    await expect(verifyFolder(empty, { verify })).rejects.toThrow(/holds no file/)
  })

  it('is told from a file, and from nothing', async () => {
    expect(await isFolder(folder)).toBe(true)
    expect(await isFolder(join(folder, 'a.txt'))).toBe(false)
    expect(await isFolder(join(folder, 'nowhere'))).toBe(false)
  })
})

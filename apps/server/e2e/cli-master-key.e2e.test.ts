import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { findFreePort } from '@rosette/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { holdKeyLock } from '../src/db/key-lock.js'
import { loadMasterKey } from '../src/db/master-key.js'
import { unseal } from '../src/db/sealed.js'
import { sealedIssuerKeys } from '../src/features/issuers/issuers.js'
import { fitWith } from '../src/features/master-key/master-key.js'
import { aBadge } from '../src/testing/sample-awards.js'
import { createTestApp, type TestApp } from '../src/testing/test-app.js'
import { buildServer, commandFile, rosette } from './run-cli.js'

let app: TestApp
let dataDir: string
let old: Buffer
let env: Record<string, string>

beforeAll(() => buildServer(), 300_000)
beforeEach(async () => {
  old = randomBytes(32)
  app = await createTestApp({ ROSETTE_MASTER_KEY: old.toString('base64') })
  for (let n = 0; n < 3; n += 1) await aBadge(app)
  dataDir = mkdtempSync(join(tmpdir(), 'rosette-cli-key-'))
  writeFileSync(join(dataDir, 'master-key'), old.toString('base64'), { mode: 0o600 })
  env = { DATABASE_URL: app.url, ROSETTE_DATA_DIR: dataDir, ROSETTE_LOG_LEVEL: 'error' }
  return async () => {
    await app.drop()
    rmSync(dataDir, { recursive: true, force: true })
  }
})

const keyInFile = () => Buffer.from(readFileSync(join(dataDir, 'master-key'), 'utf8'), 'base64')
const rotate = (more: Record<string, string> = {}, ...args: string[]) =>
  rosette(['rotate-master-key', ...args], { env: { ...env, ...more } })

async function assertAllOpen(key: Buffer): Promise<void> {
  const rows = await sealedIssuerKeys.list(app.db, 1000)
  expect(rows.length).toBeGreaterThanOrEqual(3)
  for (const { name, sealed } of rows) expect(unseal(sealed, name, key)).toMatch(/^z/)
}

const running = new Set<ChildProcess>()
afterAll(() => {
  for (const child of running) child.kill('SIGKILL')
})

/** Starts a process that goes on, and answers when it serves. */
async function serve(more: Record<string, string> = {}): Promise<() => Promise<void>> {
  const port = await findFreePort()
  const { PATH = '' } = process.env
  const child = spawn(process.execPath, [commandFile, 'serve'], {
    env: { PATH, ...env, PORT: String(port), ...more },
    stdio: 'ignore',
  })
  running.add(child)
  const ended = once(child, 'exit')
  for (;;) {
    if (child.exitCode !== null) throw new Error(`It ended with ${child.exitCode}.`)
    const answer = await fetch(`http://localhost:${port}/health/ready`).catch(() => undefined)
    if (answer?.ok) break
    await pause(100)
  }
  return async () => {
    child.kill('SIGTERM')
    await ended
    running.delete(child)
  }
}

describe('rosette rotate-master-key', () => {
  it('refuses while a server runs, is done when it has ended, and the server starts again', async () => {
    const stop = await serve()
    const refused = await rotate()
    expect(refused).toMatchObject({ code: 2, stdout: '' })
    expect(refused.stderr).toContain('Rosette is running on this database')
    expect(keyInFile()).toEqual(old)
    await stop()

    const done = await rotate()
    expect(done).toMatchObject({ code: 0, stderr: '' })
    expect(done.stdout).toContain('3 signing keys and 0 keys of provider accounts')
    expect(done.stdout).toContain(join(dataDir, 'master-key'))
    const key = keyInFile()
    expect(key).not.toEqual(old)
    expect(done.stdout).not.toContain(key.toString('base64'))
    await assertAllOpen(key)
    await (await serve())()
  })

  it('with the key in the settings asks for the next one, and says what to change', async () => {
    const ROSETTE_MASTER_KEY = old.toString('base64')
    const next = randomBytes(32)
    const ROSETTE_NEW_MASTER_KEY = next.toString('base64')
    const asked = await rotate({ ROSETTE_MASTER_KEY })
    expect(asked).toMatchObject({ code: 2, stdout: '' })
    expect(asked.stderr).toContain('ROSETTE_NEW_MASTER_KEY')
    const same = await rotate({ ROSETTE_MASTER_KEY, ROSETTE_NEW_MASTER_KEY: ROSETTE_MASTER_KEY })
    expect(same.code).toBe(2)

    const done = await rotate({ ROSETTE_MASTER_KEY, ROSETTE_NEW_MASTER_KEY })
    expect(done.code).toBe(0)
    expect(done.stdout).toContain('Now set ROSETTE_MASTER_KEY')
    expect(done.stdout + done.stderr).not.toContain(ROSETTE_NEW_MASTER_KEY)
    await assertAllOpen(next)
    const again = await rotate({ ROSETTE_MASTER_KEY, ROSETTE_NEW_MASTER_KEY }, '--json')
    expect(JSON.parse(again.stdout)).toEqual({
      issuerKeys: 0,
      providerAccounts: 0,
      badgeHosts: 0,
      wasDone: true,
      keyIsIn: 'setting',
    })

    const refused = await rosette(['serve'], { env: { ...env, ROSETTE_MASTER_KEY } })
    expect(refused.code).toBe(2)
    expect(refused.stderr).toContain('ROSETTE_MASTER_KEY opens none of the secrets')
    await (await serve({ ROSETTE_MASTER_KEY: ROSETTE_NEW_MASTER_KEY }))()
  })

  it('killed at any moment loses nothing', async () => {
    const before = Date.now()
    await rotate()
    const usual = Date.now() - before
    for (let n = 0; n < 12; n += 1) {
      const { PATH = '' } = process.env
      const args = [commandFile, 'rotate-master-key']
      const child = spawn(process.execPath, args, { env: { PATH, ...env }, stdio: 'ignore' })
      const ended = once(child, 'exit')
      await pause(usual * (0.5 + Math.random() * 0.5))
      child.kill('SIGKILL')
      await ended
      const lock = await holdKeyLock(app.pool, async () => {})
      const key = await loadMasterKey({ dataDir, chosen: undefined, fitOf: fitWith(app.db) })
      await lock.release()
      expect(keyInFile()).toEqual(key)
      await assertAllOpen(key)
    }
  })
})

it('a server whose key is in another folder says so and does not start', async () => {
  const elsewhere = mkdtempSync(join(tmpdir(), 'rosette-cli-key-'))
  try {
    const missing = await rosette(['serve'], { env: { ...env, ROSETTE_DATA_DIR: elsewhere } })
    expect(missing.code).toBe(2)
    expect(missing.stderr).toContain(`no master key in ${join(elsewhere, 'master-key')}`)
    writeFileSync(join(elsewhere, 'master-key'), randomBytes(32).toString('base64'))
    const wrong = await rosette(['work'], { env: { ...env, ROSETTE_DATA_DIR: elsewhere } })
    expect(wrong.code).toBe(2)
    expect(wrong.stderr).toContain('opens none of the secrets in this database')
    expect(wrong.stderr).toContain('ROSETTE_MASTER_KEY')
  } finally {
    rmSync(elsewhere, { recursive: true, force: true })
  }
})

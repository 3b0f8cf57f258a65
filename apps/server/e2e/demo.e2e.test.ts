import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { AxeBuilder } from '@axe-core/playwright'
import { createTestDatabase, type TestDatabase } from '@rosette/testkit'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildServer, commandFile, rosette } from './run-cli.js'

let folder: string
let database: TestDatabase
let platform: ChildProcess
let browser: Browser
let env: Record<string, string>
let origin: string

beforeAll(async () => {
  buildServer()
  folder = mkdtempSync(join(tmpdir(), 'rosette-demo-'))
  database = await createTestDatabase(async () => {})
  const port = await freePort()
  origin = `http://localhost:${port}`
  env = {
    BADGES_ENABLED: 'true',
    DATABASE_URL: database.url,
    PORT: String(port),
    ROSETTE_DATA_DIR: folder,
    ROSETTE_LOG_LEVEL: 'error',
  }
  const { PATH = '' } = process.env
  const args = [commandFile, 'serve', '--all']
  platform = spawn(process.execPath, args, { env: { ...env, PATH }, stdio: 'ignore' })
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
  await until(async () => (await fetch(`${origin}/health/live`)).ok, 60_000)
}, 300_000)
afterAll(async () => {
  await browser?.close()
  const ended = new Promise((resolve) => platform?.once('exit', resolve))
  platform?.kill('SIGTERM')
  await ended
  await database?.drop()
  rmSync(folder, { recursive: true, force: true })
})

describe('a platform that was just started', () => {
  it('shows a badge within ten seconds that anybody can verify', async () => {
    const started = Date.now()
    let award = ''
    await until(async () => {
      award = /\/public\/assertions\/[\w-]+/.exec(await startPage())?.[0] ?? ''
      const credential = `${origin}${award.replace('public/assertions', 'credentials')}`
      return award !== '' && (await fetch(credential)).ok
    }, 20_000)
    expect(Date.now() - started).toBeLessThan(10_000)
    const badge = `${origin}${award.replace('public/assertions', 'credentials')}`
    const { code, stdout } = await rosette(['verify', badge])
    expect(stdout).toMatch(/\nVALID\n$/)
    expect(code).toBe(0)
  })

  it('shows each of its badges earned within half a minute', async () => {
    await until(async () => !(await startPage()).includes('not earned yet'), 40_000)
  })

  it('follows along until the reader asks it to stop', async () => {
    expect((await fetch(`${origin}/`)).headers.get('refresh')).toBe('5')
    expect((await fetch(`${origin}/?live=no`)).headers.get('refresh')).toBeNull()
  })
})

describe('the start page', () => {
  it.each([
    { width: 360, colorScheme: 'light' as const },
    { width: 360, colorScheme: 'dark' as const },
    { width: 1200, colorScheme: 'light' as const },
    { width: 1200, colorScheme: 'dark' as const },
  ])('is accessible and fits at $width px, $colorScheme', async ({ width, colorScheme }) => {
    const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 } })
    const tab = await context.newPage()
    await tab.goto(`${origin}/?live=no`)
    const { violations } = await new AxeBuilder({ page: tab }).analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
    const sideways = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'
    expect(await tab.evaluate(sideways)).toBe(0)
    await context.close()
  })

  it('weighs little', async () => {
    expect(Buffer.byteLength(await startPage())).toBeLessThan(60_000)
  })
})

describe('rosette remove-demo', () => {
  it('ends the demo while it runs, for good', async () => {
    const { code, stdout } = await rosette(['remove-demo', '--json'], { env })
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ templates: 4, learners: 25 })
    await until(async () => (await fetch(`${origin}/`)).headers.get('refresh') === null, 20_000)
    await until(async () => (await startPage()).includes('There are no badges yet.'), 5_000)
    expect(await startPage()).toMatch(/Events received<\/dt><dd>0</)
  })
})

describe('rosette create-token', () => {
  it('makes a token that the API accepts', async () => {
    const { code, stdout } = await rosette(['create-token', '--name', 'test'], { env })
    expect(code).toBe(0)
    const headers = { authorization: `Bearer ${stdout.trim()}` }
    expect((await fetch(`${origin}/api/v1/organizations`, { headers })).status).toBe(200)
    const simulate = ['simulate', '--to', 'http', '--url', `${origin}/events`, '--count', '40']
    const sent = [...simulate, '--rate', '400/s', '--token', stdout.trim()]
    expect(await rosette(sent, { env })).toMatchObject({ code: 0, stderr: '40 events sent.\n' })
    expect((await rosette([...simulate, '--token', 'wrong'], { env })).code).toBe(2)
  })
})

async function startPage(): Promise<string> {
  return await (await fetch(`${origin}/?live=no`)).text()
}

async function until(holds: () => Promise<boolean>, withinMs: number): Promise<void> {
  const end = Date.now() + withinMs
  while (!(await holds().catch(() => false))) {
    if (Date.now() > end) throw new Error(`did not come true within ${withinMs} ms`)
    await delay(200)
  }
}

async function freePort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestDatabase, findFreePort, type TestDatabase } from '@rosette/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildServer, commandFile, rosette } from './run-cli.js'

let folder: string
let database: TestDatabase
let env: Record<string, string>
let origin: string

beforeAll(async () => {
  buildServer()
  folder = mkdtempSync(join(tmpdir(), 'rosette-accounts-'))
  database = await createTestDatabase(async () => {})
  const port = await findFreePort()
  origin = `http://localhost:${port}`
  env = {
    BADGES_ENABLED: 'true',
    DATABASE_URL: database.url,
    PORT: String(port),
    ROSETTE_DATA_DIR: folder,
    ROSETTE_LOG_LEVEL: 'error',
  }
}, 300_000)
afterAll(async () => {
  await database?.drop()
  rmSync(folder, { recursive: true, force: true })
})

/** Serves while the work lasts; the work is given what was printed at the start. */
async function serving(work: (printed: string) => Promise<void>): Promise<void> {
  const { PATH = '' } = process.env
  const platform = spawn(process.execPath, [commandFile, 'serve'], { env: { ...env, PATH } })
  const ended = new Promise((resolve) => platform.once('exit', resolve))
  try {
    let printed = ''
    await new Promise<void>((resolve, reject) => {
      platform.stdout.setEncoding('utf8').on('data', (text) => {
        printed += text
        if (/Event bus:[^\n]*\n(?:.*\n)*\n$/.test(printed)) resolve()
      })
      platform.once('exit', (code) => reject(new Error(`ended with ${code}: ${printed}`)))
    })
    await work(printed)
  } finally {
    platform.kill('SIGTERM')
    await ended
  }
}

const linkIn = (text: string) => /http:\S+\/console\/set-up#[\w-]{43}/.exec(text)?.[0] ?? ''

async function send(path: string, body: object, headers: Record<string, string> = {}) {
  const response = await fetch(`${origin}/api/v1/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  return { status: response.status, body: await response.json(), headers: response.headers }
}

const ada = {
  name: 'Ada Lovelace',
  email: 'ada@university.example',
  password: 'tea with seven spoons',
}

describe('rosette serve', () => {
  it('prints a link that makes the first administrator, and no token', async () => {
    await serving(async (printed) => {
      expect(linkIn(printed)).toContain(`${origin}/console/set-up#`)
      expect(printed).not.toMatch(/token/i)
      const secret = linkIn(printed).split('#')[1]
      const done = await send('set-up', { ...ada, secret, organizationName: 'Example U' })
      expect(done.status).toBe(201)
      const cookie = done.headers.get('set-cookie') ?? ''
      expect(cookie).not.toContain('Secure')
      const read = await fetch(`${origin}/api/v1/session`, {
        headers: { cookie: cookie.split(';')[0] ?? '' },
      })
      expect(await read.json()).toMatchObject({ user: { email: ada.email, isAdministrator: true } })
    })
    await serving(async (printed) => {
      expect(printed).toContain('Rosette is ready')
      expect(linkIn(printed)).toBe('')
    })
  })
})

describe('rosette create-administrator-link', () => {
  it('prints a link with which somebody gets back in', async () => {
    const made = await rosette(['create-administrator-link'], { env })
    expect(made).toMatchObject({ code: 0, stderr: '' })
    const secret = linkIn(made.stdout).split('#')[1]
    await serving(async () => {
      const password = 'coffee with two spoons'
      expect((await send('set-up', { ...ada, password, secret })).status).toBe(201)
      expect((await send('session', { email: ada.email, password: ada.password })).status).toBe(401)
      expect((await send('session', { email: ada.email, password })).status).toBe(200)
    })
  })
})

describe('rosette create-token', () => {
  it('narrows a token to an organization, a role and a time', async () => {
    const narrow = ['--organization', 'example-u', '--role', 'viewer', '--days', '30']
    const { code, stdout } = await rosette(['create-token', '--name', 'reports', ...narrow], {
      env,
    })
    expect(code).toBe(0)
    const authorization = `Bearer ${stdout.trim()}`
    await serving(async () => {
      const get = (path: string) =>
        fetch(`${origin}/api/v1/${path}`, { headers: { authorization } })
      expect((await get('issuers')).status).toBe(200)
      expect((await send('organizations', { name: 'Mine' }, { authorization })).status).toBe(403)
    })
    const unknown = await rosette(['create-token', '--organization', 'nowhere'], { env })
    expect(unknown.code).toBe(1)
    expect(unknown.stderr).toContain('nowhere')
    const both = ['create-token', '--role', 'viewer', '--permissions', 'award:read']
    expect((await rosette(both, { env })).code).not.toBe(0)
  })
})

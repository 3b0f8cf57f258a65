import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anAccountWithBadge, anIssuance } from '../src/testing/sample-issuances.js'
import { createTestApp, type TestApp } from '../src/testing/test-app.js'
import { buildServer, rosette } from './run-cli.js'

let app: TestApp
let env: Record<string, string>
let account: { readonly id: string; readonly number: number }
let failed: { readonly id: string }
let stopped: { readonly id: string }
let issued: { readonly id: string }

beforeAll(async () => {
  buildServer()
  app = await createTestApp()
  env = { DATABASE_URL: app.url, ROSETTE_MASTER_KEY: Buffer.alloc(32).toString('base64') }
  const there = await anAccountWithBadge(app)
  account = there.account
  const { templateId } = there
  failed = await anIssuance(
    app,
    { templateId, learner: { name: 'Bartholomew Featherstonehaugh the Younger' } },
    {
      state: 'failed',
      last_error: 'Credly answered 503.',
      remedy: 'It is tried again by itself; look at status.credly.com when it lasts.',
      next_try_at: '2040-01-02T03:04:05Z',
    },
  )
  stopped = await anIssuance(
    app,
    { templateId },
    { state: 'stopped', last_error: 'The learner has no e-mail address.' },
  )
  issued = await anIssuance(app, { templateId }, { state: 'issued' })
}, 300_000)
afterAll(() => app.drop())

async function stateOf({ id }: { readonly id: string }) {
  const row = app.db.selectFrom('issuance').select('state').where('id', '=', id)
  return (await row.executeTakeFirstOrThrow()).state
}

describe('rosette issuances', () => {
  it('is a table that fits a terminal, with the error and the remedy below', async () => {
    const { code, stdout } = await rosette(['issuances', '--failed'], { env })
    expect(code).toBe(0)
    const [header, row, ...explained] = stdout.trimEnd().split('\n')
    expect(header).toMatch(/^id +badge +learner +where +state +next try \(UTC\)$/)
    expect(row).toContain(failed.id.slice(0, 8))
    expect(row).toMatch(/Bartholomew F\w*… {2}Credly of the.* failed +2040-01-02 03:04$/)
    expect(explained.join(' ').replace(/\s+/g, ' ').trim()).toBe(
      'Credly answered 503. It is tried again by itself; look at status.credly.com when it lasts.',
    )
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(100)
  })

  it('is narrowed by state and by account', async () => {
    const ids = async (...args: string[]) => {
      const { stdout } = await rosette(['issuances', '--json', ...args], { env })
      return JSON.parse(stdout)
        .items.map(({ id }: { id: string }) => id)
        .sort()
    }
    expect(await ids()).toHaveLength(3)
    expect(await ids('--failed', '--stopped')).toEqual([failed.id, stopped.id].sort())
    expect(await ids('--state', 'issued', 'stopped')).toEqual([issued.id, stopped.id].sort())
    expect(await ids('--account', String(account.number))).toHaveLength(3)
    expect(await ids('--account', account.id, '--state', 'queued')).toEqual([])
    const more = await rosette(['issuances', '--limit', '1'], { env })
    expect(more.stdout).toContain('There are more')
    const none = await rosette(['issuances', '--state', 'queued'], { env })
    expect(none).toMatchObject({ code: 0, stdout: 'There are none.\n' })
  })

  it('refuses an account and a state that do not exist', async () => {
    const wrong = await rosette(['issuances', '--account', '4711'], { env })
    expect(wrong).toMatchObject({ code: 1, stdout: '' })
    expect(wrong.stderr).toContain('There is no provider account 4711.')
    expect((await rosette(['issuances', '--state', 'lost'], { env })).code).toBe(2)
  })
})

describe('rosette retry', () => {
  it('does nothing without being told what', async () => {
    for (const args of [[], ['--account', '1'], ['--all-failed', failed.id]]) {
      const { code, stderr } = await rosette(['retry', ...args], { env })
      expect(code).toBe(2)
      expect(stderr).toContain('Say what to try again')
    }
  })

  it('takes ids or how they begin, and says no to what has not failed', async () => {
    const short = failed.id.slice(0, 8)
    const both = await rosette(['retry', short, issued.id], { env })
    expect(both).toMatchObject({ code: 1, stdout: '1 issuance waits in the queue again.\n' })
    expect(both.stderr).toContain(`${issued.id} has neither failed nor stopped`)
    expect(await stateOf(failed)).toBe('queued')
    const unknown = await rosette(['retry', '00000000'], { env })
    expect(unknown).toMatchObject({ code: 1, stdout: '' })
    expect(unknown.stderr).toContain('There is no issuance 00000000.')
  })

  it('takes all of an account', async () => {
    const args = ['retry', '--all-failed', '--account', String(account.number)]
    const all = await rosette([...args, '--json'], { env })
    expect(JSON.parse(all.stdout)).toEqual({ retried: 1, notRetried: [] })
    expect(await stateOf(stopped)).toBe('queued')
    expect(await rosette(args, { env })).toMatchObject({ code: 0, stdout: 'Nothing has failed.\n' })
  })
})

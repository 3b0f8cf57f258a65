import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { log } from '../../telemetry/log.js'
import { type MailServer, startMailServer } from '../../testing/mail-server.js'
import { runTask } from '../../testing/run-task.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'
import { startWorker } from '../../workers/worker.js'

let app: TestApp
let server: MailServer
let organizationId: string
beforeAll(async () => {
  log.level = 'silent'
  server = await startMailServer()
  app = await createTestApp({
    ROSETTE_MAIL_URL: server.url,
    ROSETTE_MAIL_FROM: 'Rosette <rosette@example.org>',
    ROSETTE_MAIL_TO: 'ada@example.org, bo@example.org',
  })
  organizationId = await anOrganizationOf(app)
})
beforeEach(() => {
  server.mails.length = 0
})
afterAll(async () => {
  await server.stop()
  await app.drop()
})
afterEach(() => vi.restoreAllMocks())

const mail = () => runTask(app, 'mail-notices')
const open = (subject: string) =>
  app.notices.open(app.db, {
    kind: 'sync-failed',
    subject,
    organizationId,
    detail: { account: subject, provider: 'credly', reason: 'Größe' },
  })
const sentence = (subject: string) =>
  `The badge templates of the account "${subject}" could not be read at Credly: Größe.`

describe('notices', () => {
  it('go to all who run the platform in one mail, and only once', async () => {
    await open('one')
    await open('two')
    await mail()
    await mail()
    expect(server.mails).toEqual([
      {
        to: ['ada@example.org', 'bo@example.org'],
        subject: 'Rosette: 2 things need you',
        text: `- ${sentence('one')}\n\n- ${sentence('two')}\n\nSee to it at https://badges.example/console\n`,
      },
    ])
  })

  it('are mailed by the queue as soon as they are opened', async () => {
    const worker = await startWorker(app.pool, { tasks: app.tasks, schedule: [] })
    try {
      await open('at once')
      await vi.waitFor(() => expect(server.mails).toHaveLength(1), { timeout: 20_000 })
      expect(server.mails[0]).toMatchObject({ subject: 'Rosette: 1 thing needs you' })
    } finally {
      await worker.stop()
    }
  })

  it('wait while the server is down or refuses, and are mailed when it works', async () => {
    await open('patient')
    await server.stop()
    await expect(mail()).rejects.toThrow(/ECONNREFUSED/)
    await server.start()
    server.refuse('try again later')
    await expect(mail()).rejects.toThrow(/try again later/)
    server.refuse(undefined)
    await mail()
    expect(server.mails.map(({ text }) => text.split('\n')[0])).toEqual([
      `- ${sentence('patient')}`,
    ])
  })

  it('are not mailed when they are resolved before', async () => {
    await open('over')
    await app.notices.resolve(app.db, 'sync-failed', 'over')
    await mail()
    expect(server.mails).toEqual([])
  })

  it('are passed over by a second run while the first one is still sending', async () => {
    await open('slow')
    server.slowDown()
    const first = mail()
    await vi.waitFor(() => expect(server.waiting()).toBe(1), { timeout: 10_000 })
    await open('next')
    const second = mail()
    await vi.waitFor(() => expect(server.waiting()).toBe(2), { timeout: 10_000 })
    server.goOn()
    await Promise.all([first, second])
    const texts = server.mails.map(({ text }) => text.split('\n')[0])
    expect(texts.toSorted()).toEqual([`- ${sentence('next')}`, `- ${sentence('slow')}`])
  })
})

describe('without a mail server', () => {
  it('the log says once what needs a person', async () => {
    const silent = await createTestApp()
    try {
      const warn = vi.spyOn(log, 'warn')
      const of = { organizationId: await anOrganizationOf(silent), detail: {} }
      const notice = { ...of, kind: 'sync-failed', subject: 'somewhere/1' } as const
      await silent.notices.open(silent.db, notice)
      await silent.notices.open(silent.db, notice)
      await runTask(silent, 'mail-notices')
      expect(warn.mock.calls).toEqual([
        [
          { kind: 'sync-failed', subject: 'somewhere/1' },
          expect.stringContaining('could not be read'),
        ],
      ])
    } finally {
      await silent.drop()
    }
  })
})

async function anOrganizationOf(target: TestApp): Promise<string> {
  const values = { slug: 'arts', name: 'Arts' }
  const made = target.db.insertInto('organization').values(values).returning('id')
  return (await made.executeTakeFirstOrThrow()).id
}

import { sql } from 'kysely'
import { createApiClient } from './api-client.js'
import { startMailServer } from './mail-server.js'
import { openBrowser, secretIn } from './person.js'
import { runTask } from './run-task.js'
import { createTestApp } from './test-app.js'

const startOfTests = Date.parse('2026-05-01T08:00:00Z')

/** The real application with a mail server that keeps what it gets, and a clock that is set by hand. */
export async function openMailWorld(env: Readonly<Record<string, string>> = {}) {
  const server = await startMailServer()
  let time = startOfTests
  const settings = {
    ROSETTE_MAIL_URL: server.url,
    ROSETTE_MAIL_FROM: 'rosette@badges.example',
    ROSETTE_MAIL_TO: 'operator@badges.example',
    ...env,
  }
  const app = await createTestApp(settings, { now: () => new Date(time) })
  const api = await createApiClient(app)

  /** Does the queued jobs of a task that are due to anybody, once each. */
  async function work(task: string): Promise<void> {
    const { rows } = await sql<{ id: string; payload: unknown }>`
      delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t
      where t.id = j.task_id and t.identifier = ${task} returning j.id, j.payload`.execute(app.db)
    for (const { payload } of rows) await runTask(app, task, payload)
  }

  return {
    app,
    api,
    server,
    mails: server.mails,
    browse: () => openBrowser(api.server),
    work,
    /** What stands in the link of the last letter. */
    lastSecret: () => secretIn(linkIn(server.mails.at(-1)?.text)),
    now: () => time,
    advance(ms: number) {
      time += ms
    },
    reset() {
      time = startOfTests
      server.mails.length = 0
    },
    async close() {
      await api.server.close()
      await app.drop()
      await server.stop()
    },
  }
}

export type MailWorld = Awaited<ReturnType<typeof openMailWorld>>

/** The first address in a letter that has a secret. */
export function linkIn(text = ''): string {
  return /https:\S+#\S+/.exec(text)?.[0] ?? ''
}

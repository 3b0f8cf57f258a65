import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type ApiClient, anOrganization, createApiClient } from '../../testing/api-client.js'
import { type MailServer, startMailServer } from '../../testing/mail-server.js'
import { aPerson, aSignedIn, goodPassword, openBrowser, secretIn } from '../../testing/person.js'
import { runTask } from '../../testing/run-task.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

let mails: MailServer
let app: TestApp
let api: ApiClient
const start = Date.parse('2026-05-01T08:00:00Z')
let time = start
beforeAll(async () => {
  mails = await startMailServer()
  const env = {
    ROSETTE_MAIL_URL: mails.url,
    ROSETTE_MAIL_FROM: 'rosette@badges.example',
    ROSETTE_MAIL_TO: 'operator@badges.example',
  }
  app = await createTestApp(env, { now: () => new Date(time) })
  api = await createApiClient(app)
})
afterAll(async () => {
  await api.server.close()
  await app.drop()
  await mails.stop()
})
beforeEach(() => {
  time = start
  mails.mails.length = 0
})

const browse = () => openBrowser(api.server)
const task = 'mail-password-reset'
const linkIn = (text = '') => /https:\S+/.exec(text)?.[0] ?? ''

async function queued(): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from graphile_worker.jobs where task_identifier = ${task}
  `.execute(app.db)
  return rows[0]?.count ?? 0
}

describe('a forgotten password', () => {
  it('is replaced by a link in a mail, once, and all devices are signed out', async () => {
    const device = await aSignedIn(app, api.server)
    const { email } = device.user
    const asked = await browse().post('password-resets', { email: email.toUpperCase() })
    expect(asked).toMatchObject({ status: 202, body: { hasMail: true } })
    await runTask(app, task, { email: email.toUpperCase() })
    const [mail] = mails.mails
    expect(mail).toMatchObject({ to: [email], subject: 'Choose a new password for badges.example' })
    const link = linkIn(mail?.text)
    expect(link).toMatch(/^https:\/\/badges\.example\/console\/reset-password#[\w-]{43}$/)
    expect(mail?.html).toContain(`href="${link}"`)

    const secret = secretIn(link)
    const weak = await browse().post('password-resets/use', { secret, password: 'too short' })
    expect(weak.body.code).toBe('password-refused')
    const password = 'something else entirely'
    const done = await browse().post('password-resets/use', { secret, password })
    expect(done).toMatchObject({ status: 200, body: { email } })
    expect((await device.get('session')).status).toBe(401)
    expect((await browse().signIn(email)).status).toBe(401)
    expect((await browse().signIn(email, password)).status).toBe(200)
    const again = await browse().post('password-resets/use', { secret, password })
    expect(again).toMatchObject({ status: 410, body: { code: 'link-refused' } })
  })

  it('answers and queues the same for an address that nobody has, and mails nothing', async () => {
    const { email } = await aPerson(app)
    const before = await queued()
    const known = await browse().post('password-resets', { email })
    const unknown = await browse().post('password-resets', { email: 'nobody@university.example' })
    expect(unknown).toMatchObject({ status: 202, body: known.body })
    expect(await queued()).toBe(before + 2)
    await runTask(app, task, { email: 'nobody@university.example' })
    expect(mails.mails).toEqual([])
  })

  it('is no way into an account whose owner has proven another address than the one it names', async () => {
    const { id, email } = await aPerson(app)
    const real = {
      user_id: id,
      email: 'owner@elsewhere.example',
      proven_at: '2026-01-01T00:00:00Z',
    }
    await app.db.insertInto('user_address').values(real).execute()
    await runTask(app, task, { email })
    expect(mails.mails).toEqual([])
  })

  it('is of one use when two use the link at once', async () => {
    const { email } = await aPerson(app)
    await runTask(app, task, { email })
    const secret = secretIn(linkIn(mails.mails[0]?.text))
    const answers = await Promise.all(
      ['first of two passwords', 'second of two passwords'].map((password) =>
        browse().post('password-resets/use', { secret, password }),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 410])
  })

  it('is mailed again only after a while; the new link replaces the old, and both end', async () => {
    const { email } = await aPerson(app)
    await runTask(app, task, { email })
    await runTask(app, task, { email })
    expect(mails.mails).toHaveLength(1)
    time += 3 * 60_000
    await runTask(app, task, { email })
    const [first, second] = mails.mails.map(({ text }) => secretIn(linkIn(text)))
    const use = (secret = '') =>
      browse().post('password-resets/use', { secret, password: goodPassword })
    expect((await use(first)).body.title).toContain('replaced')
    time += 3_600_000
    expect((await use(second)).body.title).toContain('expired')
  })

  it('leaves no link behind when the mail server refuses, and tries again', async () => {
    const { email, id } = await aPerson(app)
    mails.refuse('not now')
    await expect(runTask(app, task, { email })).rejects.toThrow()
    mails.refuse(undefined)
    const links = app.db.selectFrom('one_time_link').select('id').where('user_id', '=', id)
    expect(await links.execute()).toEqual([])
    await runTask(app, task, { email })
    expect(mails.mails).toHaveLength(1)
  })

  it('is no way in for an account that is switched off', async () => {
    const { email, id } = await aPerson(app)
    await runTask(app, task, { email })
    const secret = secretIn(linkIn(mails.mails[0]?.text))
    const off = { disabled_at: new Date(time).toISOString() }
    await app.db.updateTable('app_user').set(off).where('id', '=', id).execute()
    const used = await browse().post('password-resets/use', { secret, password: goodPassword })
    expect(used.body.code).toBe('user-disabled')
    time += 600_000
    await runTask(app, task, { email })
    expect(mails.mails).toHaveLength(1)
  })
})

it('an administrator makes a link to hand over, which others may not', async () => {
  const administrator = await aSignedIn(app, api.server, { isAdministrator: true })
  const { id, email } = await aPerson(app)
  const made = await administrator.post(`users/${id}/reset-link`)
  expect(made).toMatchObject({ status: 201, body: { expiresAt: '2026-05-01T09:00:00.000Z' } })
  const used = await browse().post('password-resets/use', {
    secret: secretIn(made.body.link),
    password: 'handed over on paper',
  })
  expect(used.body).toEqual({ email })
  const other = await aSignedIn(app, api.server)
  expect((await other.post(`users/${id}/reset-link`)).status).toBe(403)
  const limited = await api.post('tokens', { name: 'users', permissions: ['user:edit'] })
  const headers = { authorization: `Bearer ${limited.body.token}` }
  const url = `/api/v1/users/${administrator.user.id}/reset-link`
  expect((await api.send({ method: 'POST', url, headers })).status).toBe(403)
})

it('a link to hand over is not made by whoever may not do what that person may', async () => {
  const { organizationId } = await anOrganization(api)
  const { id } = await aPerson(app, { roles: { [organizationId]: 'owner' } })
  const limited = await api.post('tokens', { name: 'users', permissions: ['user:edit'] })
  const headers = { authorization: `Bearer ${limited.body.token}` }
  const refused = await api.send({ method: 'POST', url: `/api/v1/users/${id}/reset-link`, headers })
  expect(refused).toMatchObject({ status: 403, body: { code: 'forbidden' } })
})

it('links that are of no more use are removed after a month', async () => {
  await app.people.setUp.makeLink('create-administrator-link')
  time += 40 * 86_400_000
  await runTask(app, 'remove-old-links')
  expect(await app.db.selectFrom('one_time_link').select('id').execute()).toEqual([])
})

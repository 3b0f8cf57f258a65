import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { inTransaction } from '../../db/database.js'
import { type ApiClient, anOrganization, createApiClient } from '../../testing/api-client.js'
import { type MailServer, startMailServer } from '../../testing/mail-server.js'
import { aPerson, aSignedIn, goodPassword, openBrowser, secretIn } from '../../testing/person.js'
import { runTask } from '../../testing/run-task.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'
import { holdAddress } from '../accounts/accounts.js'

let app: TestApp
let api: ApiClient
const start = Date.parse('2026-05-01T08:00:00Z')
let time = start
beforeAll(async () => {
  app = await createTestApp({}, { now: () => new Date(time) })
  api = await createApiClient(app)
})
afterAll(async () => {
  await api.server.close()
  await app.drop()
})
beforeEach(() => {
  time = start
})

const browse = () => openBrowser(api.server)
const newcomer = { name: 'Ada Lovelace', password: goodPassword }
let made = 0

async function anInvitation(role = 'editor') {
  made += 1
  const { organizationId } = await anOrganization(api)
  const owner = await aSignedIn(app, api.server, {
    roles: { [organizationId]: 'owner' },
    name: 'Olga',
  })
  const email = `guest${made}@university.example`
  const path = `organizations/${organizationId}/invitations`
  const sent = await owner.post(path, { email, role })
  return { organizationId, owner, email, path, sent, secret: secretIn(sent.body.link) }
}

describe('an invitation', () => {
  it('is a link to hand over where there is no mail, and makes an account that is a member', async () => {
    const { organizationId, owner, email, path, sent, secret } = await anInvitation()
    expect(sent).toMatchObject({
      status: 201,
      body: {
        organizationId,
        email,
        role: 'editor',
        createdBy: owner.user.email,
        mailedAt: null,
        isExpired: false,
        link: expect.stringMatching(/^https:\/\/badges\.example\/console\/invitation#[\w-]{43}$/),
      },
    })
    const browser = browse()
    const found = await browser.post('invitations/find', { secret })
    expect(found.body).toEqual({
      organization: { id: organizationId, name: expect.any(String) },
      role: 'editor',
      email,
      invitedBy: 'Olga',
      hasAccount: false,
      signedInAs: null,
    })
    const bare = await browser.post('invitations/accept', { secret })
    expect(bare).toMatchObject({
      status: 400,
      body: { faults: [{ path: 'name' }, { path: 'password' }] },
    })
    const joined = await browser.post('invitations/accept', { secret, ...newcomer })
    expect(joined).toMatchObject({
      status: 200,
      body: { user: { email }, organizations: [{ id: organizationId, role: 'editor' }] },
    })
    expect((await browser.get('session')).body).toEqual(joined.body)
    expect((await owner.get(path)).body.items).toEqual([])
    const log = await owner.get('audit-log?action=invitation')
    expect(log.body.items).toMatchObject([
      { action: 'invitation.accept', actor: email, organizationId },
      { action: 'invitation.create', actor: owner.user.email, organizationId },
    ])
  })

  it('is accepted once, also by two at once', async () => {
    const { secret, email } = await anInvitation()
    const accept = () => browse().post('invitations/accept', { secret, ...newcomer })
    const answers = await Promise.all([accept(), accept(), accept()])
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 410 || status === 409)).toHaveLength(2)
    const users = app.db.selectFrom('app_user').select('id').where('email', '=', email)
    expect(await users.execute()).toHaveLength(1)
  })

  it('is for its address: somebody signed in as another is told, an account is asked to sign in', async () => {
    const { secret, email, organizationId } = await anInvitation('viewer')
    const other = await aSignedIn(app, api.server)
    const refused = await other.post('invitations/accept', { secret })
    expect(refused).toMatchObject({ status: 409, body: { code: 'conflict' } })
    expect(refused.body.title).toContain(other.user.email)
    expect((await other.post('invitations/find', { secret })).body.signedInAs).toBe(
      other.user.email,
    )
    await aPerson(app, { email: email.toUpperCase() })
    const browser = browse()
    expect((await browser.post('invitations/find', { secret })).body.hasAccount).toBe(true)
    const stranger = await browser.post('invitations/accept', { secret, ...newcomer })
    expect(stranger).toMatchObject({ status: 409, body: { code: 'user-exists' } })
    await browser.signIn(email)
    const joined = await browser.post('invitations/accept', { secret })
    expect(joined.body.organizations).toMatchObject([{ id: organizationId, role: 'viewer' }])
  })

  it('to a further address of somebody is for their account, and makes no second one', async () => {
    const { secret, email, organizationId, owner, path } = await anInvitation('viewer')
    const ada = await aSignedIn(app, api.server)
    const values = { user_id: ada.user.id, email: email.toUpperCase() }
    const named = app.db.insertInto('user_address').values({ ...values, proven_at: null })
    await named.execute()
    // Naming an address is not enough.
    expect((await ada.post('invitations/accept', { secret })).body.code).toBe('conflict')
    expect((await ada.post('invitations/find', { secret })).body).toMatchObject({
      hasAccount: false,
      signedInAs: ada.user.email,
    })
    const proven = { proven_at: new Date(time).toISOString() }
    await app.db.updateTable('user_address').set(proven).where('email', '=', values.email).execute()
    const browser = browse()
    expect((await browser.post('invitations/find', { secret })).body).toMatchObject({
      hasAccount: true,
      signedInAs: null,
    })
    const second = await browser.post('invitations/accept', { secret, ...newcomer })
    expect(second).toMatchObject({ status: 409, body: { code: 'user-exists' } })
    expect((await ada.post('invitations/find', { secret })).body.signedInAs).toBe(email)
    const joined = await ada.post('invitations/accept', { secret })
    expect(joined).toMatchObject({
      status: 200,
      body: {
        user: { email: ada.user.email },
        organizations: [{ id: organizationId, role: 'viewer' }],
      },
    })
    const again = await owner.post(path, { email, role: 'editor' })
    expect(again).toMatchObject({ status: 409, body: { code: 'member-exists' } })
  })

  it('is for whoever has proven the address, not for an account that only names it', async () => {
    const { secret, email } = await anInvitation('viewer')
    const pretender = await aSignedIn(app, api.server, { email })
    const { id: user_id } = await aPerson(app)
    const proven_at = new Date(time).toISOString()
    await app.db.insertInto('user_address').values({ user_id, email, proven_at }).execute()
    const refused = await pretender.post('invitations/accept', { secret })
    expect(refused).toMatchObject({ status: 409, body: { code: 'conflict' } })
  })

  it('makes no account for an address that is proven at the same time', async () => {
    const { secret, email } = await anInvitation('viewer')
    const { id: user_id } = await aPerson(app)
    const proven_at = new Date(time).toISOString()
    const answer = await inTransaction(app.db, async (tx) => {
      await holdAddress(tx, email)
      const accepting = browse().post('invitations/accept', { secret, ...newcomer })
      // Long enough for it to find that nobody has the address, and to come to where it waits.
      await pause(500)
      await tx.insertInto('user_address').values({ user_id, email, proven_at }).execute()
      return { accepting }
    }).then(({ accepting }) => accepting)
    expect(answer).toMatchObject({ status: 409, body: { code: 'user-exists' } })
    const made = app.db.selectFrom('app_user').select('id').where('email', '=', email)
    expect(await made.execute()).toEqual([])
  })

  it('is sent again with a new link, changed by a second one, withdrawn, and ends after a week', async () => {
    const { owner, email, path, sent, secret } = await anInvitation()
    const find = async (of: string) =>
      (await browse().post('invitations/find', { secret: of })).status
    const again = await owner.post(`invitations/${sent.body.id}/resend`)
    expect(await find(secret)).toBe(410)
    expect(await find(secretIn(again.body.link))).toBe(200)
    const changed = await owner.post(path, { email: email.toUpperCase(), role: 'viewer' })
    expect(changed.body).toMatchObject({ id: sent.body.id, role: 'viewer' })
    expect((await owner.get(path)).body.items).toHaveLength(1)
    time += 7 * 86_400_000
    expect(await find(secretIn(changed.body.link))).toBe(410)
    expect((await owner.get(path)).body.items).toMatchObject([{ isExpired: true }])
    const fresh = await owner.post(`invitations/${sent.body.id}/resend`)
    expect(await find(secretIn(fresh.body.link))).toBe(200)
    const stranger = await anInvitation()
    const foreign = await stranger.owner.delete(`invitations/${sent.body.id}`)
    expect(foreign).toMatchObject({ status: 404, body: { code: 'invitation-not-found' } })
    expect((await owner.delete(`invitations/${sent.body.id}`)).status).toBe(204)
    expect(await find(secretIn(fresh.body.link))).toBe(410)
    expect((await owner.delete(`invitations/${sent.body.id}`)).status).toBe(404)
  })

  it('is one, when two invite the same person at once', async () => {
    const { owner, path } = await anInvitation()
    const invite = (role: string) => owner.post(path, { email: 'both@university.example', role })
    const answers = await Promise.all([invite('viewer'), invite('staff')])
    expect(answers.map(({ status }) => status)).toEqual([201, 201])
    const open = (await owner.get(path)).body.items
    expect(open.filter((one: { email: string }) => one.email.startsWith('both'))).toHaveLength(1)
  })

  it('is not for members, and not given by those who may not', async () => {
    const { owner, path, organizationId } = await anInvitation()
    const again = await owner.post(path, { email: owner.user.email, role: 'viewer' })
    expect(again).toMatchObject({ status: 409, body: { code: 'member-exists' } })
    const editor = await aSignedIn(app, api.server, { roles: { [organizationId]: 'editor' } })
    const refused = await editor.post(path, { email: 'x@university.example', role: 'viewer' })
    expect(refused.status).toBe(403)
    expect((await editor.get(path)).status).toBe(403)
    expect((await browse().post('invitations/find', { secret: 'x'.repeat(43) })).status).toBe(410)
  })
})

describe('by mail', () => {
  let mails: MailServer
  let mailing: TestApp
  let server: ApiClient
  beforeAll(async () => {
    mails = await startMailServer()
    mailing = await createTestApp({
      ROSETTE_MAIL_URL: mails.url,
      ROSETTE_MAIL_FROM: 'rosette@badges.example',
      ROSETTE_MAIL_TO: 'operator@badges.example',
    })
    server = await createApiClient(mailing)
  })
  afterAll(async () => {
    await server.server.close()
    await mailing.drop()
    await mails.stop()
  })

  it('the link goes to the address alone, with a secret of its own', async () => {
    const { organizationId } = await anOrganization(server)
    const body = { email: 'guest@university.example', role: 'staff' }
    const sent = await server.post(`organizations/${organizationId}/invitations`, body)
    expect(sent.body).toMatchObject({ link: null, mailedAt: null })
    await runTask(mailing, 'mail-invitation', { id: sent.body.id })
    await runTask(mailing, 'mail-invitation', { id: sent.body.id })
    expect(mails.mails).toHaveLength(1)
    const [mail] = mails.mails
    expect(mail).toMatchObject({ to: ['guest@university.example'] })
    expect(mail?.text).toContain('as a member of staff')
    const secret = secretIn(/https:\S+/.exec(mail?.text ?? '')?.[0] ?? null)
    const browser = openBrowser(server.server)
    expect((await browser.post('invitations/find', { secret })).status).toBe(200)
    const list = await server.get(`organizations/${organizationId}/invitations`)
    expect(list.body.items).toMatchObject([{ mailedAt: expect.any(String) }])
    const joined = await browser.post('invitations/accept', { secret, ...newcomer })
    expect(joined.body.organizations).toMatchObject([{ id: organizationId, role: 'staff' }])
  })
})

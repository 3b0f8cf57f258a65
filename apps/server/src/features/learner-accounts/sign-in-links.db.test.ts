import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openBadgrClient } from '../../testing/badgr-client.js'
import { anApplication } from '../../testing/connected-application.js'
import { linkIn, type MailWorld, openMailWorld } from '../../testing/mail-world.js'
import { aPerson, goodPassword, openBrowser } from '../../testing/person.js'
import { runTask } from '../../testing/run-task.js'
import { anEarned, anImported, proveMail } from '../../testing/sample-backpack.js'

let world: MailWorld
const task = 'mail-sign-in-link'
const minute = 60_000
beforeAll(async () => {
  world = await openMailWorld()
})
afterAll(() => world.close())
beforeEach(() => world.reset())

let made = 0
const newAddress = () => {
  made += 1
  return `newcomer${made}@learners.example`
}

async function letterTo(email: string, more: object = {}): Promise<string> {
  const asked = await world.browse().post('sign-in-links', { email, ...more })
  expect(asked.status, JSON.stringify(asked.body)).toBe(202)
  await world.work(task)
  return world.lastSecret()
}
const use = (secret: string) => world.browse().post('sign-in-links/use', { secret })
const userOf = (email: string) =>
  world.app.db.selectFrom('app_user').selectAll().where('email', '=', email).executeTakeFirst()

describe('signing in with a link by mail', () => {
  it('is offered where there is mail', async () => {
    expect((await world.browse().get('sign-in-options')).body.mailLink).toBe(true)
  })

  it('makes the account the first time, finds the badges that waited, and works once', async () => {
    const email = newAddress()
    const learner = { email: email.toUpperCase(), name: 'Nia Newcomer' }
    const { awardId } = await anEarned(world.app, learner)
    const secret = await letterTo(email, { to: '/backpack/badges/1' })
    expect(world.mails.at(-1)).toMatchObject({
      to: [email],
      subject: 'Your link to badges.example',
    })
    expect(linkIn(world.mails.at(-1)?.text)).toMatch(
      /^https:\/\/badges\.example\/backpack\/enter#[\w-]{43}$/,
    )

    const browser = world.browse()
    const entered = await browser.post('sign-in-links/use', { secret })
    expect(entered).toMatchObject({
      status: 200,
      body: { to: '/backpack/badges/1', isNewAccount: true },
    })
    expect(entered.body.session.user).toMatchObject({
      email,
      name: 'Nia Newcomer',
      hasPassword: false,
      isAdministrator: false,
    })
    expect(entered.body.session.organizations).toEqual([])
    const backpack = await browser.get('backpack/badges')
    expect(backpack.body.items.map(({ id }: { id: string }) => id)).toEqual([awardId])
    expect(await use(secret)).toMatchObject({ status: 410, body: { code: 'link-refused' } })
    expect((await userOf(email))?.email_proven_at).not.toBeNull()
  })

  it('lets in whoever has an account, by any spelling and any proven address', async () => {
    const { id, email } = await aPerson(world.app)
    await proveMail(world.app, id)
    const second = newAddress()
    await world.app.db
      .insertInto('user_address')
      .values({ user_id: id, email: second, proven_at: '2026-01-01T00:00:00Z' })
      .execute()
    const entered = await use(await letterTo(second.toUpperCase()))
    expect(world.mails.at(-1)?.to).toEqual([second])
    expect(entered.body).toMatchObject({ isNewAccount: false, session: { user: { id } } })
    world.advance(2 * minute)
    expect((await use(await letterTo(email.toUpperCase()))).body.session.user.id).toBe(id)
  })

  it('takes an account over that somebody else has prepared, and ends what they had', async () => {
    const { email } = await aPerson(world.app)
    const other = openBrowser(world.api.server)
    await other.signIn(email)
    expect((await use(await letterTo(email))).status).toBe(200)
    expect((await other.get('session')).status).toBe(401)
    expect((await world.browse().signIn(email, goodPassword)).status).toBe(401)
  })

  it('ends what programs and applications were let into by whoever prepared the account', async () => {
    const { id, email } = await aPerson(world.app)
    const other = openBrowser(world.api.server)
    await other.signIn(email)
    const [{ token }] = (await other.get('/v2/auth/token')).body.result
    const { server } = world.api
    const program = openBadgrClient(server, `Token ${token}`)
    const { accessToken } = await (await anApplication(server)).connect(other)
    const application = openBadgrClient(server, `Bearer ${accessToken}`)
    const read = () => application.get('/ims/ob/v3p0/credentials')
    expect((await program.get('/v2/backpack/assertions')).status).toBe(200)
    expect((await read()).status).toBe(200)

    const { awardId } = await anEarned(world.app, { email, name: 'Nia' })
    const owner = world.browse()
    const secret = await letterTo(email)
    expect((await owner.post('sign-in-links/use', { secret })).body.session.user.id).toBe(id)
    expect((await owner.get('backpack/badges')).body.items).toMatchObject([{ id: awardId }])
    expect((await program.get('/v2/backpack/assertions')).status).toBe(401)
    expect((await read()).status).toBe(401)
    expect((await owner.get('me/applications')).body.items).toEqual([])
  })

  it('leaves the password alone once the address is proven', async () => {
    const { id, email } = await aPerson(world.app)
    await proveMail(world.app, id)
    expect((await use(await letterTo(email))).status).toBe(200)
    expect((await world.browse().signIn(email, goodPassword)).status).toBe(200)
  })

  it('leaves an account to its owner who has proven another address, and makes a new one', async () => {
    const { id, email } = await aPerson(world.app)
    const real = newAddress()
    await world.app.db
      .insertInto('user_address')
      .values({ user_id: id, email: real, proven_at: '2026-01-01T00:00:00Z' })
      .execute()
    const entered = await use(await letterTo(email))
    expect(entered.body.isNewAccount).toBe(true)
    expect(entered.body.session.user.id).not.toBe(id)
    const before = await userOf(real)
    expect(before).toMatchObject({ id, email: real })
    expect(before?.password_hash).not.toBeNull()
  })

  it('answers the same for known, unknown and switched-off addresses, and mails the last nothing', async () => {
    const { id, email } = await aPerson(world.app)
    const disabled = { disabled_at: '2026-01-01T00:00:00Z' }
    await world.app.db.updateTable('app_user').set(disabled).where('id', '=', id).execute()
    const answers = [email, newAddress()].map((one) =>
      world.browse().post('sign-in-links', { email: one }),
    )
    const [off, unknown] = await Promise.all(answers)
    expect(off?.body).toEqual(unknown?.body)
    await world.work(task)
    expect(world.mails.map(({ to }) => to)).not.toContainEqual([email])
    expect(world.mails).toHaveLength(1)
  })

  it('is refused to whoever is switched off while the letter is on its way', async () => {
    const { id, email } = await aPerson(world.app)
    const secret = await letterTo(email)
    const disabled = { disabled_at: '2026-01-01T00:00:00Z' }
    await world.app.db.updateTable('app_user').set(disabled).where('id', '=', id).execute()
    expect((await use(secret)).body.code).toBe('user-disabled')
    expect((await userOf(email))?.email_proven_at).toBeNull()
  })

  it('works for half an hour', async () => {
    const secret = await letterTo(newAddress())
    world.advance(30 * minute)
    expect((await use(secret)).body.title).toContain('expired')
  })

  it('fills nobody’s mailbox: one a minute, ten an hour', async () => {
    const email = newAddress()
    const ask = () => runTask(world.app, task, { email, language: null, to: null })
    await Promise.all([ask(), ask()])
    expect(world.mails).toHaveLength(1)
    for (let n = 0; n < 15; n += 1) {
      world.advance(minute)
      await ask()
    }
    expect(world.mails).toHaveLength(10)
  })

  it('bounds how often one address asks or tries', async () => {
    const browser = world.browse()
    const email = newAddress()
    const statuses: number[] = []
    for (let n = 0; n < 31; n += 1) {
      const path = n % 2 === 0 ? 'sign-in-links' : 'sign-in-links/use'
      const body = n % 2 === 0 ? { email } : { secret: 'a guess' }
      statuses.push((await browser.post(path, body)).status)
    }
    expect(statuses.slice(0, 30).every((status) => status === 202 || status === 410)).toBe(true)
    expect(statuses[30]).toBe(429)
  })

  it('leaves no link behind when the mail server refuses', async () => {
    const email = newAddress()
    world.server.refuse('try again later')
    const payload = { email, language: 'ar', to: null }
    await expect(runTask(world.app, task, payload)).rejects.toThrow(/try again later/)
    world.server.refuse(undefined)
    await runTask(world.app, task, payload)
    expect(world.mails).toMatchObject([{ subject: expect.stringContaining('رابط الدخول') }])
    const links = world.app.db.selectFrom('one_time_link').select('id').where('email', '=', email)
    expect(await links.execute()).toHaveLength(1)
  })

  it('makes one account when two links for one address are used at once', async () => {
    const email = newAddress()
    const first = await letterTo(email)
    world.advance(2 * minute)
    const second = await letterTo(email)
    const answers = await Promise.all([use(first), use(second)])
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    const [one, two] = answers.map(({ body }) => body.session.user.id)
    expect(one).toBe(two)
    const again = await letterTo(newAddress())
    const both = await Promise.all([use(again), use(again)])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 410])
  })

  it.each(['https://evil.example/', '//evil.example', '/api/v1/session', '/consolex', '/\\evil'])(
    'leads nowhere else: %s',
    async (to) => {
      const entered = await use(await letterTo(newAddress(), { to }))
      expect(entered.body.to).toBeNull()
    },
  )

  it.each([
    { email: 'nobody' },
    { email: '' },
    { email: 'a@b.example', more: 1 },
    { email: 'a\r\nBcc: b@c.example' },
    { email: 'a@b.example', language: 'x'.repeat(40) },
  ])('refuses %j', async (body) => {
    expect((await world.browse().post('sign-in-links', body)).status).toBe(400)
  })

  it('refuses secrets that are none, of other links, and requests from other sites', async () => {
    for (const secret of ['none', 'x'.repeat(200), '\u0000']) {
      expect([400, 410]).toContain((await use(secret)).status)
    }
    const { email } = await aPerson(world.app)
    await runTask(world.app, 'mail-password-reset', { email })
    expect((await use(world.lastSecret())).body.code).toBe('link-refused')
    const secret = await letterTo(newAddress())
    const foreign = await world.browse().send({
      method: 'POST',
      url: '/api/v1/sign-in-links/use',
      payload: { secret },
      headers: { 'sec-fetch-site': 'cross-site' },
    })
    expect(foreign.status).toBe(403)
    expect((await use(secret)).status).toBe(200)
  })
})

describe('where learners may not make accounts', () => {
  it('only those come in who have one', async () => {
    const closed = await openMailWorld({ ROSETTE_LEARNER_SIGN_UP: 'false' })
    try {
      const { email } = await aPerson(closed.app)
      for (const one of [email, newAddress()]) {
        expect((await closed.browse().post('sign-in-links', { email: one })).status).toBe(202)
      }
      await closed.work(task)
      expect(closed.mails.map(({ to }) => to)).toEqual([[email]])
    } finally {
      await closed.close()
    }
  })
})

describe('an imported badge that waits for the address of an account', () => {
  it('is kept once the address is proven, by whatever letter', async () => {
    for (const task of ['mail-password-reset', 'mail-sign-in-link']) {
      const { id, email } = await aPerson(world.app)
      const entry = await anImported(world.app, id, { state: 'waiting' })
      const recipient = { type: 'email', identity: email, hashed: false }
      await world.app.db
        .updateTable('backpack_entry')
        .set({ text: JSON.stringify({ recipient }) })
        .where('id', '=', entry)
        .execute()
      await runTask(world.app, task, { email, language: null, to: null })
      const secret = world.lastSecret()
      const isReset = task === 'mail-password-reset'
      const used = isReset
        ? await world
            .browse()
            .post('password-resets/use', { secret, password: 'a fresh start now' })
        : await use(secret)
      expect(used.status).toBe(200)
      const entries = world.app.db.selectFrom('backpack_entry').select('state')
      expect(await entries.where('id', '=', entry).execute()).toEqual([{ state: 'kept' }])
    }
  })
})

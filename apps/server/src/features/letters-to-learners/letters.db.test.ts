import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { inTransaction } from '../../db/database.js'
import { log } from '../../telemetry/log.js'
import { linkIn, type MailWorld, openMailWorld } from '../../testing/mail-world.js'
import { aPerson, aSignedIn, secretIn } from '../../testing/person.js'
import { runTask } from '../../testing/run-task.js'
import { aBadge, anAward } from '../../testing/sample-awards.js'
import { proveMail } from '../../testing/sample-backpack.js'
import { queueLetter } from '../learner-accounts/learner-accounts.js'

let world: MailWorld
const task = 'mail-new-badges'
const minute = 60_000
const today = '2026-05-01T07:00:00.000000Z'
beforeAll(async () => {
  log.level = 'silent'
  world = await openMailWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  world.reset()
  await sql`delete from award_letter`.execute(world.app.db)
})

let made = 0
function newLearner(more: object = {}) {
  made += 1
  const email = `earner${made}@learners.example`
  return { username: `earner${made}-${randomUUID()}`, email, name: `Earner ${made}`, ...more }
}
type Learner = ReturnType<typeof newLearner>

const issue = (awardId: string) =>
  world.app.issuances.issue({ awardId }, { number: 1, isLast: false })
const mail = () => runTask(world.app, task)
const mailedAt = async (awardId: string) => {
  const awards = world.app.db.selectFrom('award').select('mailed_at').where('id', '=', awardId)
  return (await awards.executeTakeFirstOrThrow()).mailed_at
}
const waiting = async () =>
  (await world.app.db.selectFrom('award_letter').select('award_id').execute()).length

async function earned(learner: Learner, more: { name?: string; awardedAt?: string } = {}) {
  const { awardedAt = today, ...badge } = more
  const { templateId } = await aBadge(world.app, badge)
  const awardId = await anAward(world.app, { templateId, learner, awardedAt })
  await issue(awardId)
  return { awardId, templateId }
}

/** One more award to the same learner. */
async function another(learner: Learner, name: string): Promise<string> {
  const { templateId } = await aBadge(world.app, { name })
  const awardId = await anAward(world.app, {
    templateId,
    learner: newLearner({ email: '' }),
    awardedAt: today,
  })
  await sql`update award set learner_id = (select id from learner where username = ${learner.username})
    where id = ${awardId}::uuid`.execute(world.app.db)
  const queued_at = new Date(world.now()).toISOString()
  await world.app.db.insertInto('award_letter').values({ award_id: awardId, queued_at }).execute()
  await issue(awardId)
  return awardId
}

describe('the letter about a new badge', () => {
  it('goes out a minute later, once, and signs the learner in', async () => {
    const learner = newLearner()
    const { awardId } = await earned(learner, { name: 'Data & Analysis' })
    await mail()
    expect(world.mails).toEqual([])
    world.advance(minute)
    await mail()
    await mail()
    expect(world.mails).toHaveLength(1)
    const [letter] = world.mails
    expect(letter).toMatchObject({
      to: [learner.email],
      subject: 'You have earned a badge: Data & Analysis',
    })
    expect(letter?.text).toContain(`Hello ${learner.name},`)
    expect(letter?.text).toContain('https://badges.example/public/assertions/')
    const picture = /src="https:\/\/badges\.example(\/public\/badges\/[^"]+)"/.exec(
      letter?.html ?? '',
    )
    const image = await world.browse().get(picture?.[1] ?? '')
    expect(image.headers['content-type']).toBe('image/png')
    expect(await mailedAt(awardId)).toBe('2026-05-01T08:01:00Z')

    const secret = secretIn(linkIn(letter?.text))
    world.advance(13 * 24 * 60 * minute)
    const entered = await world.browse().post('sign-in-links/use', { secret })
    expect(entered).toMatchObject({
      status: 200,
      body: { to: '/backpack', isNewAccount: true, session: { user: { email: learner.email } } },
    })
  })

  it('tells of all that came together, in one', async () => {
    const learner = newLearner()
    const { awardId } = await earned(learner, { name: 'One' })
    const second = await another(learner, 'Two')
    const third = await another(learner, 'Three')
    world.advance(minute)
    await mail()
    expect(world.mails).toMatchObject([{ subject: 'You have earned 3 badges' }])
    for (const name of ['One', 'Two', 'Three']) expect(world.mails[0]?.text).toContain(name)
    for (const id of [awardId, second, third]) expect(await mailedAt(id)).not.toBeNull()
  })

  it('waits until nothing has come for a minute, but ten minutes at most', async () => {
    const learner = newLearner()
    await earned(learner)
    for (let n = 0; n < 10; n += 1) {
      world.advance(minute - 1)
      await mail()
      if (n < 9) expect(world.mails).toEqual([])
      await another(learner, `More ${n}`)
    }
    world.advance(minute)
    await mail()
    expect(world.mails).toHaveLength(1)
  })

  it('waits until the badge is signed, and is dropped when the award is taken back before', async () => {
    const { templateId } = await aBadge(world.app)
    const awardId = await anAward(world.app, {
      templateId,
      learner: newLearner(),
      awardedAt: today,
    })
    world.advance(2 * minute)
    await mail()
    expect(world.mails).toEqual([])
    expect(await waiting()).toBe(1)
    const revoked = { status: 'revoked', revoked_at: today } as const
    await world.app.db.updateTable('award').set(revoked).where('id', '=', awardId).execute()
    await mail()
    expect(await waiting()).toBe(0)
  })

  it('is not written about old awards, invented learners, without an address or of a provider', async () => {
    await earned(newLearner(), { awardedAt: '2026-03-01T00:00:00.000000Z' })
    await earned(newLearner({ email: '' }))
    await earned(newLearner({ is_demo: true }))
    const elsewhere = await aBadge(world.app)
    const awardId = await anAward(world.app, {
      templateId: elsewhere.templateId,
      learner: newLearner(),
      awardedAt: today,
    })
    await sql`update issuance set target = 'credly' where award_id = ${awardId}::uuid`.execute(
      world.app.db,
    )
    await sql`update issuance set state = 'issued' where award_id = ${awardId}::uuid`.execute(
      world.app.db,
    )
    world.advance(minute)
    await mail()
    expect(world.mails).toEqual([])
  })

  it('is written about an old award when somebody asks for it', async () => {
    const { awardId } = await earned(newLearner(), { awardedAt: '2025-03-01T00:00:00.000000Z' })
    await inTransaction(world.app.db, (tx) => queueLetter(tx, awardId, { even: true }))
    await sql`update award_letter set queued_at = '2026-05-01T08:00:00Z'`.execute(world.app.db)
    world.advance(minute)
    await mail()
    expect(world.mails).toHaveLength(1)
  })

  it('goes to the address that the account prefers, in its language', async () => {
    const learner = newLearner()
    const user = await aPerson(world.app, { email: `preferred${made}@learners.example` })
    await proveMail(world.app, user.id)
    const proven = { user_id: user.id, email: learner.email, proven_at: today }
    await world.app.db.insertInto('user_address').values(proven).execute()
    const preferences = JSON.stringify({ language: 'ar-EG' })
    await world.app.db
      .updateTable('app_user')
      .set({ preferences })
      .where('id', '=', user.id)
      .execute()
    await earned(learner)
    world.advance(minute)
    await mail()
    expect(world.mails).toMatchObject([
      { to: [user.email], subject: expect.stringContaining('حصلت على شارة') },
    ])
    expect(world.mails[0]?.html).toContain('dir="rtl"')
  })

  it('is in the language of the badge where nobody has chosen one', async () => {
    const { templateId } = await aBadge(world.app)
    const values = { language: 'ar' }
    await world.app.db
      .updateTable('badge_template')
      .set(values)
      .where('id', '=', templateId)
      .execute()
    await issue(await anAward(world.app, { templateId, learner: newLearner(), awardedAt: today }))
    world.advance(minute)
    await mail()
    expect(world.mails[0]?.html).toContain('<html lang="ar" dir="rtl">')
  })

  it('signs nobody in who works for an organization, then or later', async () => {
    const made = await world.api.post('organizations', { name: `Arts ${randomUUID()}` })
    const member = await aPerson(world.app, { roles: { [made.body.id]: 'viewer' } })
    await proveMail(world.app, member.id)
    await earned(newLearner({ email: member.email }))
    const later = newLearner()
    await earned(later)
    world.advance(minute)
    await mail()
    const textTo = (email: string) => world.mails.find(({ to }) => to.includes(email))?.text ?? ''
    expect(linkIn(textTo(member.email))).toBe('')
    expect(textTo(member.email)).toContain('https://badges.example/backpack\n')
    await aPerson(world.app, { email: later.email, roles: { [made.body.id]: 'owner' } })
    const secret = secretIn(linkIn(textTo(later.email)))
    expect((await world.browse().post('sign-in-links/use', { secret })).body.code).toBe(
      'link-refused',
    )
  })

  it('waits while the server is down, and one that is refused holds up no other', async () => {
    const [refused, fine] = [newLearner(), newLearner()]
    const first = await earned(refused)
    const second = await earned(fine)
    world.advance(minute)
    await world.server.stop()
    await expect(mail()).rejects.toThrow(/ECONNREFUSED/)
    expect(await waiting()).toBe(2)
    await world.server.start()
    world.server.refuseAddress(refused.email)
    await mail()
    expect(world.mails.map(({ to }) => to)).toEqual([[fine.email]])
    expect(await mailedAt(second.awardId)).not.toBeNull()
    expect(await mailedAt(first.awardId)).toBeNull()
    world.server.refuseAddress('nobody')
    await mail()
    expect(world.mails).toHaveLength(1)
    world.advance(6 * minute)
    await mail()
    expect(world.mails).toHaveLength(2)
  })

  it('is given up after ten refusals', async () => {
    const learner = newLearner()
    await earned(learner)
    world.server.refuseAddress(learner.email)
    for (let n = 0; n < 10; n += 1) {
      world.advance(61 * 60 * minute)
      await mail()
    }
    expect(await waiting()).toBe(0)
    world.server.refuseAddress('nobody')
  })

  it('is sent once by two workers at once', async () => {
    await earned(newLearner())
    world.advance(minute)
    world.server.slowDown()
    const first = mail()
    await vi.waitFor(() => expect(world.server.waiting()).toBe(1), { timeout: 10_000 })
    await mail()
    world.server.goOn()
    await first
    expect(world.mails).toHaveLength(1)
    expect(await waiting()).toBe(0)
  })
})

describe('a worker that is killed', () => {
  it('between the yes of the server and its own writes once more, and never forgets', async () => {
    const { awardId } = await earned(newLearner())
    world.advance(minute)
    world.server.slowDown()
    const killed = mail()
    await vi.waitFor(() => expect(world.server.waiting()).toBe(1), { timeout: 10_000 })
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and state = 'idle in transaction'`.execute(world.app.db)
    world.server.goOn()
    await expect(killed).rejects.toThrow()
    expect(await mailedAt(awardId)).toBeNull()
    await mail()
    await mail()
    expect(world.mails).toHaveLength(2)
    expect(await mailedAt(awardId)).not.toBeNull()
  })
})

describe('an award from before there were letters', () => {
  it('is not written about', async () => {
    const { awardId } = await earned(newLearner())
    await sql`delete from award_letter where award_id = ${awardId}::uuid`.execute(world.app.db)
    world.advance(20 * minute)
    await mail()
    expect(world.mails).toEqual([])
  })
})

describe('saying no to letters', () => {
  async function letterOf(learner: Learner) {
    await earned(learner)
    world.advance(minute)
    await mail()
    return world.mails.at(-1)
  }
  const path = (url = '') => url.replace('https://badges.example', '')

  it('takes one click in the mail program, without signing in', async () => {
    const learner = newLearner()
    const letter = await letterOf(learner)
    expect(letter?.text).toContain(letter?.unsubscribe ?? 'none')
    expect(letter?.unsubscribe).not.toContain(learner.email)
    const answer = await world.api.server.inject({
      method: 'POST',
      url: path(letter?.unsubscribe),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'List-Unsubscribe=One-Click',
    })
    expect(answer.statusCode).toBe(200)
    await letterOf(learner)
    expect(world.mails).toHaveLength(1)
    expect(await waiting()).toBe(0)
  })

  it('takes a button on a page; opening the page does nothing', async () => {
    const learner = newLearner()
    const letter = await letterOf(learner)
    const page = await world.browse().get(path(letter?.unsubscribe))
    expect(page.status).toBe(200)
    expect(page.body).toContain('<form method="post">')
    await letterOf(learner)
    expect(world.mails).toHaveLength(2)
    const done = await world.browse().post(path(letter?.unsubscribe))
    expect(done.body).toContain('no more mails about new badges')
    await letterOf(learner)
    expect(world.mails).toHaveLength(2)
  })

  it('speaks the language of its reader', async () => {
    const url = path((await letterOf(newLearner()))?.unsubscribe)
    const opened = async (wanted?: string) => {
      const headers = wanted === undefined ? {} : { 'accept-language': wanted }
      return (await world.browse().send({ method: 'GET', url, headers })).body
    }
    expect(await opened('fr;q=0.8, ar-EG, en;q=0.9')).toMatch(/<html lang="ar" dir="rtl">.*رسائل/s)
    expect(await opened('ar;q=0.1,en-GB;q=0.9')).toMatch(/<html lang="en">.*No more of these/s)
    expect(await opened('fr, ar;q=0')).toContain('<html lang="en">')
    expect(await opened()).toContain('<html lang="en">')
    const headers = { 'accept-language': 'ar' }
    const done = await world.browse().send({ method: 'POST', url, headers })
    expect(done.body).toMatch(/<html lang="ar" dir="rtl">.*<h1>تم<\/h1>/s)
  })

  it('needs the token of this address and these letters', async () => {
    const [one, two] = [await letterOf(newLearner()), await letterOf(newLearner())]
    const [, , letters, hash, token] = path(one?.unsubscribe).split('/')
    const [, , , foreign] = path(two?.unsubscribe).split('/')
    const wrong = [
      `/unsubscribe/${letters}/${foreign}/${token}`,
      `/unsubscribe/endorsements/${hash}/${token}`,
      `/unsubscribe/${letters}/${hash}/x`,
      `/unsubscribe/other/${hash}/${token}`,
      `/unsubscribe/${letters}/x/${token}`,
    ]
    for (const url of wrong) {
      expect((await world.browse().get(url)).status).toBe(404)
      expect((await world.browse().post(url)).status).toBe(404)
    }
    const refused = world.app.db.selectFrom('mail_opt_out').select('letters')
    const before = (await refused.execute()).length
    expect((await world.browse().post(path(one?.unsubscribe))).status).toBe(200)
    expect(await refused.execute()).toHaveLength(before + 1)
  })

  it('is a choice in the account, too, for all its addresses', async () => {
    const learner = newLearner()
    const device = await aSignedIn(world.app, world.api.server, { email: learner.email })
    await proveMail(world.app, device.user.id)
    expect((await device.get('me/mail-choices')).body).toEqual({
      newBadges: true,
      endorsements: true,
    })
    const changed = await device.put('me/mail-choices', { newBadges: false })
    expect(changed.body).toEqual({ newBadges: false, endorsements: true })
    await letterOf(learner)
    expect(world.mails).toEqual([])
    await device.put('me/mail-choices', { newBadges: true })
    await letterOf(learner)
    expect(world.mails).toHaveLength(1)
    expect((await device.put('me/mail-choices', { newBadges: 'no' })).status).toBe(400)
  })
})

describe('an installation without letters', () => {
  it('queues none, and sends those that somebody asks for', async () => {
    const quiet = await openMailWorld({ ROSETTE_MAIL_LEARNERS: 'false' })
    try {
      const { templateId } = await aBadge(quiet.app)
      const learner = newLearner()
      const awardId = await anAward(quiet.app, { templateId, learner, awardedAt: today })
      await quiet.app.issuances.issue({ awardId }, { number: 1, isLast: false })
      quiet.advance(minute)
      await runTask(quiet.app, task)
      expect(quiet.mails).toEqual([])
      await inTransaction(quiet.app.db, (tx) => queueLetter(tx, awardId, { even: true }))
      await sql`update award_letter set queued_at = '2026-05-01T08:00:00Z'`.execute(quiet.app.db)
      await runTask(quiet.app, task)
      expect(quiet.mails).toHaveLength(1)
    } finally {
      await quiet.close()
    }
  })
})

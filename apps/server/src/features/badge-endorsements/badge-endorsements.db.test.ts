import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { linkIn, type MailWorld, openMailWorld } from '../../testing/mail-world.js'
import { aSignedIn } from '../../testing/person.js'
import { anEarned, anImported, proveMail } from '../../testing/sample-backpack.js'
import { createStranger } from '../../testing/signed-badges.js'
import { acceptedEndorsementsOf } from './badge-endorsements.js'

let world: MailWorld
let stranger: ReturnType<typeof createStranger>
const asking = 'mail-endorsement-request'
const telling = 'mail-endorsement-given'
const day = 86_400_000
beforeAll(async () => {
  world = await openMailWorld()
  stranger = createStranger(world.api.server, () => new Date(world.now()))
})
afterAll(() => world.close())
beforeEach(async () => {
  // What earlier tests have left in the queue.
  await world.work(asking)
  await world.work(telling)
  world.reset()
})

let made = 0
const newAddress = () => {
  made += 1
  return `colleague${made}@elsewhere.example`
}

async function aLearner() {
  const learner = await aSignedIn(world.app, world.api.server)
  await proveMail(world.app, learner.user.id)
  const { email, name } = learner.user
  const { awardId, templateId } = await anEarned(world.app, { email, name })
  return { ...learner, awardId, templateId }
}
type Learner = Awaited<ReturnType<typeof aLearner>>

const ask = (learner: Learner, badgeId: string, more: object = {}) =>
  learner.post(`backpack/badges/${badgeId}/endorsement-requests`, {
    email: newAddress(),
    name: 'Bo Colleague',
    message: 'We worked on it together.',
    ...more,
  })

async function asked(learner: Learner, badgeId = learner.awardId, more: object = {}) {
  const answer = await ask(learner, badgeId, more)
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  await world.work(asking)
  return { id: answer.body.id as string, secret: world.lastSecret(), email: answer.body.email }
}
const read = (secret: string) => world.browse().post('endorsement-requests/read', { secret })
const answer = (secret: string, more: object) =>
  world.browse().post('endorsement-requests/answer', { secret, ...more })
const endorse = (secret: string, comment = 'Ada reads data with care.') =>
  answer(secret, { decision: 'endorse', comment })
const decide = (learner: Learner, id: string, decision: string) =>
  learner.post(`backpack/endorsements/${id}/decision`, { decision })

async function accepted(learner: Learner, badgeId = learner.awardId) {
  const { id, secret } = await asked(learner, badgeId)
  expect((await endorse(secret)).status).toBe(204)
  const done = await decide(learner, id, 'accept')
  expect(done.status, JSON.stringify(done.body)).toBe(200)
  return { id, secret, url: new URL(done.body.credentialUrl).pathname }
}

describe('an endorsement of a badge by a person', () => {
  it('is asked for by mail, given without an account, told, accepted, signed and served', async () => {
    const learner = await aLearner()
    const { id, secret, email } = await asked(learner)
    expect(world.mails).toMatchObject([
      { to: [email], subject: `${learner.user.name} asks you to endorse a badge` },
    ])
    expect(world.mails[0]?.text).toContain('> We worked on it together.')
    expect(linkIn(world.mails[0]?.text)).toMatch(/\/backpack\/endorse#[\w-]{43}$/)
    expect((await read(secret)).body).toMatchObject({
      state: 'asked',
      name: 'Bo Colleague',
      learnerName: learner.user.name,
      badge: { name: 'Data Analysis Foundations', issuerName: 'Open University' },
      comment: '',
    })

    const given = { decision: 'endorse', name: 'Bo B.', url: 'https://bo.example', comment: 'Yes.' }
    expect((await answer(secret, given)).status).toBe(204)
    await world.work(telling)
    expect(world.mails[1]).toMatchObject({
      to: [learner.user.email],
      subject: 'Bo B. has endorsed your badge Data Analysis Foundations',
    })
    expect(await acceptedEndorsementsOf(world.app.db, learner.awardId)).toEqual([])
    const list = await learner.get('backpack/endorsements')
    expect(list.body.received).toMatchObject([
      {
        badge: { id: learner.awardId },
        endorsement: { id, state: 'given', comment: 'Yes.', email },
      },
    ])

    const done = await decide(learner, id, 'accept')
    expect(done.body).toMatchObject({ state: 'accepted', name: 'Bo B.' })
    expect(await acceptedEndorsementsOf(world.app.db, learner.awardId)).toMatchObject([
      { id, name: 'Bo B.', url: 'https://bo.example', comment: 'Yes.' },
    ])
    const served = await stranger.get(new URL(done.body.credentialUrl).pathname)
    expect(served.statusCode).toBe(200)
    const { credentialSubject, issuer, type } = served.json()
    expect(type).toContain('EndorsementCredential')
    // The site vouches; nothing says that the person has signed.
    expect(issuer.name).toBe('Open University')
    expect(credentialSubject.endorsementComment).toBe(
      'Bo B. (https://bo.example), who gave this name, and reads the mail of an address that the learner named, said on 2026-05-01:\n\nYes.',
    )
    expect(credentialSubject.id).toContain('https://badges.example/credentials/')
    const report = await stranger.verify(served.body)
    expect(report.checks.filter(({ outcome }) => outcome === 'failed')).toEqual([])
    expect(report.verdict).toBe('valid')
  })

  it('of an imported badge is signed by the first issuer of the site, about the badge itself', async () => {
    const learner = await aLearner()
    const entry = await anImported(world.app, learner.user.id)
    const id = 'https://museum.example/assertions/1'
    await world.app.db
      .updateTable('backpack_entry')
      .set({ text: JSON.stringify({ id, verification: { type: 'HostedBadge' } }) })
      .where('id', '=', entry)
      .execute()
    const { url } = await accepted(learner, entry)
    expect((await stranger.get(url)).json().credentialSubject.id).toBe(id)
  })

  it('by somebody who is signed in stands among what they have given', async () => {
    const learner = await aLearner()
    const colleague = await aLearner()
    const { secret } = await asked(learner, learner.awardId, { email: colleague.user.email })
    const comment = 'Good work.'
    const body = { secret, decision: 'endorse', comment }
    expect((await colleague.post('endorsement-requests/answer', body)).status).toBe(204)
    const list = await colleague.get('backpack/endorsements')
    expect(list.body.given).toMatchObject([
      {
        badgeName: 'Data Analysis Foundations',
        learnerName: learner.user.name,
        endorsement: { state: 'given', comment, email: null },
      },
    ])
  })

  it('is shown while the learner wants it, and taken back by whoever gave it', async () => {
    const learner = await aLearner()
    const { id, secret, url } = await accepted(learner)
    expect((await decide(learner, id, 'hide')).body.credentialUrl).toBeNull()
    expect((await stranger.get(url)).statusCode).toBe(404)
    await decide(learner, id, 'show')
    expect((await stranger.get(url)).statusCode).toBe(200)
    await learner.patch(`backpack/badges/${learner.awardId}`, { visibility: 'private' })
    expect((await stranger.get(url)).statusCode).toBe(404)
    await learner.patch(`backpack/badges/${learner.awardId}`, { visibility: 'public' })
    expect((await endorse(secret, 'Other words.')).body.code).toBe('conflict')
    expect((await read(secret)).body.state).toBe('closed')
    expect((await answer(secret, { decision: 'refuse' })).status).toBe(204)
    expect((await stranger.get(url)).statusCode).toBe(404)
    expect((await learner.get('backpack/endorsements')).body.received).toEqual([])
  })

  it('is not settled by whom the badge belongs to no longer, and not served while it waits', async () => {
    const learner = await aLearner()
    const { id } = await accepted(learner)
    const other = await asked(learner)
    await endorse(other.secret)
    await decide(learner, id, 'hide')
    const own = world.app.db.updateTable('app_user').set({ email_proven_at: null })
    await own.where('id', '=', learner.user.id).execute()
    expect((await decide(learner, other.id, 'accept')).status).toBe(404)
    expect((await decide(learner, id, 'show')).status).toBe(404)

    const holder = await aLearner()
    const entryId = await anImported(world.app, holder.user.id)
    const { url } = await accepted(holder, entryId)
    expect((await stranger.get(url)).statusCode).toBe(200)
    for (const state of ['waiting', 'rejected'] as const) {
      const entry = world.app.db.updateTable('backpack_entry').set({ state })
      await entry.where('id', '=', entryId).execute()
      expect((await stranger.get(url)).statusCode).toBe(404)
    }
  })

  it('goes with the learner who is erased', async () => {
    const learner = await aLearner()
    const { url } = await accepted(learner)
    const { public_id: id, username } = await world.app.db
      .selectFrom('learner')
      .innerJoin('award', 'award.learner_id', 'learner.id')
      .select(['learner.public_id', 'learner.username'])
      .where('award.id', '=', learner.awardId)
      .executeTakeFirstOrThrow()
    expect((await world.api.post(`learners/${id}/erasure`, { username })).status).toBe(200)
    expect((await stranger.get(url)).statusCode).toBe(404)
    const left = world.app.db.selectFrom('badge_endorsement').select('id')
    expect(await left.where('award_id', '=', learner.awardId).execute()).toEqual([])
  })

  it('can be changed until it is accepted, and is told once', async () => {
    const learner = await aLearner()
    const { id, secret } = await asked(learner)
    await endorse(secret, 'First words.')
    await world.work(telling)
    expect((await endorse(secret, 'Better words.')).status).toBe(204)
    await world.work(telling)
    expect(world.mails).toHaveLength(2)
    expect((await decide(learner, id, 'accept')).body.comment).toBe('Better words.')
  })

  it('can be refused and withdrawn, and then is closed', async () => {
    const learner = await aLearner()
    const first = await asked(learner)
    expect((await answer(first.secret, { decision: 'refuse' })).status).toBe(204)
    expect((await decide(learner, first.id, 'withdraw')).body.code).toBe('conflict')
    const again = await ask(learner, learner.awardId, { email: first.email })
    expect(again.body.code).toBe('conflict')
    const second = await asked(learner)
    expect((await decide(learner, second.id, 'withdraw')).body.state).toBe('withdrawn')
    expect((await read(second.secret)).body.state).toBe('closed')
    expect((await endorse(second.secret)).body.code).toBe('conflict')
    const third = await asked(learner)
    await endorse(third.secret)
    expect((await decide(learner, third.id, 'decline')).body.state).toBe('declined')
    expect((await endorse(third.secret)).body.code).toBe('conflict')
  })

  it('is accepted once by two at once, and not accepted while it changes', async () => {
    const learner = await aLearner()
    const { id, secret } = await asked(learner)
    await endorse(secret, 'Before.')
    const both = await Promise.all([decide(learner, id, 'accept'), decide(learner, id, 'decline')])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    const { id: other, secret: key } = await asked(learner)
    await endorse(key, 'Before.')
    await Promise.all([decide(learner, other, 'accept'), endorse(key, 'After.')])
    const row = await world.app.db
      .selectFrom('badge_endorsement')
      .selectAll()
      .where('id', '=', other)
      .executeTakeFirstOrThrow()
    if (row.state === 'accepted') expect(row.signed_text).toContain(row.comment)
    else expect(row).toMatchObject({ state: 'given', comment: 'After.', signed_text: null })
  })
})

describe('asking for an endorsement', () => {
  it('is for one’s own badges that are in force', async () => {
    const [learner, other] = [await aLearner(), await aLearner()]
    const waiting = await anImported(world.app, learner.user.id, { state: 'waiting' })
    for (const id of [other.awardId, waiting, '00000000-0000-4000-8000-000000000000']) {
      expect((await ask(learner, id)).body.code).toBe('badge-not-found')
    }
    const revoked = { status: 'revoked', revoked_at: '2026-04-01T00:00:00Z' } as const
    const { awardId } = learner
    await world.app.db.updateTable('award').set(revoked).where('id', '=', awardId).execute()
    expect((await ask(learner, awardId)).body.code).toBe('conflict')
  })

  it('is not asking oneself, nor the same person twice, nor more than ten for one badge', async () => {
    const learner = await aLearner()
    const own = { email: learner.user.email.toUpperCase() }
    expect((await ask(learner, learner.awardId, own)).body.code).toBe('conflict')
    const { email, secret } = await asked(learner)
    const twice = { email: email.toUpperCase() }
    expect((await ask(learner, learner.awardId, twice)).body.code).toBe('conflict')
    const body = { secret, decision: 'endorse', comment: 'I am great.' }
    expect((await learner.post('endorsement-requests/answer', body)).body.code).toBe('conflict')
    const many = await Promise.all(Array.from({ length: 12 }, () => ask(learner, learner.awardId)))
    expect(many.filter(({ status }) => status === 201)).toHaveLength(9)
    world.advance(31 * day)
    const later = await aSignedIn(world.app, world.api.server)
    expect((await later.get('backpack/endorsements')).body).toEqual({ received: [], given: [] })
    expect((await read(secret)).body.code).toBe('link-refused')
    expect((await endorse(secret)).body.code).toBe('link-refused')
  })

  it('sends nothing to who wants no such letters, and does not say so', async () => {
    const learner = await aLearner()
    const { email } = await asked(learner)
    const link = world.mails[0]?.unsubscribe?.replace('https://badges.example', '') ?? ''
    expect((await world.browse().post(link)).status).toBe(200)
    const other = await aLearner()
    expect((await ask(other, other.awardId, { email })).status).toBe(201)
    await world.work(asking)
    expect(world.mails).toHaveLength(1)
  })

  it.each([
    { email: 'nobody' },
    { name: '' },
    { message: 'x'.repeat(2001) },
    { more: 1 },
    { email: 'a\r\nBcc: b@c.example' },
  ])('refuses what no letter can say (%#)', async (more) => {
    const learner = await aLearner()
    expect((await ask(learner, learner.awardId, more)).status).toBe(400)
  })

  it.each([
    { decision: 'endorse' },
    { decision: 'endorse', comment: '  ' },
    { decision: 'endorse', comment: 'x'.repeat(2001) },
    { decision: 'endorse', comment: 'Good.', url: 'javascript:alert(1)' },
    { decision: 'endorse', comment: 'Good.', name: 'x'.repeat(201) },
    { decision: 'endorse', comment: 'NUL \u0000' },
    { decision: 'applaud' },
  ])('refuses an answer that says nothing, or too much (%#)', async (body) => {
    const learner = await aLearner()
    const { secret } = await asked(learner)
    expect((await answer(secret, body)).status).toBe(400)
    expect((await read(secret)).body.state).toBe('asked')
  })

  it('is of no use to strangers: no secret, no id, no token, no other learner', async () => {
    const [learner, other] = [await aLearner(), await aLearner()]
    const { id, secret } = await asked(learner)
    expect((await read('none')).body.code).toBe('link-refused')
    expect((await endorse('none')).body.code).toBe('link-refused')
    await endorse(secret)
    for (const decision of ['accept', 'hide', 'withdraw']) {
      expect((await decide(other, id, decision)).body.code).toBe('endorsement-not-found')
    }
    expect((await decide(learner, id, 'applaud')).status).toBe(400)
    expect((await world.api.get('backpack/endorsements')).body.code).toBe('not-signed-in')
    expect((await stranger.get(`/endorsements/personal/${id}`)).statusCode).toBe(404)
    expect((await stranger.get('/endorsements/personal/x')).statusCode).toBe(404)
  })

  it('keeps what cannot be signed from being accepted, in words', async () => {
    const learner = await aLearner()
    const { id, secret } = await asked(learner)
    await endorse(secret)
    const gone = { retired_at: '2026-04-01T00:00:00Z' }
    const { issuer_id: issuerId } = await world.app.db
      .selectFrom('badge_template')
      .select('issuer_id')
      .where('id', '=', learner.templateId)
      .executeTakeFirstOrThrow()
    await world.app.db
      .updateTable('issuer_key')
      .set(gone)
      .where('issuer_id', '=', issuerId)
      .execute()
    const refused = await decide(learner, id, 'accept')
    expect(refused.body).toMatchObject({ code: 'conflict' })
    expect(refused.body.title).toContain('No issuer of this site can sign it')
  })
})

import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { linkIn, type MailWorld, openMailWorld } from '../../testing/mail-world.js'
import { aPerson, aSignedIn } from '../../testing/person.js'
import { anEarned, anImported, proveMail } from '../../testing/sample-backpack.js'

let world: MailWorld
const minute = 60_000
beforeAll(async () => {
  world = await openMailWorld()
})
afterAll(() => world.close())
beforeEach(() => world.reset())

let made = 0
const newAddress = () => {
  made += 1
  return `further${made}@learners.example`
}

async function aLearner() {
  const learner = await aSignedIn(world.app, world.api.server)
  await proveMail(world.app, learner.user.id)
  return learner
}
type Learner = Awaited<ReturnType<typeof aLearner>>

async function added(learner: Learner, email: string): Promise<string> {
  const answer = await learner.post('me/addresses', { email })
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  await world.work('mail-address-link')
  return world.lastSecret()
}
const confirm = (learner: Learner, secret: string) =>
  learner.post('me/addresses/confirm', { secret })
async function addAndConfirm(learner: Learner, email: string) {
  const answer = await confirm(learner, await added(learner, email))
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return answer.body
}
const listed = async (learner: Learner) => (await learner.get('me/addresses')).body.items
const userExists = async (id: string) =>
  (await world.app.db.selectFrom('app_user').select('id').where('id', '=', id).execute()).length > 0
const badgesOf = async (learner: Learner) =>
  (await learner.get('backpack/badges')).body.items.map(({ id }: { id: string }) => id)

describe('the addresses of a learner', () => {
  it('begin with the one of the account', async () => {
    const learner = await aLearner()
    expect(await listed(learner)).toMatchObject([
      { id: learner.user.id, email: learner.user.email, isPrimary: true, isConfirmed: true },
    ])
  })

  it('bring their badges once they are confirmed with the link that came there', async () => {
    const learner = await aLearner()
    const email = newAddress()
    const { awardId } = await anEarned(world.app, { email: email.toUpperCase(), name: 'Ada' })
    const secret = await added(learner, email)
    expect(world.mails).toMatchObject([
      { to: [email], subject: 'Confirm your address at badges.example' },
    ])
    expect(linkIn(world.mails[0]?.text)).toMatch(/\/backpack\/address#[\w-]{43}$/)
    expect(await listed(learner)).toMatchObject([{}, { email, isConfirmed: false, badges: 0 }])
    expect(await badgesOf(learner)).toEqual([])
    const answer = await confirm(learner, secret)
    expect(answer.body).toMatchObject({ joined: false })
    expect(answer.body.addresses.items).toMatchObject([{}, { email, isConfirmed: true, badges: 1 }])
    expect(await badgesOf(learner)).toEqual([awardId])
    expect((await confirm(learner, secret)).body.code).toBe('link-refused')
  })

  it('keep imported badges that waited for them, whatever their case was when they were hashed', async () => {
    const learner = await aLearner()
    const email = newAddress()
    const entry = await anImported(world.app, learner.user.id, { state: 'waiting' })
    const digest = createHash('sha256').update(`${email.toUpperCase()}salt`).digest('hex')
    const recipient = { type: 'email', identity: `sha256$${digest}`, hashed: true, salt: 'salt' }
    await world.app.db
      .updateTable('backpack_entry')
      .set({ text: JSON.stringify({ recipient }), recipient: JSON.stringify(recipient) })
      .where('id', '=', entry)
      .execute()
    await addAndConfirm(learner, email)
    const stateOf = async () =>
      await world.app.db
        .selectFrom('backpack_entry')
        .select('state')
        .where('id', '=', entry)
        .executeTakeFirst()
    expect(await stateOf()).toEqual({ state: 'kept' })
    const [, second] = await listed(learner)
    expect(second).toMatchObject({ badges: 1 })
    expect((await learner.delete(`me/addresses/${second.id}`)).status).toBe(204)
    expect(await stateOf()).toEqual({ state: 'waiting' })
  })

  it('can take the place of the primary one, which stays; letters that were refused stay refused', async () => {
    const learner = await aLearner()
    await learner.put('me/mail-choices', { newBadges: false })
    const email = newAddress()
    const { addresses } = await addAndConfirm(learner, email)
    const { id } = addresses.items[1]
    const answer = await learner.post(`me/addresses/${id}/primary`)
    expect(answer.body.items).toMatchObject([
      { email, isPrimary: true, isConfirmed: true },
      { email: learner.user.email, isPrimary: false, isConfirmed: true },
    ])
    expect((await learner.get('session')).body.user.email).toBe(email)
    expect((await learner.get('me/mail-choices')).body).toEqual({
      newBadges: false,
      endorsements: true,
    })
    const old = answer.body.items[1].id
    expect((await learner.delete(`me/addresses/${old}`)).status).toBe(204)
    expect(await listed(learner)).toHaveLength(1)
  })

  it('are refused where they are known, not confirmed, primary or of somebody else', async () => {
    const learner = await aLearner()
    const other = await aLearner()
    const email = newAddress()
    await added(learner, email)
    const [primary, further] = await listed(learner)
    const own = learner.user.email.toUpperCase()
    expect((await learner.post('me/addresses', { email: own })).body.code).toBe('address-exists')
    const again = await learner.post('me/addresses', { email: email.toUpperCase() })
    expect(again.body.code).toBe('address-exists')
    const early = await learner.post(`me/addresses/${further.id}/primary`)
    expect(early.body.code).toBe('conflict')
    expect((await learner.delete(`me/addresses/${primary.id}`)).body.code).toBe('conflict')
    const confirmed = await learner.post(`me/addresses/${primary.id}/link`)
    expect(confirmed.body.code).toBe('conflict')
    const nobody = '00000000-0000-4000-8000-000000000000'
    for (const id of [further.id, primary.id, nobody]) {
      expect((await other.post(`me/addresses/${id}/link`)).body.code).toBe('address-not-found')
      expect((await other.post(`me/addresses/${id}/primary`)).body.code).toBe('address-not-found')
      expect((await other.delete(`me/addresses/${id}`)).body.code).toBe('address-not-found')
    }
    expect((await confirm(other, world.lastSecret())).body.code).toBe('link-refused')
    expect((await learner.post('me/addresses', { email: 'nobody' })).status).toBe(400)
  })

  it('get another link on request, but not a mailbox full', async () => {
    const learner = await aLearner()
    await added(learner, newAddress())
    const [, { id }] = await listed(learner)
    const resend = async () => {
      const answer = await learner.post(`me/addresses/${id}/link`)
      await world.work('mail-address-link')
      return answer.status
    }
    expect(await resend()).toBe(204)
    expect(world.mails).toHaveLength(1)
    for (let n = 0; n < 12; n += 1) {
      world.advance(minute)
      expect(await resend()).toBe(204)
    }
    expect(world.mails).toHaveLength(10)
    expect((await confirm(learner, world.lastSecret())).status).toBe(200)
  })

  it('are twenty at most', async () => {
    const learner = await aLearner()
    const rows = Array.from({ length: 19 }, () => ({
      user_id: learner.user.id,
      email: newAddress(),
    }))
    await world.app.db.insertInto('user_address').values(rows).execute()
    const answer = await learner.post('me/addresses', { email: newAddress() })
    expect(answer.body.code).toBe('too-many-requests')
  })

  it('of an account that nobody proved can be confirmed as well', async () => {
    const learner = await aSignedIn(world.app, world.api.server)
    expect((await learner.post(`me/addresses/${learner.user.id}/link`)).status).toBe(204)
    await world.work('mail-address-link')
    expect((await confirm(learner, world.lastSecret())).body.addresses.items).toMatchObject([
      { isPrimary: true, isConfirmed: true },
    ])
  })

  it('belong to people, and to nobody with a token', async () => {
    expect((await world.browse().get('me/addresses')).status).toBe(401)
    expect((await world.api.get('me/addresses')).body.code).toBe('not-signed-in')
  })
})

describe('an address that is of another account', () => {
  it('joins the two: badges, collections, endorsements, addresses and ways in come along', async () => {
    const learner = await aLearner()
    const other = await aLearner()
    const { db } = world.app
    const further = newAddress()
    await addAndConfirm(other, further)
    const { awardId } = await anEarned(world.app, { email: further, name: 'Ada' })
    await db
      .insertInto('user_identity')
      .values({ provider: 'lms', subject: `s-${made}`, user_id: other.user.id })
      .execute()
    const only = await anImported(world.app, other.user.id)
    const [mine, theirs] = [
      await anImported(world.app, learner.user.id, { state: 'waiting' }),
      await anImported(world.app, other.user.id),
    ]
    await db
      .updateTable('backpack_entry')
      .set({ identity: 'the same badge' })
      .where('id', 'in', [mine, theirs])
      .execute()
    const badges = [{ badgeId: theirs }, { badgeId: awardId }]
    const collection = await other.post('backpack/collections', { name: 'My best', badges })
    expect(collection.status, JSON.stringify(collection.body)).toBe(201)

    const body = await addAndConfirm(learner, other.user.email)
    expect(body.joined).toBe(true)
    expect(await userExists(other.user.id)).toBe(false)
    expect((await other.get('session')).status).toBe(401)
    const emails = (await listed(learner)).map(({ email }: { email: string }) => email)
    expect(emails).toEqual(expect.arrayContaining([learner.user.email, other.user.email, further]))
    expect((await badgesOf(learner)).toSorted()).toEqual([awardId, only, mine].toSorted())
    const kept = await db
      .selectFrom('backpack_entry')
      .select('state')
      .where('id', '=', mine)
      .executeTakeFirst()
    expect(kept).toEqual({ state: 'kept' })
    const found = await learner.get(`backpack/collections/${collection.body.id}`)
    expect(found.body.badges.map(({ badge }: { badge: { id: string } }) => badge.id)).toEqual([
      mine,
      awardId,
    ])
    const identities = db.selectFrom('user_identity').select('provider')
    const moved = await identities.where('user_id', '=', learner.user.id).execute()
    expect(moved).toEqual([{ provider: 'lms' }])
    const audit = await world.api.get(`audit-log?subject=user/${learner.user.id}&action=user.join`)
    expect(audit.body.items).toMatchObject([{ detail: { of: other.user.email } }])
  })

  it.each(['owner', 'viewer'] as const)(
    'stays where the other account is %s of an organization',
    async (role) => {
      const learner = await aLearner()
      const made = await world.api.post('organizations', { name: `Arts ${role}` })
      const other = await aPerson(world.app, { roles: { [made.body.id]: role } })
      await proveMail(world.app, other.id)
      const answer = await confirm(learner, await added(learner, other.email))
      expect(answer).toMatchObject({ status: 409, body: { code: 'conflict' } })
      expect(answer.body.title).toContain('works for an organization')
      expect(await userExists(other.id)).toBe(true)
      expect((await listed(learner))[1]).toMatchObject({ isConfirmed: false })
    },
  )

  it('stays with an administrator, and with an account that is switched off', async () => {
    const learner = await aLearner()
    const administrator = await aPerson(world.app, { isAdministrator: true })
    const off = await aPerson(world.app)
    const disabled = { disabled_at: '2026-01-01T00:00:00Z' }
    await world.app.db.updateTable('app_user').set(disabled).where('id', '=', off.id).execute()
    for (const { email, id } of [administrator, off]) {
      expect((await confirm(learner, await added(learner, email))).body.code).toBe('conflict')
      expect(await userExists(id)).toBe(true)
    }
  })

  it('brings no way in of an account that has proven nothing', async () => {
    const learner = await aLearner()
    const prepared = await aPerson(world.app)
    const { db } = world.app
    const identity = { provider: 'lms', subject: `stranger-${made}`, user_id: prepared.id }
    await db.insertInto('user_identity').values(identity).execute()
    const entry = await anImported(world.app, prepared.id)
    expect((await addAndConfirm(learner, prepared.email)).joined).toBe(true)
    expect(await badgesOf(learner)).toEqual([entry])
    const identities = db.selectFrom('user_identity').select('provider')
    expect(await identities.where('user_id', '=', learner.user.id).execute()).toEqual([])
  })

  it('leaves another person alone who has proven another address, but takes this one', async () => {
    const learner = await aLearner()
    const other = await aLearner()
    const real = newAddress()
    await addAndConfirm(other, real)
    const wrong = { email_proven_at: null }
    await world.app.db.updateTable('app_user').set(wrong).where('id', '=', other.user.id).execute()
    const body = await addAndConfirm(learner, other.user.email)
    expect(body.joined).toBe(false)
    expect(await listed(other)).toMatchObject([{ email: real, isPrimary: true }])
    expect((await listed(learner))[1]).toMatchObject({ email: other.user.email, isConfirmed: true })
  })

  it('makes one account of two who confirm the address of each other at once', async () => {
    for (let n = 0; n < 5; n += 1) {
      const [one, two] = [await aLearner(), await aLearner()]
      const secrets = [await added(one, two.user.email), await added(two, one.user.email)]
      const answers = await Promise.all([
        confirm(one, secrets[0] ?? ''),
        confirm(two, secrets[1] ?? ''),
      ])
      const fates = answers.map(({ status }) => status)
      expect(
        fates.filter((status) => status === 200),
        JSON.stringify(answers),
      ).toHaveLength(1)
      expect(fates.every((status) => status < 500)).toBe(true)
      const left = [await userExists(one.user.id), await userExists(two.user.id)]
      expect(left.filter(Boolean)).toHaveLength(1)
      const rest = left[0] ? one : two
      expect(await listed(rest)).toHaveLength(2)
    }
  })

  it('goes to one of two who confirm it at once', async () => {
    const [one, two] = [await aLearner(), await aLearner()]
    const email = newAddress()
    const first = await added(one, email)
    world.advance(2 * minute)
    const second = await added(two, email)
    const answers = await Promise.all([confirm(one, first), confirm(two, second)])
    // The later one reads the mail as well, so the accounts are of one person.
    expect(answers.map(({ status }) => status).sort()).toEqual([200, expect.any(Number)])
    const proven = world.app.db.selectFrom('proven_address').select('user_id')
    expect(await proven.where('email', '=', email).execute()).toHaveLength(1)
  })
})

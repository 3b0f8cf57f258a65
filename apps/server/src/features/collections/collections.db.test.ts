import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aSignedIn } from '../../testing/person.js'
import { takeBack } from '../../testing/sample-awards.js'
import { anEarned, anImported, proveMail } from '../../testing/sample-backpack.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

let app: TestApp
let server: ReturnType<TestApp['createServer']>
beforeAll(async () => {
  app = await createTestApp()
  server = app.createServer()
})
afterAll(() => app.drop())

async function aLearner() {
  const learner = await aSignedIn(app, server)
  await proveMail(app, learner.user.id)
  return learner
}

const root = '/api/v1/backpack/collections'

describe('the collections of a learner', () => {
  it('keep badges of here and from elsewhere in their order, with what is said of them', async () => {
    const learner = await aLearner()
    const { awardId } = await anEarned(app, learner.user)
    const entryId = await anImported(app, learner.user.id)
    const made = await learner.post(root, {
      name: 'What I do with data',
      description: 'Since **2020**.',
      badges: [{ badgeId: entryId, note: 'The first one' }, { badgeId: awardId }],
    })
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({
      name: 'What I do with data',
      isPublished: false,
      publicUrl: null,
      badges: [
        {
          note: 'The first one',
          isShown: true,
          badge: { id: entryId, origin: 'imported', status: 'valid', name: 'Friend of the Museum' },
        },
        { note: '', isShown: true, badge: { id: awardId, origin: 'earned', status: 'valid' } },
      ],
    })
    const turned = await learner.patch(`${root}/${made.body.id}`, {
      badges: [{ badgeId: awardId }, { badgeId: entryId }],
    })
    expect(turned.body.badges.map((each: { badge: { id: string } }) => each.badge.id)).toEqual([
      awardId,
      entryId,
    ])
    const { body } = await learner.get(root)
    expect(body.items).toMatchObject([
      {
        name: 'What I do with data',
        badges: 2,
        pictures: [expect.any(String), expect.any(String)],
      },
    ])
    expect((await learner.delete(`${root}/${made.body.id}`)).status).toBe(204)
    expect((await learner.get(root)).body.items).toEqual([])
    expect((await learner.get(`/public/assertions/${awardId}`)).status).toBe(200)
  })

  it('are published at a new link each time, and the one before leads nowhere', async () => {
    const learner = await aLearner()
    const { id } = (await learner.post(root, { name: 'Best of' })).body
    const publish = (isPublished: boolean) => learner.patch(`${root}/${id}`, { isPublished })
    const first = (await publish(true)).body.publicUrl
    expect(first).toMatch(/^https:\/\/badges\.example\/public\/collections\/[0-9a-f]{32}$/)
    expect((await publish(true)).body.publicUrl).toBe(first)
    expect((await publish(false)).body).toMatchObject({ publicUrl: null, embedCode: null })
    const second = (await publish(true)).body.publicUrl
    expect(second).not.toBe(first)
  })

  it('get one link when two tabs publish at once', async () => {
    const learner = await aLearner()
    const { id } = (await learner.post(root, { name: 'Best of' })).body
    const change = { isPublished: true }
    const both = await Promise.all([1, 2].map(() => learner.patch(`${root}/${id}`, change)))
    expect(both[0]?.body.publicUrl).toBe(both[1]?.body.publicUrl)
  })

  it('take no badge of anybody else, and none twice', async () => {
    const learner = await aLearner()
    const other = await aLearner()
    const foreign = await anEarned(app, other.user)
    const own = await anImported(app, learner.user.id)
    const make = (...ids: string[]) =>
      learner.post(root, { name: 'x', badges: ids.map((badgeId) => ({ badgeId })) })
    for (const id of [foreign.awardId, learner.user.id]) {
      expect(await make(own, id)).toMatchObject({ status: 404, body: { code: 'badge-not-found' } })
    }
    expect(await make(own, own)).toMatchObject({ status: 400, body: { code: 'request-invalid' } })
    expect((await learner.get(root)).body.items).toEqual([])
  })

  it('are nobody else’s: reading, changing and deleting answer as if there were none', async () => {
    const { id } = (await (await aLearner()).post(root, { name: 'Mine' })).body
    const other = await aLearner()
    const answers = [
      await other.get(`${root}/${id}`),
      await other.patch(`${root}/${id}`, { name: 'Yours' }),
      await other.delete(`${root}/${id}`),
      await other.get(`${root}/${other.user.id}`),
    ]
    for (const { status, body } of answers) {
      expect([status, body.code]).toEqual([404, 'collection-not-found'])
    }
    expect(new Set(answers.map(({ body }) => body.title)).size).toBe(1)
  })

  it('show what is in force and not private, and keep the rest for the learner', async () => {
    const learner = await aLearner()
    const { user } = learner
    const earned = async (wanted = {}) => (await anEarned(app, user, wanted)).awardId
    const [revoked, secret] = [await earned(), await earned()]
    await takeBack(app, revoked, 'plagiarism')
    await app.db
      .updateTable('award')
      .set({ visibility: 'private' })
      .where('id', '=', secret)
      .execute()
    const badges = [
      revoked,
      secret,
      await earned({ expiresAt: '2026-04-01T00:00:00Z' }),
      await earned({ isSigned: false }),
      await anImported(app, user.id, { state: 'waiting' }),
      await anImported(app, user.id, { state: 'rejected' }),
      await anImported(app, user.id, { verdict: 'invalid' }),
      await anImported(app, user.id, { verdict: 'not-yet-valid' }),
      await anImported(app, user.id, { expiresAt: '2026-01-01T00:00:00Z' }),
    ].map((badgeId) => ({ badgeId }))
    const { body } = await learner.post(root, { name: 'All', badges })
    const found = body.badges.map(
      (each: { badge: { status: string }; isShown: boolean }) =>
        `${each.badge.status} ${each.isShown ? 'shown' : 'kept'}`,
    )
    expect(found).toEqual([
      'revoked kept',
      'valid kept',
      'expired shown',
      'being-issued shown',
      'waiting kept',
      'valid kept',
      'invalid kept',
      'unknown shown',
      'expired shown',
    ])
  })

  it('lose a badge whose address is no longer the learner’s', async () => {
    const learner = await aLearner()
    const { awardId } = await anEarned(app, learner.user)
    const { id } = (await learner.post(root, { name: 'x', badges: [{ badgeId: awardId }] })).body
    await app.db
      .updateTable('app_user')
      .set({ email_proven_at: null })
      .where('id', '=', learner.user.id)
      .execute()
    expect((await learner.get(`${root}/${id}`)).body.badges).toEqual([])
  })

  it('leave in the audit log that they were changed, not what they say', async () => {
    const learner = await aLearner()
    const { id } = (await learner.post(root, { name: 'Secret plans' })).body
    await learner.patch(`${root}/${id}`, { isPublished: true })
    const entries = await app.db
      .selectFrom('audit_log')
      .selectAll()
      .where('subject', '=', `collection/${id}`)
      .orderBy('id')
      .execute()
    expect(entries.map(({ action }) => action)).toEqual(['collection.create', 'collection.publish'])
    expect(JSON.stringify(entries)).not.toContain('Secret plans')
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aSignedIn } from '../../testing/person.js'
import { aBadge, anAward, takeBack } from '../../testing/sample-awards.js'
import { anotherSigned, aSignedBadge } from '../../testing/signed-badges.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

let app: TestApp
let server: ReturnType<TestApp['createServer']>
let made = 0
beforeAll(async () => {
  app = await createTestApp()
  server = app.createServer()
  await server.ready()
})
afterAll(async () => {
  await server.close()
  await app.drop()
})

/** Somebody whose address is proven, as after a visit by a link that was mailed. */
async function aProven() {
  made += 1
  const email = `learner${made}@university.example`
  const browser = await aSignedIn(app, server, { email })
  await app.db
    .updateTable('app_user')
    .set({ email_proven_at: new Date().toISOString() })
    .where('id', '=', browser.user.id)
    .execute()
  const learner = { username: `learner${made}`, email: email.toUpperCase(), name: 'Lea Lerner' }
  return { ...browser, email, learner }
}

describe('the backpack', () => {
  it('holds what was awarded to a proven address, in any case of letters, and nothing else', async () => {
    const lea = await aProven()
    const { templateId } = await aSignedBadge(app, { name: 'Of somebody else' })
    const awardId = await anotherSigned(app, { templateId, learner: lea.learner })
    const { body } = await lea.get('backpack/badges')
    expect(body.next).toBe(null)
    expect(body.items).toMatchObject([
      { id: awardId, origin: 'earned', status: 'valid', isNew: true, visibility: 'unlisted' },
    ])
    expect((await lea.get('backpack')).body).toEqual({
      earned: 1,
      imported: 0,
      waiting: 0,
      hidden: 0,
      isNew: 1,
      onTheWay: 0,
      unconfirmedAddresses: 0,
    })
    const detail = await lea.get(`backpack/badges/${awardId}`)
    expect(detail.body).toMatchObject({
      forms: ['png', 'svg', 'json', 'jwt', 'pdf'],
      statusReason: null,
      canHaveWallet: true,
      share: { linkedInProfile: expect.stringContaining('organizationName=Open+University') },
    })
  })

  it('answers for a badge of somebody else as for one that does not exist', async () => {
    const lea = await aProven()
    const { awardId } = await aSignedBadge(app)
    for (const id of [awardId, crypto.randomUUID()]) {
      const url = `backpack/badges/${id}`
      const answers = [await lea.get(url), await lea.patch(url, {}), await lea.delete(url)]
      for (const { status, body } of answers) {
        expect([status, body.code]).toEqual([404, 'badge-not-found'])
      }
    }
  })

  it('says why a badge is not valid any more', async () => {
    const lea = await aProven()
    const { templateId } = await aBadge(app)
    const awardId = await anotherSigned(app, { templateId, learner: lea.learner })
    await takeBack(app, awardId, 'plagiarism')
    const { body } = await lea.get(`backpack/badges/${awardId}`)
    expect(body).toMatchObject({
      status: 'revoked',
      statusReason: 'The issuer took this badge back on 3 May 2026: plagiarism.',
      canHaveWallet: false,
    })
  })

  it('shows, hides and names as the learner says, and writes it down', async () => {
    const lea = await aProven()
    const { templateId } = await aBadge(app)
    const awardId = await anAward(app, { templateId, learner: lea.learner })
    const changed = await lea.patch(`backpack/badges/${awardId}`, {
      visibility: 'private',
      showsName: true,
      isHidden: true,
    })
    expect(changed.body).toMatchObject({
      status: 'being-issued',
      visibility: 'private',
      showsName: true,
      isHidden: true,
      publicUrl: null,
      share: null,
    })
    expect((await lea.get('backpack/badges')).body.items).toEqual([])
    expect((await lea.get('backpack/badges?show=hidden')).body.items).toHaveLength(1)
    const entries = await app.db
      .selectFrom('audit_log')
      .select(['action', 'actor', 'before', 'after'])
      .where('subject', '=', `award/${awardId}`)
      .execute()
    expect(entries).toEqual([
      {
        action: 'award.show',
        actor: lea.email,
        before: { visibility: 'unlisted', showsName: false, isHidden: false },
        after: { visibility: 'private', showsName: true, isHidden: true },
      },
    ])
  })

  it('does not give up what was earned here', async () => {
    const lea = await aProven()
    const { templateId } = await aBadge(app)
    const awardId = await anAward(app, { templateId, learner: lea.learner })
    const { status, body } = await lea.delete(`backpack/badges/${awardId}`)
    expect([status, body.code]).toEqual([409, 'conflict'])
  })

  it('is paged, the latest first, and searched', async () => {
    const lea = await aProven()
    for (const n of [1, 2, 3, 4, 5]) {
      const { templateId } = await aBadge(app, { name: `Badge ${n}%` })
      const awardedAt = n < 4 ? '2026-01-01T00:00:00Z' : `2026-01-0${n}T00:00:00Z`
      await anAward(app, {
        templateId,
        learner: { ...lea.learner, username: `${lea.email}${n}` },
        awardedAt,
      })
    }
    const names: string[] = []
    for (let cursor = ''; ; ) {
      const { body } = await lea.get(`backpack/badges?limit=2${cursor}`)
      names.push(...body.items.map((item: { name: string }) => item.name))
      if (body.next === null) break
      cursor = `&cursor=${body.next}`
    }
    expect(names).toHaveLength(5)
    expect(new Set(names).size).toBe(5)
    expect(names.slice(0, 2)).toEqual(['Badge 5%', 'Badge 4%'])
    expect((await lea.get('backpack/badges?search=4%25')).body.items).toHaveLength(1)
    expect((await lea.get('backpack/badges?search=4_')).body.items).toEqual([])
    expect((await lea.get('backpack/badges?cursor=nonsense')).status).toBe(400)
  })

  it('says what is new until it was seen', async () => {
    const lea = await aProven()
    const { templateId } = await aBadge(app)
    await anAward(app, { templateId, learner: lea.learner })
    expect((await lea.get('backpack/badges?isNew=true')).body.items).toHaveLength(1)
    expect((await lea.post('backpack/seen')).status).toBe(204)
    expect((await lea.get('backpack/badges?isNew=true')).body.items).toEqual([])
    expect((await lea.get('backpack')).body.isNew).toBe(0)
  })

  it('is nothing for strangers and programs', async () => {
    expect((await server.inject({ url: '/api/v1/backpack' })).statusCode).toBe(401)
    const headers = { authorization: `Bearer ${app.adminToken}` }
    expect((await server.inject({ url: '/api/v1/backpack', headers })).statusCode).toBe(401)
  })
})

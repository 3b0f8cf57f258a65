import { verifyCredential } from '@rosette/open-badges'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aSignedIn } from '../../testing/person.js'
import { anEarned, proveMail } from '../../testing/sample-backpack.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

let app: TestApp
let server: ReturnType<TestApp['createServer']>
const browser = { accept: 'text/html,application/xhtml+xml' }
beforeAll(async () => {
  app = await createTestApp()
  server = app.createServer()
})
afterAll(() => app.drop())

const get = (url: string, headers: Record<string, string> = {}) => server.inject({ url, headers })

async function aLearner() {
  const learner = await aSignedIn(app, server, { name: 'Ada Lovelace' })
  await proveMail(app, learner.user.id)
  return learner
}

async function show(awardId: string, visibility: 'public' | 'unlisted' | 'private') {
  await app.db.updateTable('award').set({ visibility }).where('id', '=', awardId).execute()
}

async function aPrivate() {
  const learner = await aLearner()
  const { awardId } = await anEarned(app, learner.user, { name: 'Hidden Gem', showsName: true })
  await show(awardId, 'private')
  return { learner, awardId, url: `/public/assertions/${awardId}` }
}

/** What people look at. */
const forPeople = [
  '',
  '?embed=1',
  '/verification',
  '/image?for=page',
  '/image?size=320',
  '/image?type=png&fmt=wide',
  '/image?format=svg',
  '/baked',
  '/baked?format=svg&v=2',
  '/credential',
  '/share?to=linkedin',
]

describe('a badge that its learner shows to nobody', () => {
  it.each(forPeople)('is no page, no picture and no file for others: %s', async (path) => {
    const { url } = await aPrivate()
    const stranger = await aLearner()
    const answers = [
      await get(`${url}${path}`, browser),
      await get(`${url}${path}`, { accept: 'text/html', 'user-agent': 'LinkedInBot/1.0' }),
      await stranger.send({ url: `${url}${path}`, headers: browser }),
    ]
    for (const answer of answers) {
      const status = 'statusCode' in answer ? answer.statusCode : answer.status
      const text = String(answer.body)
      expect(status).toBe(404)
      expect(text).toContain('The learner shows this badge to nobody')
      expect(text).not.toMatch(/Hidden Gem|Ada|Open University|og:/)
      expect(answer.headers['cache-control']).toBe('private, no-store')
      expect(answer.headers['vary']).toContain('Cookie')
    }
  })

  it.each(forPeople)('is all there for the learner, and kept by nobody: %s', async (path) => {
    const { learner, url } = await aPrivate()
    const answer = await learner.send({ url: `${url}${path}`, headers: browser })
    expect([200, 303]).toContain(answer.status)
    expect(answer.headers['cache-control']).toMatch(/no-store/)
  })

  it('can be checked by whoever holds it, with all that a check reads', async () => {
    const { awardId, url } = await aPrivate()
    const text = (await get(`/credentials/${awardId}`)).body
    const documents = async (address: string) => {
      const { pathname, search } = new URL(address)
      const answer = await get(`${pathname}${search}`, { accept: 'application/json' })
      if (answer.statusCode !== 200) throw new Error(`${address} answers ${answer.statusCode}`)
      return answer.json()
    }
    const check = async (badge: string) =>
      (await verifyCredential(badge, { documents, now: new Date() })).verdict
    expect(await check(text)).toBe('valid')
    const hosted = await get(url)
    expect(await check(hosted.body)).toBe('valid')
    expect(hosted.body).not.toContain('Ada')
    const { pathname } = new URL(hosted.json().image)
    expect((await get(pathname)).headers['content-type']).toBe('image/png')
  })

  it('is not known to a program with a token, which is no learner', async () => {
    const { url } = await aPrivate()
    const headers = { ...browser, authorization: `Bearer ${app.adminToken}` }
    expect((await get(url, headers)).statusCode).toBe(404)
  })

  it('is shown without a name once its learner has rejected it', async () => {
    const { awardId, url } = await aPrivate()
    await show(awardId, 'unlisted')
    expect((await get(url, browser)).body).toContain('Ada Lovelace')
    const award = app.db.updateTable('award').set({ acceptance: 'rejected' })
    await award.where('id', '=', awardId).execute()
    expect((await get(url, browser)).body).not.toContain('Ada Lovelace')
  })

  it('can be shown again', async () => {
    const { awardId, url } = await aPrivate()
    await show(awardId, 'unlisted')
    const page = await get(url, browser)
    expect(page.statusCode).toBe(200)
    expect(page.headers['cache-control']).toBe('no-cache')
  })
})

describe('a badge that its learner shows to everybody', () => {
  it('may be found by searching; others not', async () => {
    const learner = await aLearner()
    const { awardId } = await anEarned(app, learner.user)
    const pageOf = async () => (await get(`/public/assertions/${awardId}`, browser)).body
    expect(await pageOf()).toContain('content="noindex"')
    await show(awardId, 'public')
    expect(await pageOf()).not.toContain('noindex')
  })

  it('is listed on the page of the badge, by name where the name is shown', async () => {
    const ada = await aLearner()
    const first = await anEarned(app, ada.user, { showsName: true })
    const { templateId } = first
    const again = async (name: string, awardedAt: string) => {
      const learner = await aSignedIn(app, server, { name })
      await proveMail(app, learner.user.id)
      const made = await anEarned(app, learner.user, { awardedAt })
      await app.db
        .updateTable('award')
        .set({ template_id: templateId })
        .where('id', '=', made.awardId)
        .execute()
      return made.awardId
    }
    const unnamed = await again('Grace Hopper', '2026-04-01T00:00:00Z')
    const unlisted = await again('Alan Turing', '2026-04-02T00:00:00Z')
    await show(first.awardId, 'public')
    await show(unnamed, 'public')
    const text = (await get(`/public/badges/${templateId}`, browser)).body
    const list = text.slice(text.indexOf('id="earners"'))
    expect(list).toMatch(/A learner<\/a>.*1 April 2026[\s\S]*Ada Lovelace<\/a>.*12 March 2026/)
    expect(text).not.toMatch(/Grace|Alan/)
    expect(text).not.toContain(unlisted)
  })

  it('is on the next page where there are many', async () => {
    const learner = await aLearner()
    const { templateId, awardId } = await anEarned(app, learner.user)
    await show(awardId, 'public')
    const { learner_id } = await app.db
      .selectFrom('award')
      .select('learner_id')
      .where('id', '=', awardId)
      .executeTakeFirstOrThrow()
    await app.db
      .insertInto('award')
      .values(
        Array.from({ length: 29 }, (_, n) => ({
          template_id: templateId,
          learner_id,
          instance: `again ${n}`,
          status: 'awarded' as const,
          source: 'hand' as const,
          awarded_at: `2026-04-${String((n % 28) + 1).padStart(2, '0')}T00:00:00Z`,
          cause: '{}',
          evidence: '[]',
          visibility: 'public' as const,
        })),
      )
      .execute()
    const links = (text: string) => text.match(/\/public\/assertions\/[\w-]{22}/g) ?? []
    const first = (await get(`/public/badges/${templateId}`, browser)).body
    expect(links(first)).toHaveLength(24)
    const [, next = ''] = /href="([^"]*after=[^"]*)">Earlier ones/.exec(first) ?? []
    const second = (await get(next.replace('#earners', ''), browser)).body
    expect(links(second)).toHaveLength(6)
    expect(new Set([...links(first), ...links(second)]).size).toBe(30)
    expect((await get(`/public/badges/${templateId}?after=nonsense`, browser)).statusCode).toBe(400)
  })
})

describe('endorsements by people', () => {
  it('stand on the page once the learner has accepted them', async () => {
    const learner = await aLearner()
    const { awardId } = await anEarned(app, learner.user)
    const given = { given_at: '2026-05-01T00:00:00Z', signed_text: '{}' }
    const endorse = (state: 'given' | 'accepted', name: string) =>
      app.db
        .insertInto('badge_endorsement')
        .values({
          ...given,
          award_id: awardId,
          entry_id: null,
          user_id: learner.user.id,
          email: 'charles@engines.example',
          name,
          url: 'https://engines.example',
          comment: 'She <b>did</b> it.',
          state,
          expires_at: '2040-01-01T00:00:00Z',
        })
        .execute()
    await endorse('accepted', 'Charles Babbage')
    await endorse('given', 'Somebody Else')
    const text = (await get(`/public/assertions/${awardId}`, browser)).body
    expect(text).toContain('Charles Babbage</a>: She &#60;b&#62;did&#60;/b&#62; it.')
    expect(text).not.toContain('Somebody Else')
    expect(text).not.toContain('charles@engines.example')
  })
})

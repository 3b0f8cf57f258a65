import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPublicUrls } from '../../http/public-urls.js'
import { aSignedIn } from '../../testing/person.js'
import { anEarned, anImported, proveMail } from '../../testing/sample-backpack.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

let app: TestApp
let server: ReturnType<TestApp['createServer']>
const urls = createPublicUrls('https://badges.example')
beforeAll(async () => {
  app = await createTestApp()
  server = app.createServer()
})
afterAll(() => app.drop())

const get = (url: string, headers: Record<string, string> = {}) => server.inject({ url, headers })
let visitor = 0
const convert = (email: string) => {
  visitor += 1
  return server.inject({
    method: 'POST',
    url: '/displayer/convert/email',
    remoteAddress: `10.9.0.${visitor}`,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      origin: 'https://other.example',
    },
    payload: new URLSearchParams({ email }).toString(),
  })
}

async function aLearner() {
  const learner = await aSignedIn(app, server, { name: 'Ada Lovelace' })
  await proveMail(app, learner.user.id)
  return learner
}

type Learner = Awaited<ReturnType<typeof aLearner>>

async function publish(learner: Learner, name: string, ids: readonly string[]): Promise<number> {
  const root = '/api/v1/backpack/collections'
  const badges = ids.map((badgeId) => ({ badgeId }))
  const { id } = (await learner.post(root, { name, badges })).body
  await learner.patch(`${root}/${id}`, { isPublished: true })
  const row = app.db.selectFrom('collection').select('number').where('id', '=', id)
  return (await row.executeTakeFirstOrThrow()).number
}

async function numberOf({ user }: Learner): Promise<number> {
  const row = app.db.selectFrom('app_user').select('number').where('id', '=', user.id)
  return (await row.executeTakeFirstOrThrow()).number
}

/** Somebody with two badges for everybody, one of ours and one from elsewhere, in one group. */
async function aShowing() {
  const learner = await aLearner()
  const { awardId, templateId } = await anEarned(app, learner.user, {
    expiresAt: '2040-01-01T00:00:00Z',
  })
  const visibility = 'public' as const
  await app.db.updateTable('award').set({ visibility }).where('id', '=', awardId).execute()
  const entryId = await anImported(app, learner.user.id, { visibility })
  const unlisted = await anImported(app, learner.user.id, { name: 'Only with the link' })
  const group = await publish(learner, 'For all', [awardId, entryId, unlisted])
  return { learner, awardId, templateId, entryId, group, number: await numberOf(learner) }
}

describe('displayers of the Mozilla Backpack', () => {
  it('find somebody by the address, however it is written', async () => {
    const { learner, number } = await aShowing()
    const { email } = learner.user
    const answer = await convert(email)
    expect([answer.statusCode, answer.json()]).toEqual([
      200,
      { status: 'okay', email, userId: number },
    ])
    expect((await convert(email.toUpperCase())).json().userId).toBe(number)
  })

  it('are not told from pages of others, nor of those who show nothing to everybody', async () => {
    const { learner } = await aShowing()
    expect((await convert(learner.user.email)).headers).not.toHaveProperty(
      'access-control-allow-origin',
    )
    const quiet = await aLearner()
    await publish(quiet, 'Mine', [await anImported(app, quiet.user.id)])
    const missing = await convert(quiet.user.email)
    const unknown = await convert('nobody@nowhere.example')
    expect(missing.statusCode).toBe(404)
    expect(unknown.json()).toEqual({
      status: 'missing',
      error: 'Could not find a user by the email address `nobody@nowhere.example`',
    })
    const number = await numberOf(quiet)
    expect((await get(`/displayer/${number}/groups`)).statusCode).toBe(404)
  })

  it('are told what is missing, and get a form to try it', async () => {
    const answer = await convert('')
    expect([answer.statusCode, answer.json()]).toEqual([
      400,
      { status: 'invalid', error: 'missing `email` parameter' },
    ])
    const form = await get('/displayer/convert/email', { accept: 'text/html' })
    expect(form.body).toContain('name="email"')
  })

  it('may not try many addresses', async () => {
    const statuses = await Promise.all(
      Array.from({ length: 40 }, async () => {
        const answer = await server.inject({
          method: 'POST',
          url: '/displayer/convert/email',
          remoteAddress: '10.8.0.1',
          payload: { email: 'nobody@nowhere.example' },
        })
        return answer.statusCode
      }),
    )
    expect(statuses).toContain(429)
  })

  it.each(['', '.json'])('list the groups and the badges in them (%s)', async (suffix) => {
    const { number, group, awardId, templateId, entryId } = await aShowing()
    const groups = await get(`/displayer/${number}/groups${suffix}`, { accept: 'text/plain' })
    expect(groups.headers['access-control-allow-origin']).toBe('*')
    expect(groups.json()).toEqual({
      userId: number,
      groups: [{ groupId: group, name: 'For all', badges: 2 }],
    })
    const found = (await get(`/displayer/${number}/group/${group}${suffix}`)).json()
    expect(found).toMatchObject({ userId: number, groupId: group })
    const assertion = (await get(`/public/assertions/${awardId}`)).json()
    expect(found.badges).toEqual([
      {
        lastValidated: expect.stringMatching(/^\d{4}-.*Z$/),
        assertionType: 'hosted',
        hostedUrl: urls.assertion(awardId),
        imageUrl: `${urls.assertion(awardId)}/baked`,
        assertion: {
          uid: expect.any(String),
          recipient: assertion.recipient.identity,
          salt: assertion.recipient.salt,
          evidence: urls.assertion(awardId),
          issued_on: '2026-03-12',
          expires: '2040-01-01',
          badge: {
            version: '1.0.0',
            name: 'Data Analysis Foundations',
            description: expect.any(String),
            image: `${urls.badge(templateId)}/image`,
            criteria: `${urls.badge(templateId)}/criteria`,
            issuer: {
              name: 'Open University',
              origin: 'https://university.example',
              contact: 'badges@university.example',
            },
          },
        },
      },
      expect.objectContaining({
        hostedUrl: 'https://museum.example/a/1',
        imageUrl: `${urls.importedBadge(entryId)}/image`,
        lastValidated: '2026-05-01T08:00:00.000Z',
      }),
    ])
  })

  it('get the same answer for what is foreign, private and not there', async () => {
    const { number, group } = await aShowing()
    const other = await aShowing()
    const missing = { httpStatus: 404, status: 'missing' }
    for (const path of [
      `${number}/group/${other.group}`,
      `${number}/group/0`,
      `${number}/group/x`,
      `${number}/group/99999999999999999999`,
      '0/groups',
      'x/groups.json',
      `999999999/group/${group}.json`,
    ]) {
      const answer = await get(`/displayer/${path}`)
      expect([path, answer.statusCode, answer.json()]).toEqual([path, 404, missing])
    }
  })

  it('get a script where they name a function, and always the status 200', async () => {
    const { number } = await aShowing()
    const found = await get(`/displayer/${number}/groups.json?callback=Badges.show`)
    expect(found.headers['content-type']).toContain('application/javascript')
    expect(found.body).toMatch(/^\/\*\*\/Badges\.show\(\{"userId":\d+,/)
    const missing = await get('/displayer/0/groups?callback=f')
    expect([missing.statusCode, missing.body]).toEqual([
      200,
      '/**/f({"httpStatus":404,"status":"missing"});',
    ])
    const evil = await get('/displayer/0/groups?callback=alert(1)//')
    expect(evil.statusCode).toBe(400)
    expect(evil.headers['content-type']).toContain('application/json')
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPublicUrls } from '../../http/public-urls.js'
import { aSignedIn } from '../../testing/person.js'
import { anEarned, anImported, proveMail } from '../../testing/sample-backpack.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

let app: TestApp
let server: ReturnType<TestApp['createServer']>
const urls = createPublicUrls('https://badges.example')
const browser = { accept: 'text/html' }
beforeAll(async () => {
  app = await createTestApp()
  server = app.createServer()
})
afterAll(() => app.drop())

const get = (url: string, headers: Record<string, string> = {}) => server.inject({ url, headers })
const root = '/api/v1/backpack/collections'

async function aLearner(name = 'Ada Lovelace') {
  const learner = await aSignedIn(app, server, { name })
  await proveMail(app, learner.user.id)
  return learner
}

type Learner = Awaited<ReturnType<typeof aLearner>>

async function published(learner: Learner, ids: readonly string[], more: object = {}) {
  const made = await learner.post(root, {
    name: 'Data & design',
    description: 'What I **do**.',
    badges: ids.map((badgeId) => ({ badgeId, note: `About ${ids.indexOf(badgeId)}` })),
    ...more,
  })
  const { body } = await learner.patch(`${root}/${made.body.id}`, { isPublished: true })
  return { id: body.id, url: new URL(body.publicUrl).pathname, publicUrl: body.publicUrl }
}

describe('the page of a collection', () => {
  it('shows its badges in their order, with what is said of them and how they stand', async () => {
    const learner = await aLearner()
    const { awardId } = await anEarned(app, learner.user, { expiresAt: '2026-04-01T00:00:00Z' })
    const entryId = await anImported(app, learner.user.id)
    const { url, publicUrl } = await published(learner, [entryId, awardId])
    const answer = await get(url, browser)
    const text = answer.body
    expect(answer.statusCode).toBe(200)
    expect(text).toContain('<h1>Data &#38; design</h1>')
    expect(text).toContain('What I <strong>do</strong>.')
    expect(text).toMatch(/Friend of the Museum[\s\S]*About 0[\s\S]*Data Analysis[\s\S]*About 1/)
    expect(text).toContain('<span>Valid</span>')
    expect(text).toContain('<span>Expired</span>')
    expect(text).toContain('2 badges.')
    expect(text).toContain(`content="${publicUrl}/image"`)
    expect(text).toContain('content="noindex"')
    expect(text).toContain('application/json+oembed')
    expect(text).not.toContain('<script')
  })

  it('names its owner only where a badge in it is shown with the name', async () => {
    const learner = await aLearner()
    const entryId = await anImported(app, learner.user.id)
    const { url } = await published(learner, [entryId])
    expect((await get(url, browser)).body).not.toContain('Ada')
    expect((await get(url)).json().owner).toEqual({ firstName: '', lastName: '' })
    const named = { shows_name: true }
    await app.db.updateTable('backpack_entry').set(named).where('id', '=', entryId).execute()
    expect((await get(url, browser)).body).toContain('Put together by <b>Ada Lovelace</b>')
    expect((await get(url)).json().owner).toEqual({ firstName: 'Ada', lastName: 'Lovelace' })
    // A name that only a hidden badge shows is not shown.
    const hidden = { visibility: 'private' as const }
    await app.db.updateTable('backpack_entry').set(hidden).where('id', '=', entryId).execute()
    const text = (await get(url, browser)).body
    expect(text).not.toContain('Ada')
    expect(text).not.toContain('Museum')
    expect(text).toContain('There is no badge to see here')
  })

  it('is nowhere once it is taken back, deleted, or its owner is gone', async () => {
    const learner = await aLearner()
    const { id, url } = await published(learner, [])
    expect((await get(url)).statusCode).toBe(200)
    await learner.patch(`${root}/${id}`, { isPublished: false })
    for (const path of [url, `${url}/image`, `${url}.json`, `${url}?embed=1`]) {
      expect((await get(path, browser)).statusCode).toBe(404)
    }
    const again = await published(learner, [])
    const disabled_at = '2026-01-01T00:00:00Z'
    await app.db
      .updateTable('app_user')
      .set({ disabled_at })
      .where('id', '=', learner.user.id)
      .execute()
    expect((await get(again.url)).statusCode).toBe(404)
    for (const hash of ['x', '0'.repeat(32), `${'0'.repeat(31)}%00`, again.id]) {
      expect((await get(`/public/collections/${hash}`)).statusCode).toBe(404)
    }
  })

  it('escapes what its owner has written', async () => {
    const learner = await aLearner()
    const evil = '<script>alert(1)</script><img src=x onerror=alert(1)>'
    const { url } = await published(learner, [], { name: evil, description: evil })
    for (const path of [url, `${url}?embed=1`]) {
      expect((await get(path, browser)).body).not.toMatch(/<script|<img src=x/)
    }
    expect((await get(`${url}/image`)).statusCode).toBe(200)
  })

  it('may stand in pages of others only as a card', async () => {
    const learner = await aLearner()
    const { url } = await published(learner, [await anImported(app, learner.user.id)])
    const policy = async (path: string) =>
      (await get(path, browser)).headers['content-security-policy']
    expect(await policy(url)).toContain(`frame-ancestors 'none'`)
    expect(await policy(`${url}?embed=1`)).toContain('frame-ancestors *')
    expect((await get(`${url}?embed=1`, browser)).body).not.toContain('<header')
  })
})

describe('a collection for programs', () => {
  it('is a Collection as Badgr has it, with its badges whole where that is asked for', async () => {
    const learner = await aLearner()
    const { awardId, templateId } = await anEarned(app, learner.user)
    const text =
      '{"@context":"https://w3id.org/openbadges/v2","type":"Assertion","id":"https://museum.example/a/1"}'
    const entryId = await anImported(app, learner.user.id, { content: text })
    const { url, publicUrl } = await published(learner, [awardId, entryId])
    const collection = (await get(url)).json()
    expect(collection).toEqual({
      '@context': 'https://w3id.org/openbadges/v2',
      type: 'Collection',
      id: publicUrl,
      name: 'Data & design',
      description: 'What I **do**.',
      entityId: expect.stringMatching(/^[\w-]{22}$/),
      owner: { firstName: '', lastName: '' },
      badges: [(await get(`/public/assertions/${awardId}`)).json(), JSON.parse(text)],
    })
    const whole = (
      await get(`${url}.json?expand=badges.badge&expand=badges.badge.issuer`, browser)
    ).json()
    expect(whole.badges[0].badge).toMatchObject({
      id: urls.badge(templateId),
      issuer: { name: 'Open University' },
    })
  })

  it('has a picture for previews', async () => {
    const learner = await aLearner()
    const ids = await Promise.all([1, 2, 3].map(() => anImported(app, learner.user.id)))
    for (const shown of [[], ids.slice(0, 1), ids]) {
      const { url } = await published(learner, shown)
      const image = await get(`${url}/image`)
      expect(image.headers['content-type']).toBe('image/png')
      const { rawPayload: png } = image
      expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1200, 630])
    }
  })
})

describe('oEmbed', () => {
  const ask = (query: Record<string, string>) => get(`/public/oembed?${new URLSearchParams(query)}`)

  it('answers for awards, badges from elsewhere and collections', async () => {
    const learner = await aLearner()
    const { awardId } = await anEarned(app, learner.user)
    const entryId = await anImported(app, learner.user.id)
    const { publicUrl } = await published(learner, [awardId])
    for (const [url, title] of [
      [urls.assertion(awardId), 'Data Analysis Foundations'],
      [`${urls.assertion(awardId)}?share=link`, 'Data Analysis Foundations'],
      [urls.importedBadge(entryId), 'Friend of the Museum'],
      [publicUrl, 'Data & design'],
    ]) {
      const answer = (await ask({ url, maxwidth: '400', format: 'json' })).json()
      expect(answer).toMatchObject({ version: '1.0', type: 'rich', title, width: 400 })
      const [, source = ''] = /^<iframe src="([^"]*)"/.exec(answer.html) ?? []
      const framed = await get(source.replace('https://badges.example', ''), browser)
      expect(framed.headers['content-security-policy']).toContain('frame-ancestors *')
      const thumbnail = await get(answer.thumbnail_url.replace('https://badges.example', ''))
      expect(thumbnail.rawPayload.readUInt32BE(16)).toBe(answer.thumbnail_width)
    }
  })

  it('is named by each of these pages', async () => {
    const learner = await aLearner()
    const { awardId } = await anEarned(app, learner.user)
    const text = (await get(`/public/assertions/${awardId}`, browser)).body
    const [, link = ''] = /type="application\/json\+oembed" href="([^"]*)"/.exec(text) ?? []
    const path = link.replaceAll('&#38;', '&').replace('https://badges.example', '')
    expect((await get(path)).json().title).toBe('Data Analysis Foundations')
  })

  it('knows nothing of what is private, elsewhere or not there, and speaks JSON only', async () => {
    const learner = await aLearner()
    const entryId = await anImported(app, learner.user.id, { visibility: 'private' })
    for (const url of [
      urls.importedBadge(entryId),
      'https://elsewhere.example/public/assertions/x',
      urls.collection('0'.repeat(32)),
      urls.badge(entryId),
      `${urls.base}/public/constructor/x`,
    ]) {
      expect((await ask({ url })).statusCode).toBe(404)
    }
    expect((await ask({ url: 'x', format: 'xml' })).statusCode).toBe(501)
    expect((await ask({})).statusCode).toBe(400)
    expect((await ask({ url: urls.importedBadge(entryId), maxwidth: 'wide' })).statusCode).toBe(404)
  })
})

describe('the page of a badge from elsewhere', () => {
  it('says whose it is and what the last check has found, and leads to the next one', async () => {
    const learner = await aLearner()
    const id = await anImported(app, learner.user.id)
    const text = (await get(`/public/backpack/${id}`, browser)).body
    expect(text).toContain('A badge from elsewhere')
    expect(text).toContain('by <a href="https://museum.example/"')
    expect(text).toContain('Valid when last checked')
    expect(text).toContain('1 May 2026</time>.')
    expect(text).toContain('/verify?url=https%3A%2F%2Fmuseum.example%2Fa%2F1')
    expect(text).toContain('Guided <strong>ten</strong> groups.')
    expect(text).not.toContain('Ada')
  })

  it.each([
    ['revoked', 'Revoked'],
    ['invalid', 'Not valid'],
    ['not-yet-valid', 'Could not be checked'],
  ])('says that it is %s', async (verdict, words) => {
    const learner = await aLearner()
    const id = await anImported(app, learner.user.id, { verdict })
    expect((await get(`/public/backpack/${id}`, browser)).body).toContain(`<strong>${words}`)
  })

  it('is for the learner alone while it is private or waits, and for nobody when it was rejected', async () => {
    const learner = await aLearner()
    const waiting = await anImported(app, learner.user.id, { state: 'waiting' })
    const secret = await anImported(app, learner.user.id, { visibility: 'private' })
    const rejected = await anImported(app, learner.user.id, { state: 'rejected' })
    for (const [id, own] of [
      [waiting, 200],
      [secret, 200],
      [rejected, 404],
    ] as const) {
      const url = `/public/backpack/${id}`
      for (const headers of [browser, { accept: 'application/json' }]) {
        const answer = await get(url, headers)
        expect(answer.statusCode).toBe(404)
        expect(answer.body).not.toContain('Museum')
      }
      expect((await learner.send({ url, headers: browser })).status).toBe(own)
    }
  })

  it('gives the badge as it came, unless that would tell who the learner is', async () => {
    const learner = await aLearner()
    const text = '{ "type": "Assertion",  "id":"https://museum.example/a/1" }'
    const at = async (content: string, more: object = {}) =>
      get(`/public/backpack/${await anImported(app, learner.user.id, { content, ...more })}`)
    expect((await at(text)).body).toBe(text)
    const plain = `{"recipient":"${learner.user.email.toUpperCase()}"}`
    expect((await at(plain)).statusCode).toBe(404)
    expect((await at('{"name":"ada lovelace"}')).statusCode).toBe(404)
    expect((await at('{"name":"ada lovelace"}', { showsName: true })).statusCode).toBe(200)
    // Who shows a name has not said to show an address.
    expect((await at(plain, { showsName: true })).statusCode).toBe(404)
    const packed = Buffer.from(JSON.stringify({ sub: learner.user.email })).toString('base64url')
    expect((await at(`e30.${packed}.c2ln`)).statusCode).toBe(404)
    const jws = await at('eyJhbGciOiJSUzI1NiJ9.e30.c2ln')
    expect(jws.headers['content-type']).toContain('text/plain')
    expect(jws.headers['x-content-type-options']).toBe('nosniff')
  })
})

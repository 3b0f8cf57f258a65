import { GuardedFetchError } from '@rosette/guarded-fetch'
import { unbake } from '@rosette/open-badges'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPublicUrls } from '../../http/public-urls.js'
import { takeBack } from '../../testing/sample-awards.js'
import { anEarned } from '../../testing/sample-backpack.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'
import { defaultPicture } from '../images/default-picture.js'
import { renderSvg } from '../images/images.js'

let app: TestApp
let server: ReturnType<TestApp['createServer']>
const urls = createPublicUrls('https://badges.example')
const ada = { name: 'Ada', email: 'ada@learners.example' }
const site = 'https://museum.example'
const pages = new Map<string, { bytes: Buffer; type: string }>()

const put = (path: string, body: object | string | Buffer, type = 'application/json') => {
  const bytes = Buffer.isBuffer(body)
    ? body
    : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
  pages.set(`${site}${path}`, { bytes, type })
}

beforeAll(async () => {
  app = await createTestApp(
    { ROSETTE_VERIFIER_PER_MINUTE: '1000' },
    {
      guardedFetch: async (url) => {
        const page = pages.get(url)
        if (page === undefined)
          throw new GuardedFetchError('ERR_GUARD_UNREACHABLE', 'There is no answer there.')
        return { ...page, url }
      },
    },
  )
  server = app.createServer()
  putHosted('1', {})
  putHosted('2', { image: `${site}/picture.svg` })
  putHosted('3', { image: `${site}/page.html` })
  putHosted('4', { image: `${site}/nothing` })
  const svg = defaultPicture({ kind: 'badge', seed: 'x', name: 'Guide' })
  put('/picture.png', await renderSvg(svg, 200), 'image/png')
  put('/picture.svg', svg, 'image/svg+xml')
  put('/page.html', '<html><body>No picture</body></html>', 'text/html')
})
afterAll(() => app.drop())

function putHosted(id: string, more: object) {
  const context = 'https://w3id.org/openbadges/v2'
  put(`/issuer`, {
    '@context': context,
    type: 'Issuer',
    id: `${site}/issuer`,
    name: 'City Museum',
    url: site,
    email: 'badges@museum.example',
  })
  put(`/classes/${id}`, {
    '@context': context,
    type: 'BadgeClass',
    id: `${site}/classes/${id}`,
    name: 'Guide',
    description: 'Guides visitors.',
    image: `${site}/picture.png`,
    criteria: { narrative: 'Guided ten groups.' },
    issuer: `${site}/issuer`,
    ...more,
  })
  put(`/assertions/${id}`, {
    '@context': context,
    type: 'Assertion',
    id: `${site}/assertions/${id}`,
    recipient: { type: 'email', hashed: false, identity: ada.email },
    badge: `${site}/classes/${id}`,
    issuedOn: '2026-01-02T03:04:05Z',
    verification: { type: 'HostedBadge' },
  })
}

const bake = (assertion: string) =>
  server.inject({ url: `/baker?${new URLSearchParams({ assertion })}` })

describe('the baker', () => {
  it('puts a badge of anybody into its picture, exactly as it is hosted', async () => {
    const answer = await bake(`${site}/assertions/1`)
    expect(answer.statusCode).toBe(200)
    expect(answer.headers).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': expect.stringMatching(/^attachment; filename="[0-9a-f]{32}\.png"$/),
    })
    const { text, version } = unbake(answer.rawPayload)
    expect(version).toBe('2.0')
    expect(text).toBe(pages.get(`${site}/assertions/1`)?.bytes.toString())
  })

  it('does so in SVG where the picture is one', async () => {
    const answer = await bake(`${site}/assertions/2`)
    expect(answer.headers['content-type']).toBe('image/svg+xml')
    expect(answer.headers['content-disposition']).toContain('.svg"')
    expect(answer.headers['content-security-policy']).toContain('sandbox')
    expect(unbake(answer.rawPayload).kind).toBe('svg')
  })

  it('bakes badges of this site without asking the network', async () => {
    const { awardId } = await anEarned(app, ada)
    for (const address of [urls.assertion(awardId), urls.credential(awardId)]) {
      const answer = await bake(address)
      expect([address, answer.statusCode]).toEqual([address, 200])
      const path = address.slice(urls.base.length)
      expect(unbake(answer.rawPayload).text).toBe((await server.inject(path)).body)
    }
  })

  it.each([
    ['nothing there', `${site}/assertions/none`, 'unreachable'],
    ['no address', 'javascript:alert(1)', 'invalid'],
    ['no badge', `${site}/page.html`, 'invalid'],
    ['no assertion', `${site}/classes/1`, 'invalid'],
    ['a picture', `${site}/picture.png`, 'invalid'],
    ['a picture that is none', `${site}/assertions/3`, 'invalid-image'],
    ['a picture that is not there', `${site}/assertions/4`, 'unreachable'],
  ])('says in JSON why it cannot: %s', async (_what, address, code) => {
    const answer = await bake(address)
    expect(answer.statusCode).toBe(400)
    expect(answer.headers['content-type']).toContain('application/json')
    expect(Object.keys(answer.json())).toEqual(['message', 'code', 'extra'])
    expect(answer.json().code).toBe(code)
  })

  it('bakes no badge that was taken back', async () => {
    const { awardId } = await anEarned(app, ada)
    await takeBack(app, awardId, 'plagiarism')
    const answer = await bake(urls.credential(awardId))
    expect(answer.statusCode).toBe(400)
    expect(answer.json().code).toBe('revoked')
    expect((await bake(urls.assertion(awardId))).statusCode).toBe(400)
  })

  it('has a form where nothing was asked', async () => {
    const form = await server.inject({ url: '/baker', headers: { accept: 'text/html' } })
    expect(form.statusCode).toBe(200)
    expect(form.body).toContain('name="assertion"')
  })

  it('is not for many a minute', async () => {
    const strict = await createTestApp({ ROSETTE_VERIFIER_PER_MINUTE: '3' })
    const door = strict.createServer()
    const url = '/baker?assertion=x'
    const codes = []
    for (let n = 0; n < 5; n += 1) codes.push((await door.inject({ url })).statusCode)
    const last = await door.inject({ url })
    expect(codes).toContain(429)
    expect(last.json()).toMatchObject({ code: 'too-many-requests' })
    await door.close()
    await strict.drop()
  })
})

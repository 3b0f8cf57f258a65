import { unbake, verifyCredential } from '@rosette/open-badges'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toPublicId } from '../../http/public-id.js'
import { createPublicUrls } from '../../http/public-urls.js'
import { anEarned } from '../../testing/sample-backpack.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

let app: TestApp
let server: ReturnType<TestApp['createServer']>
const urls = createPublicUrls('https://badges.example')
const browser = { accept: 'text/html' }
const ada = { name: 'Ada', email: 'ada@learners.example' }
beforeAll(async () => {
  app = await createTestApp()
  server = app.createServer()
})
afterAll(() => app.drop())

const get = (url: string, headers: Record<string, string> = {}) => server.inject({ url, headers })
const documents = async (address: string) => {
  const { pathname, search } = new URL(address)
  return (await get(`${pathname}${search}`)).json()
}

describe('the public documents, as software for Badgr asks for them', () => {
  it('are JSON wherever ".json" is added, even for a browser', async () => {
    const { awardId, templateId, issuerId } = await anEarned(app, ada)
    for (const path of [
      `assertions/${toPublicId(awardId)}`,
      `badges/${templateId}`,
      `issuers/${toPublicId(issuerId)}`,
    ]) {
      const answer = await get(`/public/${path}.json`, browser)
      expect(answer.headers['content-type']).toContain('application/json')
      expect(answer.json()).toEqual((await get(`/public/${path}`)).json())
    }
    expect((await get('/public/badges/x.json', browser)).json().code).toBe('not-found')
  })

  it('are in Open Badges 1.1 where that is asked for, and verify', async () => {
    const { awardId, templateId, issuerId } = await anEarned(app, ada, {
      expiresAt: '2040-01-01T00:00:00Z',
      evidence: [{ url: 'https://university.example/42' }],
    })
    const answer = await get(`/public/assertions/${awardId}?v=1_1`)
    expect(answer.json()).toMatchObject({
      '@context': 'https://w3id.org/openbadges/v1',
      id: `${urls.assertion(awardId)}?v=1_1`,
      uid: toPublicId(awardId),
      badge: `${urls.badge(templateId)}?v=1_1`,
      evidence: 'https://university.example/42',
      verify: { type: 'hosted', url: `${urls.assertion(awardId)}?v=1_1` },
    })
    const badge = await documents(answer.json().badge)
    expect(badge).toMatchObject({
      criteria: `${urls.badge(templateId)}/criteria`,
      issuer: `${urls.issuerPage(issuerId)}?v=1_1`,
    })
    const report = await verifyCredential(answer.json(), { documents, now: new Date() })
    expect([report.verdict, report.kind]).toEqual(['valid', 'Assertion 1.1'])
    expect((await get(`/public/assertions/${awardId}?v=9`)).json()['@context']).toContain('/v2')
  })

  it('hold each other where they are to be expanded', async () => {
    const { awardId, templateId } = await anEarned(app, ada)
    const url = `/public/assertions/${awardId}`
    const plain = (await get(`${url}?expand=badge`)).json()
    expect(plain.badge).toEqual((await get(`/public/badges/${templateId}`)).json())
    const whole = (await get(`${url}?expand=badge&expand=badge.issuer`)).json()
    expect(whole.badge.issuer).toMatchObject({ type: 'Issuer', name: 'Open University' })
    expect((await get(url)).json().badge).toBe(urls.badge(templateId))
    expect((await get(`/public/badges/${templateId}?expand=issuer`)).json().issuer.name).toBe(
      'Open University',
    )
  })

  it('lead from an issuer to all of its badges, and from a badge to what it takes', async () => {
    const { templateId, issuerId } = await anEarned(app, ada)
    const list = (await get(`/public/issuers/${issuerId}/badges`)).json()
    expect(list).toEqual([(await get(`/public/badges/${templateId}`)).json()])
    const criteria = await get(`/public/badges/${templateId}/criteria`)
    expect(criteria.statusCode).toBe(302)
    expect((await get(String(criteria.headers['location']), browser)).statusCode).toBe(200)
  })

  it('have pictures as they are, as PNG, and wide for previews', async () => {
    const { awardId, templateId, issuerId } = await anEarned(app, ada)
    for (const url of [
      `/public/assertions/${awardId}/image`,
      `/public/badges/${templateId}/image`,
      `/public/issuers/${issuerId}/image`,
    ]) {
      const wide = (await get(`${url}?type=png&fmt=wide`)).rawPayload
      expect([wide.readUInt32BE(16), wide.readUInt32BE(20)]).toEqual([764, 400])
      expect((await get(`${url}?type=png`)).headers['content-type']).toBe('image/png')
      expect((await get(`${url}?type=original`)).headers['content-type']).toBe('image/svg+xml')
      expect((await get(`${url}?type=gif`)).statusCode).toBe(400)
      expect((await get(`${url}?fmt=tall`)).statusCode).toBe(400)
    }
  })

  it('are baked in the version that is asked for', async () => {
    const { awardId } = await anEarned(app, ada)
    const url = `/public/assertions/${awardId}/baked`
    const one = unbake((await get(`${url}?v=1_1`)).rawPayload)
    expect(JSON.parse(one.text).badge.issuer.name).toBe('Open University')
    const two = unbake((await get(`${url}?v=2_0`)).rawPayload)
    expect(JSON.parse(two.text)).toEqual((await get(`/public/assertions/${awardId}`)).json())
    expect((await get(`${url}?v=2,1_1`)).statusCode).toBe(400)
  })
})

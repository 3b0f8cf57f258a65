import { unbake, verifyCredential } from '@rosette/open-badges'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inTransaction } from '../../db/database.js'
import { createPublicUrls } from '../../http/public-urls.js'
import { aBadge, ada, anAward, takeBack } from '../../testing/sample-awards.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'
import { defaultPicture } from '../images/default-picture.js'
import { renderSvg } from '../images/render-svg.js'

let app: TestApp
let server: ReturnType<TestApp['createServer']>
const urls = createPublicUrls('https://badges.example')
const browser = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' }

beforeAll(async () => {
  app = await createTestApp()
  server = app.createServer()
})
afterAll(() => app.drop())

const get = (url: string, headers: Record<string, string> = {}) => server.inject({ url, headers })
const pageOf = async (url: string) => (await get(url, browser)).body

async function issued(wanted: object = {}, badge: Parameters<typeof aBadge>[1] = {}) {
  const made = await aBadge(app, badge)
  const awardId = await anAward(app, { ...made, ...wanted })
  await app.issuances.issue({ awardId }, { number: 1, isLast: false })
  return { ...made, awardId, url: `/public/assertions/${awardId}` }
}

describe('Open Badges 2.0', () => {
  it('has an assertion that names the learner by the hash of the signed badge', async () => {
    const { awardId, templateId, url } = await issued({ expiresAt: '2040-01-01T00:00:00Z' })
    const answer = await get(url)
    const credential = (await get(`/credentials/${awardId}`)).json()
    const [identity] = credential.credentialSubject.identifier
    expect(answer.json()).toEqual({
      '@context': 'https://w3id.org/openbadges/v2',
      type: 'Assertion',
      id: urls.assertion(awardId),
      badge: urls.badge(templateId),
      recipient: {
        type: 'email',
        hashed: true,
        salt: identity.salt,
        identity: identity.identityHash,
      },
      issuedOn: '2026-03-12T08:30:00Z',
      expires: '2040-01-01T00:00:00Z',
      image: `${urls.assertion(awardId)}/image`,
      verification: { type: 'HostedBadge' },
    })
    expect(answer.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'access-control-allow-origin': '*',
      vary: 'Accept, User-Agent',
      'cache-control': 'public, max-age=60',
    })
  })

  it('has a badge class and an issuer that lead to each other', async () => {
    const { templateId, issuerId } = await issued()
    expect((await get(`/public/badges/${templateId}`)).json()).toEqual({
      '@context': 'https://w3id.org/openbadges/v2',
      type: 'BadgeClass',
      id: urls.badge(templateId),
      name: 'Data Analysis Foundations',
      description: 'Reads, cleans and summarises data with care.',
      image: `${urls.badge(templateId)}/image`,
      criteria: { id: urls.badge(templateId), narrative: expect.stringContaining('Demo Course') },
      issuer: urls.issuerPage(issuerId),
      tags: ['statistics', 'python'],
    })
    expect((await get(`/public/issuers/${issuerId}`)).json()).toMatchObject({
      type: 'Issuer',
      id: urls.issuerPage(issuerId),
      email: 'badges@university.example',
      verification: { startsWith: 'https://badges.example/public/assertions/' },
    })
  })

  it('verifies, and answers 410 with the reason once it was taken back', async () => {
    const { awardId, url } = await issued()
    const text = (await get(url)).body
    const documents = async (address: string) => {
      const answer = await get(new URL(address).pathname)
      return answer.json()
    }
    const report = await verifyCredential(text, { documents, now: new Date() })
    expect(report.verdict).toBe('valid')
    await takeBack(app, awardId, 'plagiarism')
    const gone = await get(url)
    expect(gone.statusCode).toBe(410)
    expect(gone.json()).toEqual({
      '@context': 'https://w3id.org/openbadges/v2',
      id: urls.assertion(awardId),
      type: 'Assertion',
      revoked: true,
      revocationReason: 'plagiarism',
    })
    expect((await verifyCredential(text, { documents, now: new Date() })).verdict).toBe('revoked')
  })

  it('waits for the signature', async () => {
    const awardId = await anAward(app, await aBadge(app))
    const answer = await get(`/public/assertions/${awardId}`)
    expect(answer.statusCode).toBe(404)
    expect(answer.headers['retry-after']).toBe('5')
  })
})

describe('who gets a page and who gets JSON', () => {
  it.each([
    ['a browser', browser, 'text/html'],
    ['curl', { accept: '*/*' }, 'application/json'],
    ['nobody in particular', {}, 'application/json'],
    [
      'a validator',
      { accept: 'application/ld+json, application/json, image/png, image/svg+xml' },
      'application/ld+json',
    ],
    [
      'one that likes JSON better',
      { accept: 'text/html;q=0.5, application/json' },
      'application/json',
    ],
    ['one that likes pages better', { accept: 'application/json;q=0.5, text/html' }, 'text/html'],
    ['a link preview', { accept: '*/*', 'user-agent': 'LinkedInBot/1.0' }, 'text/html'],
    [
      'a link preview that asks for JSON',
      { accept: 'application/json', 'user-agent': 'Slackbot' },
      'application/json',
    ],
  ])('%s', async (_who, headers, type) => {
    const { url } = await issued()
    expect((await get(url, headers)).headers['content-type']).toContain(type)
  })

  it('whoever says it in the address', async () => {
    const { url } = await issued()
    const json = await get(`${url}?format=json`, browser)
    const html = await get(`${url}?format=html`, { accept: 'application/json' })
    expect(json.headers['content-type']).toContain('application/json')
    expect(html.headers['content-type']).toContain('text/html')
  })
})

describe('the page of an award', () => {
  it('says what, by whom, when, that it is valid, and why', async () => {
    const { awardId, url } = await issued({
      evidence: [{ url: 'https://university.example/42', name: 'Certificate page' }],
    })
    const answer = await get(url, browser)
    const text = answer.body
    expect(text).toContain('<h1>Data Analysis Foundations</h1>')
    expect(text).toContain('<strong>Valid</strong>')
    expect(text).toContain('<strong>Demo Course</strong>')
    expect(text).toContain('datetime="2026-03-12T08:30:00.123456Z">12 March 2026</time>')
    expect(text).toContain('<a href="https://university.example/42" rel="noopener ugc">')
    expect(text).toContain(`<link rel="canonical" href="${urls.assertion(awardId)}">`)
    expect(text).toContain(
      `<meta property="og:image" content="${urls.assertion(awardId)}/image?type=png&#38;fmt=wide">`,
    )
    expect(text).toContain('<meta name="robots" content="noindex">')
    const onPaper = `Anyone can check this badge at ${urls.assertion(awardId)}</p>`
    expect(text).toContain(`<p class="paper">${onPaper}`)
    expect(answer.headers['content-security-policy']).toContain(
      `default-src 'none'; style-src 'sha256-`,
    )
  })

  it('says who took it back, when and why, and offers it no longer for sharing', async () => {
    const { awardId, url } = await issued()
    await takeBack(app, awardId, 'plagiarism <in> the project')
    const text = await pageOf(url)
    expect(text).toContain('<strong>Revoked</strong>Open University took this badge back on')
    expect(text).toContain('3 May 2026</time>: plagiarism &#60;in&#62; the project')
    expect(text).not.toContain('LinkedIn')
    expect(text).not.toContain('<strong>Valid')
  })

  it('says that it was taken back before it was signed', async () => {
    const awardId = await anAward(app, await aBadge(app))
    await takeBack(app, awardId, 'a mistake')
    const text = await pageOf(`/public/assertions/${awardId}`)
    expect(text).toContain('<strong>Revoked</strong>')
    expect(text).toContain('a mistake')
    expect(text).not.toContain('Download')
  })

  it('says that it has expired, is being signed, or could not be signed', async () => {
    const { url } = await issued({ expiresAt: '2026-04-01T00:00:00Z' })
    expect(await pageOf(url)).toContain('<strong>Expired</strong>This badge was valid until')
    const { templateId, issuerId } = await aBadge(app)
    const awardId = await anAward(app, { templateId })
    expect(await pageOf(`/public/assertions/${awardId}`)).toContain('<strong>Being signed</strong>')
    await app.db
      .updateTable('issuer_key')
      .set({ retired_at: '2026-01-01T00:00:00Z' })
      .where('issuer_id', '=', issuerId)
      .execute()
    await app.issuances.issue({ awardId }, { number: 1, isLast: false })
    expect(await pageOf(`/public/assertions/${awardId}`)).toContain(
      '<strong>Not signed yet</strong>',
    )
  })

  it('escapes whatever is in a name, and cleans what is in the criteria', async () => {
    const evil = '<script>alert(1)</script>"\'><img src=x onerror=alert(1)>'
    const { url, templateId, issuerId, awardId } = await issued(
      {
        showsName: true,
        learner: { name: evil },
        evidence: [{ url: 'javascript:alert(1)', name: evil, narrative: evil }],
      },
      {
        name: evil,
        issuerName: evil,
        description: evil,
        tags: [evil],
        criteria: `${evil}\n\n[x](javascript:alert(1)) ![y](https://evil.example/y.png)\n\n<iframe src="//evil.example"></iframe>`,
      },
    )
    for (const path of [
      url,
      `${url}/verification`,
      `/public/badges/${templateId}`,
      `/public/issuers/${issuerId}`,
    ]) {
      const text = await pageOf(path)
      expect(text).toContain('&#60;script&#62;')
      expect(text).not.toMatch(/<script|<iframe|<img src=x|javascript:|src="[^"]*evil/)
    }
    const svg = await get(`${url}/image?format=svg`)
    expect(svg.body).not.toContain('<script')
    const baked = await get(`${url}/baked?format=svg`)
    expect(unbake(baked.rawPayload).text).toBe((await get(`/credentials/${awardId}`)).body)
  })
})

describe('the page of a badge', () => {
  it('counts people, not how often each has earned it', async () => {
    const { awardId, ...badge } = await issued()
    const again = await anAward(app, badge)
    await app.db
      .updateTable('award')
      .from('award as first')
      .set(({ ref }) => ({ learner_id: ref('first.learner_id'), instance: 'again' }))
      .where('award.id', '=', again)
      .where('first.id', '=', awardId)
      .execute()
    expect(await pageOf(`/public/badges/${badge.templateId}`)).toContain('Earned by 1 person.')
  })

  it('offers what can be earned, and no longer what was archived', async () => {
    const { templateId } = await issued()
    const url = `/public/badges/${templateId}`
    const offer = 'A badge to earn'
    expect(await pageOf(url)).toContain(offer)
    const archived = { state: 'archived' } as const
    await app.db.updateTable('badge_template').set(archived).where('id', '=', templateId).execute()
    const text = await pageOf(url)
    expect(text).toContain('No longer awarded')
    expect(text).not.toContain(offer)
  })
})

describe('the verification of an award', () => {
  it.each(['url', 'did:web'] as const)(
    'shows every check of an issuer named by %s',
    async (identifier) => {
      const { url } = await issued({}, { identifier })
      const text = await pageOf(`${url}/verification`)
      expect(text).toContain('<strong>Valid</strong>')
      expect(text).toContain('<strong>Signature</strong>: <span class="good">passed</span>')
      expect(text).not.toContain('failed')
      const report = (await get(`${url}/verification`)).json()
      expect(report).toMatchObject({ verdict: 'valid' })
      for (const { message, detail } of report.checks) {
        expect(message).not.toMatch(/https?:|did:/)
        const address = detail?.key ?? detail?.issuer ?? ''
        expect(text).toContain(`<span class="rule">${address}`)
      }
    },
  )

  it('shows the failing check first', async () => {
    const { awardId, url } = await issued()
    await takeBack(app, awardId, 'plagiarism')
    const text = await pageOf(`${url}/verification`)
    expect(text).toContain('plagiarism')
    expect(text.indexOf('<strong>Revocation</strong>: <span class="bad">failed')).toBeGreaterThan(0)
    expect(text.indexOf('<strong>Revocation</strong>')).toBeLessThan(
      text.indexOf('<strong>Signature'),
    )
  })

  it('does not pass over a text that was changed where it is stored', async () => {
    const { awardId, url } = await issued()
    const { signed_text: text } = await app.db
      .selectFrom('credential')
      .selectAll()
      .where('award_id', '=', awardId)
      .executeTakeFirstOrThrow()
    const changed = text.replace('Foundations', 'Mastery')
    await app.db
      .updateTable('credential')
      .set({ signed_text: changed })
      .where('award_id', '=', awardId)
      .execute()
    expect(await pageOf(`${url}/verification`)).toContain('<strong>Not valid</strong>')
  })
})

describe('images', () => {
  it('carry the exact signed badge, or its 2.0 twin, in PNG and SVG', async () => {
    const { awardId, url } = await issued({}, { name: 'Größe & 数据' })
    const signed = (await get(`/credentials/${awardId}`)).body
    for (const format of ['png', 'svg']) {
      const three = await get(`${url}/baked?format=${format}`)
      expect(three.headers['content-type']).toBe(format === 'png' ? 'image/png' : 'image/svg+xml')
      expect(unbake(three.rawPayload)).toMatchObject({ kind: format, version: '3.0', text: signed })
      const two = unbake((await get(`${url}/baked?format=${format}&v=2`)).rawPayload)
      expect(two.version).toBe('2.0')
      expect(JSON.parse(two.text)).toEqual((await get(url)).json())
    }
  })

  it('of badges and issuers are drawn when none was uploaded, in the sizes asked for', async () => {
    const { templateId, issuerId } = await issued()
    for (const url of [`/public/badges/${templateId}/image`, `/public/issuers/${issuerId}/image`]) {
      const image = await get(`${url}?size=64`)
      expect(image.headers['content-type']).toBe('image/png')
      expect(image.headers['content-security-policy']).toContain('sandbox')
      expect(image.rawPayload.readUInt32BE(16)).toBe(64)
      expect((await get(url)).rawPayload.readUInt32BE(16)).toBe(600)
      expect((await get(`${url}?format=svg`)).body).toContain('<svg')
      const tag = { 'if-none-match': String(image.headers['etag']) }
      expect((await get(`${url}?size=64`, tag)).statusCode).toBe(304)
    }
  })

  it('that were uploaded are used, small enough for a page', async () => {
    const { templateId, url } = await issued()
    const png = await renderSvg(defaultPicture({ kind: 'issuer', seed: 'x', name: 'Up' }), 900)
    await inTransaction(app.db, async (tx) => {
      const { id } = await app.images.store(tx, png)
      await tx
        .updateTable('badge_template')
        .set({ image_id: id })
        .where('id', '=', templateId)
        .execute()
    })
    expect((await get(`/public/badges/${templateId}/image`)).rawPayload).toEqual(png)
    expect((await get(`${url}/image?for=page`)).rawPayload.readUInt32BE(16)).toBe(320)
    expect((await get(`${url}/image?format=svg`)).body).toContain('data:image/png;base64,')
  })

  it('in a form that does not exist are refused with the forms that do', async () => {
    const { url } = await issued()
    expect((await get(`${url}/image?size=7`)).json().title).toContain('64, 128, 320, 600')
    expect((await get(`${url}/image?format=gif`)).statusCode).toBe(400)
    expect((await get(`${url}/baked?v=4`)).statusCode).toBe(400)
  })
})

describe('what strangers may not learn', () => {
  it('is in no public answer: address, user name, LMS id, and the name without consent', async () => {
    const { awardId, templateId, issuerId, url } = await issued({ learner: { ...ada } })
    const credential = (await get(`/credentials/${awardId}`)).json()
    const list = new URL(credential.credentialStatus.statusListCredential).pathname
    const paths = [
      url,
      `${url}/verification`,
      `${url}/image?format=svg`,
      `${url}/baked?format=svg`,
      `${url}/baked`,
      `${url}/baked?v=2`,
      `/credentials/${awardId}`,
      `/public/badges/${templateId}`,
      `/public/issuers/${issuerId}`,
      `/issuers/${issuerId}`,
      list,
    ]
    for (const path of paths) {
      for (const headers of [browser, { accept: 'application/json' }]) {
        const text = (await get(path, headers)).rawPayload.toString('latin1').toLowerCase()
        for (const secret of [ada.email, ada.username, String(ada.lmsUserId), ada.name]) {
          expect(text.includes(secret.toLowerCase()), `${path} tells ${secret}`).toBe(false)
        }
      }
    }
  })

  it('becomes visible on the page only where the learner agreed', async () => {
    const { url } = await issued({ showsName: true })
    expect(await pageOf(url)).toContain('Awarded to <b>Ada Lovelace</b>')
    expect((await get(url)).body).not.toContain('Ada')
  })

  it('includes badges that are still drafts', async () => {
    const { templateId } = await aBadge(app)
    await app.db
      .updateTable('badge_template')
      .set({ state: 'draft' })
      .where('id', '=', templateId)
      .execute()
    expect((await get(`/public/badges/${templateId}`)).statusCode).toBe(404)
    expect((await get(`/public/badges/${templateId}/image`)).statusCode).toBe(200)
  })
})

describe('an address that leads nowhere', () => {
  it.each([
    '/public/assertions/x',
    '/public/badges/AAAAAAAAAAAAAAAAAAAAAA',
    '/public/issuers/x',
    '/no',
  ])('%s is a page for people and a problem for programs', async (url) => {
    const page = await get(url, browser)
    expect(page.statusCode).toBe(404)
    expect(page.headers['content-type']).toContain('text/html')
    expect(page.body).toContain('There is nothing here')
    const problem = await get(url, { accept: 'application/json' })
    expect(problem.statusCode).toBe(404)
    expect(problem.headers['content-type']).toContain('application/problem+json')
  })

  it('shows what was asked for only as text', async () => {
    const page = await get('/<script>alert(1)</script>', browser)
    expect(page.body).not.toContain('<script')
  })
})

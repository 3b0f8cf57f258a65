import { createHash } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type ApiClient, anOrganization, createApiClient } from '../../testing/api-client.js'
import { createRoleClient } from '../../testing/role-client.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'
import { createAppearances } from './create-appearances.js'

let app: TestApp
let api: ApiClient
beforeAll(async () => {
  app = await createTestApp()
  api = await createApiClient(app)
})
afterAll(async () => {
  await api.server.close()
  await app.drop()
})
afterEach(async () => {
  await api.delete('appearance')
})

const stranger = (url: string, headers: Record<string, string> = { accept: 'text/html' }) =>
  api.server.inject({ url, headers })

const dress = {
  name: 'Riverbend Badges',
  accent: '#F59E0B',
  footerText: 'Run by the registrar <of Riverbend>.',
  footerLinks: [{ label: 'Imprint', url: 'https://riverbend.example/imprint' }],
}
const svg =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><script>alert(1)</script><path d="M0 0h8v8z"></path></svg>'

async function putLogo(body: string | Buffer, type = 'image/svg+xml') {
  return await api.send({
    method: 'PUT',
    url: '/api/v1/appearance/logo',
    headers: { 'content-type': type },
    payload: body,
  })
}

/** The style elements of a page, each of which the policy must name by its hash. */
function expectEachStyleAllowed(payload: string, policy: string) {
  const styles = [...payload.matchAll(/<style>([^<]*)<\/style>/g)].map(([, text = '']) => text)
  expect(styles.length).toBeGreaterThan(1)
  for (const text of styles) {
    expect(policy).toContain(`'sha256-${createHash('sha256').update(text).digest('base64')}'`)
  }
}

describe('the appearance of the site', () => {
  it('is that of the brand, and open to everybody', async () => {
    const { statusCode, payload } = await stranger('/api/v1/appearance', {})
    expect(statusCode).toBe(200)
    expect(JSON.parse(payload)).toEqual({
      name: 'Rosette',
      isChanged: false,
      logoUrl: null,
      chosenAccent: null,
      accents: {
        light: { colour: '#3730a3', letters: '#ffffff', isAdjusted: false },
        dark: { colour: '#a5b4fc', letters: '#16163a', isAdjusted: false },
      },
      footerText: '',
      footerLinks: [],
      updatedAt: null,
    })
  })

  it('is worn by every page at once, within the content policy', async () => {
    const changed = await api.put('appearance', dress)
    expect(changed.body).toMatchObject({
      name: 'Riverbend Badges',
      isChanged: true,
      chosenAccent: '#f59e0b',
      accents: { light: { isAdjusted: true }, dark: { colour: '#f59e0b', isAdjusted: false } },
    })
    for (const path of ['/', '/verify', '/public/badges/nothing']) {
      const page = await stranger(path)
      expect(page.payload, path).toContain('<span>Riverbend Badges</span>')
      expect(page.payload, path).toContain('Run by the registrar &#60;of Riverbend&#62;.')
      expect(page.payload, path).toContain('href="https://riverbend.example/imprint"')
      expect(page.payload, path).toContain(`--accent:${changed.body.accents.light.colour}`)
      expectEachStyleAllowed(page.payload, String(page.headers['content-security-policy']))
    }
  })

  it('has a logo that is cleaned like every picture, and a rosette without one', async () => {
    const before = await stranger('/brand/icon', {})
    expect(before.payload).toContain('#6366f1')
    const { status, body } = await putLogo(svg)
    expect(status).toBe(200)
    const logo = await stranger(body.logoUrl, {})
    expect(logo.statusCode).toBe(200)
    expect(logo.headers['content-security-policy']).toContain('sandbox')
    expect(logo.payload).toContain('<path')
    expect(logo.payload).not.toContain('script')
    expect((await stranger('/')).payload).toContain(`src="${body.logoUrl}"`)
    expect((await stranger('/brand/icon', {})).payload).toBe(logo.payload)

    expect((await putLogo('GIF89a')).body.code).toBe('image-refused')
    expect((await putLogo('', 'image/png')).status).toBeGreaterThanOrEqual(400)
    const other = await putLogo(svg.replace('M0 0h8v8z', 'M1 1h6v6z'))
    expect(other.body.logoUrl).not.toBe(body.logoUrl)
    const kept = await app.db.selectFrom('image').select('id').execute()
    expect(kept).toHaveLength(1)

    await api.delete('appearance/logo')
    expect((await stranger('/brand/logo', {})).statusCode).toBe(404)
    expect(await app.db.selectFrom('image').select('id').execute()).toEqual([])
  })

  it('goes back to the brand, and tells the audit log what was there', async () => {
    await api.put('appearance', dress)
    await putLogo(svg)
    const { body } = await api.delete('appearance')
    expect(body).toMatchObject({ name: 'Rosette', isChanged: false, logoUrl: null })
    expect((await stranger('/')).payload).toContain('<span>Rosette</span>')
    const log = await app.db
      .selectFrom('audit_log')
      .select(['action', 'before', 'organization_id'])
      .where('subject', '=', 'appearance/site')
      .orderBy('id', 'desc')
      .limit(3)
      .execute()
    expect(log.map(({ action }) => action)).toEqual([
      'appearance.reset',
      'appearance.set-logo',
      'appearance.update',
    ])
    expect(log[0]).toMatchObject({ before: { name: dress.name }, organization_id: null })
  })

  it('refuses what is no colour and links that would run something', async () => {
    for (const [path, wrong] of [
      ['accent', { accent: 'red; } body { display: none' }],
      ['footerLinks.0.url', { footerLinks: [{ label: 'x', url: 'javascript:alert(1)' }] }],
      ['footerLinks.0.url', { footerLinks: [{ label: 'x', url: '/imprint' }] }],
    ] as const) {
      const refused = await api.put('appearance', { ...dress, ...wrong })
      expect(refused, path).toMatchObject({ status: 400, body: { faults: [{ path }] } })
    }
  })

  it('is changed by administrators of the installation only', async () => {
    const owner = await createRoleClient(app, api, {
      ...(await anOrganization(api)),
      role: 'owner',
    })
    expect((await owner.put('appearance', dress)).status).toBe(403)
    expect((await owner.delete('appearance')).status).toBe(403)
    expect((await owner.delete('appearance/logo')).status).toBe(403)
  })

  it('reaches other processes when they look again', async () => {
    const { store: storeImage, find: findImage } = app.images
    const urls = { start: 'https://badges.example/', local: () => '/', base: '' }
    const other = createAppearances({
      db: app.db,
      urls: urls as never,
      now: () => new Date(),
      storeImage,
      findImage,
    })
    await other.look()
    expect(other.brand().name).toBe('Rosette')
    await api.put('appearance', dress)
    await other.look()
    expect(other.brand().name).toBe('Riverbend Badges')
  })

  it('of two who change it at once keeps both a name and a logo', async () => {
    const [named, pictured] = await Promise.all([api.put('appearance', dress), putLogo(svg)])
    expect([named.status, pictured.status]).toEqual([200, 200])
    expect((await api.get('appearance')).body).toMatchObject({
      name: dress.name,
      logoUrl: expect.stringContaining('/brand/logo?v='),
    })
  })
})

describe('the typeface', () => {
  it.each(['latin', 'arabic'])('%s is served once and for all', async (script) => {
    const font = await stranger(`/brand/fonts/readex-pro-5-${script}.woff2`, {})
    expect(font.statusCode).toBe(200)
    expect(font.headers).toMatchObject({
      'content-type': 'font/woff2',
      'cache-control': 'public, max-age=31536000, immutable',
    })
    expect(font.rawPayload.subarray(0, 4).toString()).toBe('wOF2')
    expect(font.rawPayload.length).toBeLessThan(33_000)
    expect((await stranger('/')).payload).toContain(`readex-pro-5-${script}.woff2`)
  })

  it('has no other files behind it', async () => {
    const other = await stranger('/brand/fonts/..%2f..%2fpackage.json', {})
    expect(other.statusCode).toBe(404)
  })
})

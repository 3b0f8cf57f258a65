import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, type BrowserContext, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aBadge, anAward, takeBack } from '../src/testing/sample-awards.js'
import { createTestApp, type TestApp } from '../src/testing/test-app.js'

/** Set it to a folder to look at the pages afterwards. */
const screenshots = process.env['ROSETTE_SCREENSHOTS']

let app: TestApp
let server: ReturnType<TestApp['createServer']>
let browser: Browser
let origin: string
const paths: Record<string, string> = {}

beforeAll(async () => {
  app = await createTestApp()
  server = app.createServer()
  origin = await server.listen({ port: 0, host: '127.0.0.1' })
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
  await makePages()
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
  await app?.drop()
})

async function makePages() {
  const badge = await aBadge(app)
  const signed = async (wanted: object) => {
    const id = await anAward(app, { ...badge, ...wanted })
    await app.issuances.issue({ awardId: id }, { number: 1, isLast: false })
    return id
  }
  const evidence = [
    { url: 'https://university.example/certificates/42', name: 'Certificate page' },
    { name: 'Final project', narrative: 'A study of tide tables.' },
  ]
  const valid = await signed({ showsName: true, evidence })
  const revoked = await signed({ expiresAt: '2040-01-01T00:00:00Z' })
  await takeBack(app, revoked, 'plagiarism in the final project')
  const expired = await signed({ expiresAt: '2026-04-01T00:00:00Z' })
  const queued = await anAward(app, badge)
  const long = await aBadge(app, {
    name: 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft & <b>Söhne</b>',
    criteria: `# A heading\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n\`\`\`\n${'code '.repeat(60)}\n\`\`\``,
    tags: Array.from({ length: 25 }, (_, n) => `a skill number ${n}`),
  })
  Object.assign(paths, {
    valid: `/public/assertions/${valid}`,
    revoked: `/public/assertions/${revoked}`,
    expired: `/public/assertions/${expired}`,
    queued: `/public/assertions/${queued}`,
    verification: `/public/assertions/${valid}/verification`,
    'verification-revoked': `/public/assertions/${revoked}/verification`,
    badge: `/public/badges/${badge.templateId}`,
    'badge-long': `/public/badges/${long.templateId}`,
    issuer: `/public/issuers/${badge.issuerId}`,
    missing: '/public/assertions/nothing-like-this',
  })
}

async function opened(name: string, context: BrowserContext) {
  const tab = await context.newPage()
  await tab.goto(`${origin}${paths[name]}`)
  return tab
}

const names = [
  'valid',
  'revoked',
  'expired',
  'queued',
  'verification',
  'verification-revoked',
  'badge',
  'badge-long',
  'issuer',
  'missing',
]
const looks = [
  { look: 'light', colorScheme: 'light', viewport: { width: 1280, height: 900 } },
  { look: 'dark', colorScheme: 'dark', viewport: { width: 1280, height: 900 } },
  { look: 'phone', colorScheme: 'light', viewport: { width: 360, height: 740 } },
] as const

describe.each(names)('the public page "%s"', (name) => {
  it.each(looks)(
    'has no accessibility fault and no sideways scrolling in $look',
    async (wanted) => {
      const context = await browser.newContext(wanted)
      const tab = await opened(name, context)
      const folder = screenshots
      if (folder !== undefined) {
        await tab.screenshot({ path: `${folder}/${name}-${wanted.look}.png`, fullPage: true })
      }
      const { violations } = await new AxeBuilder({ page: tab }).analyze()
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
      const width = await tab.evaluate('document.documentElement.scrollWidth')
      expect(width).toBeLessThanOrEqual(wanted.viewport.width)
      await context.close()
    },
  )

  it('is complete without script, breaks no content policy and weighs less than 60 kB', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false })
    const tab = await context.newPage()
    const complaints: string[] = []
    let weight = 0
    tab.on('console', (message) => complaints.push(message.text()))
    tab.on('response', async (response) => {
      weight += (await response.body()).length
    })
    await tab.goto(`${origin}${paths[name]}`, { waitUntil: 'networkidle' })
    expect(complaints.filter((text) => !text.includes('404'))).toEqual([])
    expect(weight).toBeGreaterThan(1_000)
    expect(weight).toBeLessThan(60_000)
    await context.close()
  })
})

describe('the page of an award', () => {
  it('can be used with the keyboard, beginning with a way past the header', async () => {
    const context = await browser.newContext()
    const tab = await opened('valid', context)
    await tab.keyboard.press('Tab')
    expect(await tab.evaluate('document.activeElement.textContent')).toBe('Skip to content')
    const link = tab.getByRole('link', { name: 'Check again' })
    await link.focus()
    await tab.keyboard.press('Enter')
    await tab.getByRole('heading', { name: 'Is this badge real?' }).waitFor()
    expect(await tab.getByText('passed').count()).toBeGreaterThan(3)
    await context.close()
  })
})

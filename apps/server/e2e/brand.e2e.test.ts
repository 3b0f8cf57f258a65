import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aBadge, anAward } from '../src/testing/sample-awards.js'
import { createTestApp, type TestApp } from '../src/testing/test-app.js'

/** Set it to a folder to look at the pages afterwards. */
const screenshots = process.env['ROSETTE_SCREENSHOTS']

let app: TestApp
let server: ReturnType<TestApp['createServer']>
let browser: Browser
let origin: string
const paths: Record<string, string> = { start: '/', verify: '/verify' }
const logo =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 32"><path d="M2 30 22 4l14 18 8-10 18 18z" fill="#b45309"/></svg>'

/** A site with a colour that could not be read as it was chosen, and a pathway that everybody may see. */
beforeAll(async () => {
  app = await createTestApp()
  server = app.createServer()
  origin = await server.listen({ port: 0, host: '127.0.0.1' })
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
  const badge = await aBadge(app)
  const awardId = await anAward(app, { ...badge, showsName: true })
  await app.issuances.issue({ awardId }, { number: 1, isLast: false })
  paths['award'] = `/public/assertions/${awardId}`
  paths['pathway'] = `/public/pathways/${await aPathway(badge)}`
  const footerLinks = [
    { label: 'Imprint', url: 'https://riverbend.example/imprint' },
    { label: 'Privacy', url: 'https://riverbend.example/privacy' },
  ]
  const footerText = 'Run by the registrar of Riverbend University.'
  const dress = { name: 'Riverbend Badges', accent: '#f59e0b', footerText, footerLinks }
  await app.appearances.put(dress, 'a test')
  await app.appearances.putLogo(Buffer.from(logo), 'a test')
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
  await app?.drop()
})

async function aPathway({ templateId, issuerId }: { templateId: string; issuerId: string }) {
  const { organization_id: organizationId } = await app.db
    .selectFrom('issuer')
    .select('organization_id')
    .where('id', '=', issuerId)
    .executeTakeFirstOrThrow()
  const next = await app.db
    .insertInto('badge_template')
    .values({
      organization_id: organizationId,
      issuer_id: issuerId,
      name: 'Data Scientist',
      state: 'active',
      image_id: null,
      repeat_by: null,
      expires_after_days: null,
      activated_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const made = await app.pathways.create(
    {
      organizationId,
      name: 'Data science',
      description: 'From the first course to a badge that employers know.',
      isPublic: true,
      badges: [
        { templateId, isMilestone: false },
        { templateId: next.id, isMilestone: true },
      ],
      links: [{ from: templateId, to: next.id }],
    },
    'a test',
  )
  return made.id
}

const looks = [
  { look: 'light', colorScheme: 'light', viewport: { width: 1280, height: 900 } },
  { look: 'dark', colorScheme: 'dark', viewport: { width: 1280, height: 900 } },
  { look: 'phone', colorScheme: 'light', viewport: { width: 360, height: 740 } },
] as const

describe.each(['start', 'verify', 'award', 'pathway'])(
  'the page "%s" of a dressed site',
  (name) => {
    it('wears name, logo, colour and typeface in every look, and can be read', async () => {
      for (const wanted of looks) {
        const context = await browser.newContext(wanted)
        const tab = await context.newPage()
        const complaints: string[] = []
        tab.on('console', (message) => complaints.push(message.text()))
        await tab.goto(`${origin}${paths[name]}`, { waitUntil: 'networkidle' })
        await tab.getByText('Riverbend Badges').first().waitFor()
        expect(await tab.evaluate(`document.fonts.check('16px "Readex Pro"')`)).toBe(true)
        expect(await tab.evaluate(`document.querySelector('.logo').naturalWidth`)).toBeGreaterThan(
          0,
        )
        if (screenshots !== undefined) {
          const path = `${screenshots}/brand-${name}-${wanted.look}.png`
          await tab.screenshot({ path, fullPage: true })
        }
        const { violations } = await new AxeBuilder({ page: tab }).analyze()
        expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
        const width = await tab.evaluate('document.documentElement.scrollWidth')
        expect(width).toBeLessThanOrEqual(wanted.viewport.width)
        expect(complaints).toEqual([])
        await context.close()
      }
    })

    it('weighs less than 60 kB with typeface, logo and pictures', async () => {
      const context = await browser.newContext({ javaScriptEnabled: false })
      const tab = await context.newPage()
      const weights: number[] = []
      tab.on('response', async (response) => {
        weights.push((await response.body()).length)
      })
      await tab.goto(`${origin}${paths[name]}`, { waitUntil: 'networkidle' })
      const weight = weights.reduce((sum, one) => sum + one, 0)
      expect(weight).toBeGreaterThan(31_000)
      expect(weight).toBeLessThan(60_000)
      if (screenshots !== undefined) process.stdout.write(`${name}: ${weight} bytes\n`)
      await context.close()
    })
  },
)

import { AxeBuilder } from '@axe-core/playwright'
import { bake } from '@rosette/open-badges'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { defaultPicture } from '../src/features/images/default-picture.js'
import { renderSvg } from '../src/features/images/render-svg.js'
import { aNetwork, aStranger, aStrangersBadge } from '../src/testing/strangers-badges.js'
import { createTestApp, type TestApp } from '../src/testing/test-app.js'

let app: TestApp
let server: ReturnType<TestApp['createServer']>
let browser: Browser
let origin: string
let text: string
let png: Buffer
const published = 'https://riverbend.example/badge.json'

beforeAll(async () => {
  const badge = await aStrangersBadge(aStranger())
  text = JSON.stringify(badge)
  png = await renderSvg(defaultPicture({ kind: 'badge', seed: 'x', name: 'Navigation' }), 200)
  app = await createTestApp({}, { guardedFetch: aNetwork({ [published]: badge }) })
  server = app.createServer()
  origin = await server.listen({ port: 0, host: '127.0.0.1' })
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
  await app?.drop()
})

const file = (content: string) => ({
  name: 'badge.png',
  mimeType: 'image/png',
  buffer: Buffer.from(bake(png, content)),
})

async function opened(look: Parameters<Browser['newContext']>[0] = {}) {
  const tab = await (await browser.newContext(look)).newPage()
  await tab.goto(origin)
  await tab.getByRole('link', { name: 'Verify a badge' }).first().click()
  // A key that is pressed before the page has changed goes to the old one.
  await tab.waitForURL(`${origin}/verify`)
  return tab
}

async function expectAccessible(tab: Page, width: number) {
  const { violations } = await new AxeBuilder({ page: tab }).analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
  expect(await tab.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
}

it('takes a file from a phone and says whose it is, then that it is somebody else’s', async () => {
  const tab = await opened({ colorScheme: 'dark', viewport: { width: 390, height: 800 } })
  await expectAccessible(tab, 390)
  await tab.setInputFiles('#file', file(text))
  await tab.getByLabel('Whose should it be?').fill('grace@learners.example')
  await tab.getByRole('button', { name: 'Check this badge' }).click()
  await tab.getByText('Signed by the issuer').waitFor()
  await tab.getByText('Yes: this badge was given to').waitFor()
  await expectAccessible(tab, 390)

  await tab.getByRole('link', { name: 'Check another badge' }).click()
  await tab.setInputFiles('#file', file(text))
  await tab.getByLabel('Whose should it be?').fill('mallory@learners.example')
  await tab.getByRole('button', { name: 'Check this badge' }).click()
  await tab.getByText('it was not given to mallory@learners.example').waitFor()
  expect(tab.url()).toBe(`${origin}/verify`)
  await tab.context().close()
})

it('shows what was tampered with, without a script, and breaks no content policy', async () => {
  const tab = await opened({ javaScriptEnabled: false, viewport: { width: 1280, height: 900 } })
  const complaints: string[] = []
  tab.on('console', (message) => complaints.push(message.text()))
  await tab.setInputFiles('#file', file(text.replaceAll('Marine', 'Grand')))
  await tab.getByRole('button', { name: 'Check this badge' }).click()
  await tab.getByText('The signature does not match').first().waitFor()
  const [download] = await Promise.all([
    tab.waitForEvent('download'),
    tab.getByRole('link', { name: 'Report as JSON' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('report.json')
  expect(complaints).toEqual([])
  await tab.context().close()
})

it('takes a link by the keyboard alone', async () => {
  const tab = await opened({ viewport: { width: 1280, height: 900 } })
  await tab.keyboard.press('Tab')
  await tab.keyboard.press('Enter')
  const focused = () => tab.evaluate('document.activeElement.id')
  for (const id of ['file', 'badge']) {
    await tab.keyboard.press('Tab')
    expect(await focused()).toBe(id)
  }
  await tab.keyboard.type(published)
  await tab.keyboard.press('Tab')
  await tab.keyboard.press('Enter')
  await tab.getByRole('heading', { name: 'Marine Navigation' }).waitFor()
  await expectAccessible(tab, 1280)
  await tab.getByRole('link', { name: 'Check again' }).click()
  await tab.getByRole('heading', { name: 'Marine Navigation' }).waitFor()
  expect(tab.url()).toBe(`${origin}/verify?url=${encodeURIComponent(published)}`)
  await tab.context().close()
})

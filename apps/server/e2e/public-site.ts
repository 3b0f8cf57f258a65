import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../src/testing/test-app.js'

/** Set it to a folder to look at the pages afterwards. */
const screenshots = process.env['ROSETTE_SCREENSHOTS']
const looks = {
  light: { colorScheme: 'light', viewport: { width: 1280, height: 900 } },
  dark: { colorScheme: 'dark', viewport: { width: 1280, height: 900 } },
  phone: { colorScheme: 'light', viewport: { width: 360, height: 740 } },
} as const
type Look = keyof typeof looks
export const everyLook: readonly Look[] = ['light', 'dark', 'phone']

type Site = {
  readonly app: TestApp
  readonly server: ReturnType<TestApp['createServer']>
  readonly browser: Browser
  readonly origin: string
}

/** What everybody may open, by the names that the tests of a file give to its pages. */
type Pages = Readonly<Record<string, string>>

/** A site and a browser for all tests of a file, with one tab for each look. */
export function usePublicSite(makePages: (site: Site) => Promise<Pages>) {
  const tabs = new Map<Look, Page>()
  let site: Site
  let pages: Pages = {}

  beforeAll(async () => {
    site = await openSite()
    pages = await makePages(site)
  })
  afterAll(async () => {
    await site?.browser.close()
    await site?.server.close()
    await site?.app.drop()
  })

  const addressOf = (name: string) => `${site.origin}${pages[name]}`

  async function tabWith(look: Look): Promise<Page> {
    const open = tabs.get(look)
    if (open !== undefined) return open
    const tab = await site.browser.newPage(looks[look])
    tabs.set(look, tab)
    return tab
  }

  /** In a browser of its own, where nothing is kept from before. */
  async function inNewContext<T>(
    look: (context: BrowserContext) => Promise<T>,
    options = {},
  ): Promise<T> {
    const context = await site.browser.newContext(options)
    try {
      return await look(context)
    } finally {
      await context.close()
    }
  }

  /** What a page brings along for somebody without script who comes for the first time. */
  async function weigh(name: string) {
    return await inNewContext((context) => weighIn(context, addressOf(name)), {
      javaScriptEnabled: false,
    })
  }

  return { addressOf, tabWith, inNewContext, weigh }
}

export type PublicSite = ReturnType<typeof usePublicSite>

async function openSite(): Promise<Site> {
  const app = await createTestApp()
  const server = app.createServer()
  const origin = await server.listen({ port: 0, host: '127.0.0.1' })
  const executable = { executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] }
  return { app, server, origin, browser: await chromium.launch(executable) }
}

async function weighIn(context: BrowserContext, url: string) {
  const tab = await context.newPage()
  const complaints: string[] = []
  const sizes: Promise<number>[] = []
  tab.on('console', (message) => complaints.push(message.text()))
  tab.on('response', (response) => {
    sizes.push(response.body().then((body) => body.length))
  })
  await tab.goto(url, { waitUntil: 'networkidle' })
  const weight = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
  return { weight, complaints }
}

/** Whoever cannot see it well can use it, and it fits into the window. */
export async function expectReadable(tab: Page): Promise<void> {
  // In the page itself; otherwise each look opens another one. No page has frames of others.
  const { violations } = await new AxeBuilder({ page: tab }).setLegacyMode(true).analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
  const width = await tab.evaluate('document.documentElement.scrollWidth')
  expect(width).toBeLessThanOrEqual(tab.viewportSize()?.width ?? 0)
}

export async function keepPicture(tab: Page, name: string): Promise<void> {
  if (screenshots === undefined) return
  await tab.screenshot({ path: `${screenshots}/${name}.png`, fullPage: true })
}

/** What holds for each page that everybody may open. */
export function describePublicPages(names: readonly string[], site: PublicSite): void {
  describe.each(names)('the public page "%s"', (name) => {
    it.each(everyLook)(
      'has no accessibility fault and no sideways scrolling in %s',
      async (look) => {
        const tab = await site.tabWith(look)
        await tab.goto(site.addressOf(name))
        await keepPicture(tab, `${name}-${look}`)
        await expectReadable(tab)
      },
    )
  })

  // Each waits for its page to be quiet, so they wait together.
  describe.concurrent('without script', () => {
    it.each(names)(
      'the public page "%s" is complete, breaks no content policy and weighs less than 60 kB',
      async (name) => {
        const { weight, complaints } = await site.weigh(name)
        expect(complaints.filter((text) => !text.includes('404'))).toEqual([])
        expect(weight).toBeGreaterThan(1_000)
        expect(weight).toBeLessThan(60_000)
      },
    )
  })
}

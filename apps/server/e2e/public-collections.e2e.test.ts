import { createServer, type Server } from 'node:http'
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, type BrowserContext, chromium } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { aSignedIn } from '../src/testing/person.js'
import { anEarned, anImported, proveMail } from '../src/testing/sample-backpack.js'
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
  const learner = await aSignedIn(app, server, { name: 'Ada Lovelace' })
  const { user } = learner
  await proveMail(app, user.id)
  const visibility = 'public' as const
  const valid = await anEarned(app, user, { showsName: true })
  await app.db.updateTable('award').set({ visibility }).where('id', '=', valid.awardId).execute()
  const hidden = await anEarned(app, user)
  const secret = { visibility: 'private' as const }
  await app.db.updateTable('award').set(secret).where('id', '=', hidden.awardId).execute()
  const others = [
    await anEarned(app, user, { name: 'Teamwork', tags: [], expiresAt: '2026-04-01T00:00:00Z' }),
    await anEarned(app, user, { name: 'Python for Everybody', isSigned: false }),
    await anEarned(app, user, {
      name: 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft',
    }),
  ]
  const imported = await anImported(app, user.id, { showsName: true })
  const revoked = await anImported(app, user.id, { verdict: 'revoked', name: 'Night Watch' })
  const ids = [valid.awardId, imported, ...others.map(({ awardId }) => awardId), hidden.awardId]
  const collection = await publish(learner, {
    name: 'Data, design and a little history',
    description:
      'What I have learned since **2020**, with thanks to [everybody](https://university.example) who helped.',
    badges: ids.map((badgeId, n) => ({
      badgeId,
      note: n % 2 === 0 ? 'I am proud of this one: it took a whole winter.' : '',
    })),
  })
  const empty = await publish(learner, { name: 'Nothing yet' })
  Object.assign(paths, {
    collection,
    'collection-embedded': `${collection}?embed=1`,
    'collection-empty': empty,
    award: `/public/assertions/${valid.awardId}`,
    'award-embedded': `/public/assertions/${valid.awardId}?embed=1`,
    'award-private': `/public/assertions/${hidden.awardId}`,
    imported: `/public/backpack/${imported}`,
    'imported-embedded': `/public/backpack/${imported}?embed=1`,
    'imported-revoked': `/public/backpack/${revoked}`,
    'badge-earners': `/public/badges/${valid.templateId}`,
    baker: '/baker',
    displayer: '/displayer/convert/email',
  })
}

async function publish(learner: Awaited<ReturnType<typeof aSignedIn>>, wanted: object) {
  const { body } = await learner.post('backpack/collections', wanted)
  const change = { isPublished: true }
  const published = await learner.patch(`/api/v1/backpack/collections/${body.id}`, change)
  return new URL(published.body.publicUrl).pathname
}

async function opened(name: string, context: BrowserContext) {
  const tab = await context.newPage()
  await tab.goto(`${origin}${paths[name]}`)
  return tab
}

const names = [
  'collection',
  'collection-embedded',
  'collection-empty',
  'award',
  'award-embedded',
  'award-private',
  'imported',
  'imported-embedded',
  'imported-revoked',
  'badge-earners',
  'baker',
  'displayer',
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
      if (screenshots !== undefined) {
        await tab.screenshot({ path: `${screenshots}/${name}-${wanted.look}.png`, fullPage: true })
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
    const sizes: Promise<number>[] = []
    tab.on('console', (message) => complaints.push(message.text()))
    tab.on('response', (response) => {
      sizes.push(response.body().then((body) => body.length))
    })
    await tab.goto(`${origin}${paths[name]}`, { waitUntil: 'networkidle' })
    const weight = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
    expect(complaints.filter((text) => !text.includes('404'))).toEqual([])
    expect(weight).toBeGreaterThan(1_000)
    expect(weight).toBeLessThan(60_000)
    await context.close()
  })
})

/** A page of somebody else that puts one of ours into a frame. */
async function framedBy(context: BrowserContext, path: string | undefined) {
  const body = `<!doctype html><title>A blog</title><iframe src="${origin}${path}" width="480" height="260" title="Badge"></iframe>`
  blog = createServer((_request, response) =>
    response.setHeader('content-type', 'text/html').end(body),
  )
  await new Promise<void>((resolve) => blog?.listen(0, '127.0.0.1', resolve))
  const address = blog.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const tab = await context.newPage()
  await tab.goto(`http://127.0.0.1:${port}/`)
  return tab
}

let blog: Server | undefined
afterEach(() => {
  blog?.close()
  blog?.closeAllConnections()
})

describe('a card in a page of somebody else', () => {
  it('is shown in a frame, and what it leads to opens beside that page', async () => {
    const context = await browser.newContext()
    const tab = await framedBy(context, paths['award-embedded'])
    const frame = tab.frameLocator('iframe')
    await frame.getByRole('heading', { name: 'Data Analysis Foundations' }).waitFor()
    const link = frame.getByRole('link', { name: 'See and check this badge' })
    expect(await link.getAttribute('target')).toBe('_blank')
    if (screenshots !== undefined) await tab.screenshot({ path: `${screenshots}/frame.png` })
    await context.close()
  })

  it('is no way to put the page itself into a frame', async () => {
    const context = await browser.newContext()
    const tab = await framedBy(context, paths['award'])
    await tab.waitForTimeout(500)
    expect(await tab.frameLocator('iframe').getByRole('heading', { level: 1 }).count()).toBe(0)
    await context.close()
  })
})

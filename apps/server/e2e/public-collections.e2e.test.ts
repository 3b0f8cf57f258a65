import { createServer, type Server } from 'node:http'
import type { BrowserContext } from 'playwright-core'
import { afterEach, describe, expect, it } from 'vitest'
import { aSignedIn } from '../src/testing/person.js'
import { anEarned, anImported, proveMail } from '../src/testing/sample-backpack.js'
import type { TestApp } from '../src/testing/test-app.js'
import { describePublicPages, keepPicture, usePublicSite } from './public-site.js'

const site = usePublicSite(({ app, server }) => makePages(app, server))

async function makePages(app: TestApp, server: ReturnType<TestApp['createServer']>) {
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
  return {
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
  }
}

async function publish(learner: Awaited<ReturnType<typeof aSignedIn>>, wanted: object) {
  const { body } = await learner.post('backpack/collections', wanted)
  const change = { isPublished: true }
  const published = await learner.patch(`/api/v1/backpack/collections/${body.id}`, change)
  return new URL(published.body.publicUrl).pathname
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
describePublicPages(names, site)

/** A page of somebody else that puts one of ours into a frame. */
async function framedBy(context: BrowserContext, framed: string) {
  const body = `<!doctype html><title>A blog</title><iframe src="${framed}" width="480" height="260" title="Badge"></iframe>`
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
    await site.inNewContext(async (context) => {
      const tab = await framedBy(context, site.addressOf('award-embedded'))
      const frame = tab.frameLocator('iframe')
      await frame.getByRole('heading', { name: 'Data Analysis Foundations' }).waitFor()
      const link = frame.getByRole('link', { name: 'See and check this badge' })
      expect(await link.getAttribute('target')).toBe('_blank')
      await keepPicture(tab, 'frame')
    })
  })

  it('is no way to put the page itself into a frame', async () => {
    await site.inNewContext(async (context) => {
      const tab = await framedBy(context, site.addressOf('award'))
      await tab.waitForTimeout(500)
      expect(await tab.frameLocator('iframe').getByRole('heading', { level: 1 }).count()).toBe(0)
    })
  })
})

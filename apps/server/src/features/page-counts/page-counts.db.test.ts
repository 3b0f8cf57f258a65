import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPool } from '../../db/database.js'
import { toPublicId } from '../../http/public-id.js'
import { type ApiClient, createApiClient } from '../../testing/api-client.js'
import { aBadge, anAward } from '../../testing/sample-awards.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'
import { createPageCounts } from './create-page-counts.js'

let app: TestApp
let api: ApiClient
let templateId: string
let awardId: string
beforeAll(async () => {
  app = await createTestApp()
  api = await createApiClient(app)
  templateId = (await aBadge(app)).templateId
  awardId = await anAward(app, { templateId })
  await app.issuances.issue({ awardId }, { number: 1, isLast: false })
})
afterAll(async () => {
  await api.server.close()
  await app.drop()
})

const browser = {
  accept: 'text/html',
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0',
}
const visit = (url: string, headers: Record<string, string> = {}) =>
  api.server.inject({ url, headers: { ...browser, ...headers } })

async function counts(): Promise<Record<string, number>> {
  await app.pageCounts.flush()
  const rows = await app.db
    .selectFrom('page_count')
    .select(({ fn }) => ['kind', fn.sum<number>('count').as('count')])
    .groupBy('kind')
    .execute()
  return Object.fromEntries(rows.map(({ kind, count }) => [kind, Number(count)]))
}

const page = () => `/public/assertions/${toPublicId(awardId)}`

describe('public pages', () => {
  it('count what people do, each thing by its kind', async () => {
    await visit(page())
    await visit(`${page()}?share=mail`)
    await visit(`/public/badges/${toPublicId(templateId)}`)
    await visit(`${page()}/baked`)
    const file = await visit(`${page()}/credential`)
    expect(file.headers['content-disposition']).toBe(
      'attachment; filename="data-analysis-foundations.json"',
    )
    const shared = await visit(`${page()}/share?to=linkedin`)
    expect(shared.statusCode).toBe(303)
    const form = new URL(String(shared.headers['location']))
    expect(form.origin + form.pathname).toBe('https://www.linkedin.com/profile/add')
    expect(form.searchParams.get('certUrl')).toBe(`https://badges.example${page()}?share=linkedin`)
    await visit(`${page()}/verification`)
    expect(await counts()).toEqual({
      'award-view': 2,
      visit: 1,
      'badge-view': 1,
      download: 2,
      share: 1,
      verification: 1,
    })
  })

  it('do not count robots, questions, fetching ahead, programs and what is not there', async () => {
    const before = await counts()
    await visit(page(), { 'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1)' })
    await visit(page(), { 'user-agent': 'curl/8.0' })
    await visit(page(), { 'user-agent': '' })
    await visit(page(), { 'sec-purpose': 'prefetch;prerender' })
    await api.server.inject({ method: 'HEAD', url: page(), headers: browser })
    await visit(page(), { accept: 'application/json' })
    await visit(`/credentials/${toPublicId(awardId)}`, { accept: 'application/json' })
    await visit(`/public/assertions/${toPublicId(crypto.randomUUID())}`)
    await visit(`${page()}/share?to=elsewhere`)
    expect(await counts()).toEqual(before)
  })

  it('count badges of ours that somebody has verified, and none that only say so', async () => {
    const { verification = 0 } = await counts()
    const signed = (await api.get(`/credentials/${toPublicId(awardId)}`)).body
    const report = await api.post('verifications', { badge: JSON.stringify(signed) })
    expect(report.body.verdict).toBe('valid')
    const forged = { ...signed, validFrom: '2020-01-01T00:00:00Z' }
    const other = await api.post('verifications', { badge: JSON.stringify(forged) })
    expect(other.body.verdict).toBe('invalid')
    expect(await counts()).toMatchObject({ verification: verification + 1 })
  })
})

describe('counts', () => {
  it('of several processes add up, also when they write at once', async () => {
    const { 'award-view': before = 0 } = await counts()
    const now = () => new Date('2026-05-01T23:59:00Z')
    const processes = Array.from({ length: 4 }, () => createPageCounts({ db: app.db, now }))
    const others = await Promise.all(Array.from({ length: 20 }, () => anAward(app, { templateId })))
    for (let round = 0; round < 10; round++) {
      for (const [n, each] of processes.entries()) {
        // In another order in each process, as it happens with real pages.
        for (const id of n % 2 === 0 ? others : [...others].reverse()) each.done('award-view', id)
      }
      await Promise.all(processes.map((each) => each.flush()))
    }
    expect(await counts()).toMatchObject({ 'award-view': before + 4 * 20 * 10 })
    const rows = await app.db
      .selectFrom('page_count')
      .select(['award_id', 'count'])
      .where('award_id', 'in', others)
      .execute()
    expect(rows.map(({ count }) => count)).toEqual(others.map(() => 40))
  })

  it('of what was deleted meanwhile do not keep the others from being stored', async () => {
    const { 'award-view': before = 0 } = await counts()
    app.pageCounts.done('award-view', crypto.randomUUID())
    app.pageCounts.done('award-view', awardId)
    expect(await counts()).toMatchObject({ 'award-view': before + 1 })
  })

  it('wait while the database is away, and are stored when it is back', async () => {
    const { 'award-view': before = 0 } = await counts()
    const waiting = createPageCounts({ db: app.db, now: () => new Date() })
    await sql`alter table page_count rename to page_count_away`.execute(app.db)
    waiting.done('award-view', awardId)
    await waiting.flush()
    waiting.done('award-view', awardId)
    await sql`alter table page_count_away rename to page_count`.execute(app.db)
    await waiting.flush()
    expect(await counts()).toMatchObject({ 'award-view': before + 2 })
  })

  it('that wait are stored when the application ends', async () => {
    const other = await createTestApp()
    const badge = await aBadge(other)
    other.pageCounts.done('badge-view', badge.templateId)
    await other.close()
    const pool = createPool(other.url, 1)
    const { rows } = await pool.query('select kind, count from page_count')
    expect(rows).toEqual([{ kind: 'badge-view', count: 1 }])
    await pool.end()
    await other.drop()
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiClient, anOrganization, createApiClient } from '../../testing/api-client.js'
import { createRoleClient } from '../../testing/role-client.js'
import { aGrade, passingType } from '../../testing/sample-events.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

const [demo, algebra] = ['course-v1:O+Demo+1', 'course-v1:O+Algebra+1']
const passes = (course: string) => [
  { keyPath: 'is_passing', operator: 'eq', value: 'true' },
  { keyPath: 'course.course_key', operator: 'eq', value: course },
]
const ofWeek = (day: string) => `${day}T12:00:00+00:00`

let app: TestApp
let api: ApiClient
let own: { organizationId: string; issuerId: string }
let badge: string
let handmade: string

/** Four learners: two pass both courses, one of them twice late; one passes one; one by hand. */
beforeAll(async () => {
  app = await createTestApp({}, { now: () => new Date('2026-04-01T00:00:00Z') })
  api = await createApiClient(app)
  own = await anOrganization(api)
  badge = await activeTemplate('Both', [
    { id: 'demo', group: 'A', eventType: passingType, dataRules: passes(demo) },
    { id: 'algebra', group: 'B', eventType: passingType, dataRules: passes(algebra) },
  ])
  handmade = await activeTemplate('By hand', [
    { eventType: passingType, dataRules: passes('course-v1:O+Other+1') },
  ])
  const entries = [
    aGrade({ learner: 1, course: demo, at: ofWeek('2026-03-02') }),
    aGrade({ learner: 1, course: algebra, at: ofWeek('2026-03-03') }),
    aGrade({ learner: 2, course: demo, at: ofWeek('2026-03-09') }),
    aGrade({ learner: 2, course: algebra, at: ofWeek('2026-03-17') }),
    aGrade({ learner: 3, course: demo, at: ofWeek('2026-03-10') }),
  ]
  await app.progress.handle(entries, 'rosette')
  const hand = await api.post('learners', { username: 'hand', email: 'hand@example.com' })
  await api.post(`badge-templates/${handmade}/awards`, {
    learnerId: hand.body.id,
    awardedAt: '2026-03-20T10:00:00Z',
  })
})
afterAll(async () => {
  await api.server.close()
  await app.drop()
})

async function activeTemplate(name: string, requirements: readonly object[]): Promise<string> {
  const made = await api.post('badge-templates', { ...own, name, requirements })
  expect(made.status).toBe(201)
  await api.post(`badge-templates/${made.body.id}/activation`)
  return made.body.id
}

const march = 'from=2026-03-02T00:00:00Z&until=2026-03-30T00:00:00Z'
const ask = async (what: string, query = '') =>
  await api.get(`insights/${what}?organizationId=${own.organizationId}&${query}`)

describe('insights', () => {
  it('tell how many badges were earned in each week, and in which none was', async () => {
    const { body } = await ask('awards', `${march}&interval=week`)
    expect(body).toEqual({
      awarded: 3,
      revoked: 0,
      items: [
        { start: '2026-03-02', awarded: 1, revoked: 0 },
        { start: '2026-03-09', awarded: 0, revoked: 0 },
        { start: '2026-03-16', awarded: 2, revoked: 0 },
        { start: '2026-03-23', awarded: 0, revoked: 0 },
      ],
    })
  })

  it('begin days where the reader is', async () => {
    const query = 'from=2026-03-02T11:00:00Z&until=2026-03-04T11:00:00Z&interval=day'
    const there = await ask('awards', `${query}&timeZone=Pacific/Kiritimati`)
    expect(there.body.items).toEqual([
      { start: '2026-03-03', awarded: 0, revoked: 0 },
      { start: '2026-03-04', awarded: 1, revoked: 0 },
      { start: '2026-03-05', awarded: 0, revoked: 0 },
    ])
  })

  it('tell of each badge, of one course, and of courses that only the rules name', async () => {
    expect((await ask('badges', march)).body.items).toEqual([
      { template: { id: badge, name: 'Both' }, awarded: 2, revoked: 0, learners: 2 },
      { template: { id: handmade, name: 'By hand' }, awarded: 1, revoked: 0, learners: 1 },
    ])
    expect((await ask('courses', march)).body).toEqual({
      items: [
        { course: algebra, awarded: 2, learners: 2 },
        { course: demo, awarded: 2, learners: 2 },
        { course: 'course-v1:O+Other+1', awarded: 1, learners: 1 },
      ],
      isPartial: false,
      looked: 3,
    })
    const course = encodeURIComponent(algebra)
    expect((await ask('awards', `${march}&course=${course}`)).body.awarded).toBe(2)
    expect((await ask('badges', `${march}&course=nothing`)).body.items).toEqual([])
  })

  it('tell how far learners have come, and where they stop', async () => {
    const { body } = await ask('funnel')
    expect(body.items).toEqual([
      { template: { id: badge, name: 'Both' }, started: 3, halfWay: 3, complete: 2, holders: 2 },
      {
        template: { id: handmade, name: 'By hand' },
        started: 0,
        halfWay: 0,
        complete: 0,
        holders: 1,
      },
    ])
    const stops = await ask('stops', `templateId=${badge}`)
    expect(stops.body.items[0].groups).toMatchObject([
      { group: 'A', fulfilled: 3, missing: 0, onlyMissing: 0, requirements: [{ fulfilled: 3 }] },
      {
        group: 'B',
        fulfilled: 2,
        missing: 1,
        onlyMissing: 1,
        requirements: [{ id: 'algebra', fulfilled: 2, eventType: passingType }],
      },
    ])
  })

  it('tell how long issuing took at each target, and what waits', async () => {
    const [first, second] = await app.db
      .selectFrom('award')
      .select(['id', 'created_at'])
      .orderBy('number')
      .execute()
    for (const [award, seconds] of [
      [first, 10],
      [second, 30],
    ] as const) {
      const issued = new Date(Date.parse(award?.created_at ?? '') + seconds * 1000).toISOString()
      await app.db
        .updateTable('issuance')
        .set({ state: 'issued', issued_at: issued })
        .where('award_id', '=', award?.id ?? '')
        .execute()
    }
    const { body } = await ask('delays', 'from=2020-01-01T00:00:00Z&until=2099-01-01T00:00:00Z')
    expect(body.items).toHaveLength(1)
    expect(body.items[0]).toMatchObject({
      target: { kind: 'native', name: null, accountId: null },
      issued: 2,
      waiting: 1,
    })
    expect(body.items[0].median).toBeCloseTo(20, 1)
    expect(body.items[0].p90).toBeCloseTo(28, 1)
  })

  it('tell what was done on public pages, by time and by badge', async () => {
    const award = await app.db
      .selectFrom('award')
      .select('id')
      .where('template_id', '=', badge)
      .orderBy('number')
      .executeTakeFirstOrThrow()
    app.pageCounts.done('award-view', award.id)
    app.pageCounts.done('award-view', award.id)
    app.pageCounts.done('download', award.id)
    app.pageCounts.done('badge-view', badge)
    await app.pageCounts.flush()
    const query = 'interval=month&from=2026-03-15T00:00:00Z&until=2026-04-02T00:00:00Z'
    const { body } = await ask('public-pages', query)
    const counts = {
      awardViews: 2,
      badgeViews: 1,
      downloads: 1,
      shares: 0,
      visits: 0,
      verifications: 0,
    }
    expect(body.totals).toEqual(counts)
    expect(body.items).toMatchObject([
      { start: '2026-03-01', awardViews: 0 },
      { start: '2026-04-01', ...counts },
    ])
    expect(body.badges[0]).toEqual({
      template: { id: badge, name: 'Both' },
      ...counts,
      awards: 2,
      claimed: 1,
    })
    const before = await ask('public-pages', 'until=2026-03-20T00:00:00Z')
    expect(before.body.totals.awardViews).toBe(0)
  })

  it('come as tables for spreadsheets, in which nothing is a formula', async () => {
    await api.patch(`badge-templates/${handmade}`, { name: '=1+1' })
    const { headers, body } = await ask('badges/file', march)
    expect(headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(headers['content-disposition']).toBe('attachment; filename="badges.csv"')
    // The mark by which spreadsheets know UTF-8.
    expect(body.startsWith('\uFEFF')).toBe(true)
    const [head, ...rows] = body.trim().split('\n')
    expect(head).toBe('badge,badgeId,awarded,revoked,learners')
    expect(rows).toEqual([`Both,${badge},2,0,2`, `'=1+1,${handmade},1,0,1`])
    for (const what of ['awards', 'courses', 'funnel', 'stops', 'delays', 'public-pages']) {
      const table = await ask(`${what}/file`)
      expect(table.status, what).toBe(200)
      expect(table.body.split('\n')[0], what).toContain(',')
    }
  })

  it('refuse periods that end before they begin, and too many intervals', async () => {
    const backwards = 'from=2026-03-02T00:00:00Z&until=2026-03-01T00:00:00Z'
    expect((await ask('awards', backwards)).body.faults).toMatchObject([{ path: 'until' }])
    const long = 'from=1990-01-01T00:00:00Z&interval=day'
    expect((await ask('awards', long)).body.faults).toMatchObject([{ path: 'interval' }])
    expect((await ask('awards', 'timeZone=Mars/Olympus')).status).toBe(400)
  })
})

describe('of another organization', () => {
  it('nothing is told: it is as if it were not there', async () => {
    const other = await anOrganization(api)
    const stranger = await createRoleClient(app, api, { ...other, role: 'owner' })
    const nobody = '00000000-0000-4000-8000-000000000000'
    for (const what of [
      'awards',
      'badges',
      'courses',
      'funnel',
      'stops',
      'delays',
      'public-pages',
    ]) {
      const query = (id: string, template: string) =>
        stranger.get(`insights/${what}?organizationId=${id}&templateId=${template}&${march}`)
      const foreign = await query(own.organizationId, badge)
      const missing = await query(nobody, nobody)
      expect(foreign.status, what).toBe(200)
      expect({ ...foreign.body, at: '' }, what).toEqual({ ...missing.body, at: '' })
      const all = await stranger.get(`insights/${what}?${march}`)
      expect(JSON.stringify(all.body), what).not.toContain(badge)
    }
  })
})

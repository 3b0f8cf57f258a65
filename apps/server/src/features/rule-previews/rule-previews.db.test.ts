import type { BadgeTemplate } from '@rosette/engine'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiClient, anOrganization, createApiClient } from '../../testing/api-client.js'
import { createRoleClient } from '../../testing/role-client.js'
import { aGrade, anEntry, passingType } from '../../testing/sample-events.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'
import { previewRules } from './preview-rules.js'

let app: TestApp
let api: ApiClient
let owner: Awaited<ReturnType<typeof anOrganization>>
const algebra = 'course-v1:A+algebra+1'
const demo = 'course-v1:A+demo+1'
const day = (n: number) => `2026-03-${String(n).padStart(2, '0')}T10:00:00+00:00`
const told = (n: number) => `2026-03-${String(n).padStart(2, '0')}T10:00:00Z`

beforeAll(async () => {
  app = await createTestApp()
  api = await createApiClient(app)
  owner = await anOrganization(api)
  await app.progress.handle(
    [
      aGrade({ learner: 1, course: algebra, at: day(1) }),
      aGrade({ learner: 1, course: demo, at: day(2) }),
      aGrade({ learner: 2, course: algebra, at: day(3) }),
      aGrade({ learner: 3, course: demo, at: day(4) }),
      aGrade({ learner: 3, course: algebra, at: day(5) }),
      aGrade({ learner: 3, course: demo, passing: false, at: day(6) }),
      aGrade({ learner: 4, course: algebra, passing: false, at: day(7) }),
    ],
    'before',
  )
})
afterAll(async () => {
  await api.server.close()
  await app.drop()
})

const passes = (course: string, value = 'true') => [
  { keyPath: 'is_passing', operator: 'eq', value },
  { keyPath: 'course.course_key', operator: 'eq', value: course },
]
const rules = {
  requirements: [
    { id: 'algebra', group: 'A', eventType: passingType, dataRules: passes(algebra) },
    { id: 'demo', group: 'B', eventType: passingType, dataRules: passes(demo) },
  ],
  penalties: [
    {
      id: 'failed',
      eventType: passingType,
      dataRules: passes(demo, 'false'),
      requirements: ['demo'],
    },
  ],
}
const about = () => ({ organizationId: owner.organizationId })

async function aLearner(lmsUserId: number | null) {
  const { public_id } = await app.db
    .insertInto('learner')
    .values({ username: `learner${lmsUserId}`, name: 'Known', email: '', lms_user_id: lmsUserId })
    .onConflict((c) => c.column('lms_user_id').doUpdateSet({ name: 'Known' }))
    .returning('public_id')
    .executeTakeFirstOrThrow()
  return public_id
}

describe('a preview of rules that nobody has saved', () => {
  it('says who would have the badge, who is on the way, and what each rule matched', async () => {
    const { status, body } = await api.post('rule-previews', { ...about(), rules })
    expect(status, JSON.stringify(body)).toBe(200)
    expect(body).toEqual({
      events: { read: 7, matched: 6, from: told(1), until: told(7), isComplete: true },
      learners: { complete: 1, halfWay: 2, started: 0 },
      examples: [
        {
          learner: { id: null, lmsUserId: 1, username: 'learner1', name: 'Learner 1' },
          instance: null,
          completeAt: told(2),
          ratio: 1,
          groups: { A: true, B: true },
        },
        expect.objectContaining({ ratio: 0.5, completeAt: null, groups: { A: true, B: false } }),
        expect.objectContaining({ ratio: 0.5, completeAt: null, groups: { A: true, B: false } }),
      ],
      perRequirement: [
        { id: 'algebra', events: 3, learners: 3 },
        { id: 'demo', events: 2, learners: 1 },
      ],
      perPenalty: [{ id: 'failed', events: 1 }],
    })
    const stored = await app.db.selectFrom('mark').select('key').execute()
    expect(stored).toEqual([])
  })

  it('looks back to a given time only', async () => {
    const { body } = await api.post('rule-previews', { ...about(), rules, since: day(3) })
    expect(body.events).toMatchObject({ read: 5, from: told(3), isComplete: false })
    expect(body.learners).toEqual({ complete: 0, halfWay: 2, started: 0 })
  })

  it('stops where it has read enough, and says so', async () => {
    const template: BadgeTemplate = {
      ...{ id: 't', name: '', reaward: 'allowed', repeat: null },
      requirements: [{ id: 'r', group: 'A', eventType: passingType, dataRules: [] }],
      penalties: [],
    }
    const { signal } = new AbortController()
    const bounds = { since: undefined, mostMs: 10_000, step: 2, signal }
    const some = await previewRules(app.db, template, { ...bounds, mostEvents: 3 })
    expect(some.events).toMatchObject({ read: 4, from: told(4), until: told(7), isComplete: false })
    const all = await previewRules(app.db, template, { ...bounds, mostEvents: 8 })
    expect(all.events).toMatchObject({ read: 7, isComplete: true })
    const gone = await previewRules(app.db, template, {
      ...{ ...bounds, mostEvents: 8 },
      signal: AbortSignal.abort(),
    })
    expect(gone.events).toMatchObject({ read: 2, isComplete: false })
  })

  it('is refused with every fault by its path', async () => {
    const { status, body } = await api.post('rule-previews', {
      ...about(),
      rules: { requirements: [{ eventType: passingType, dataRules: [{ keyPath: 'no.such' }] }] },
    })
    expect(status).toBe(422)
    expect(body).toMatchObject({ code: 'rules-invalid', faults: expect.any(Array) })
    expect(body.faults[0].path).toMatch(/^requirements\[0\]\.dataRules\[0\]/)
  })

  it('of a template of another organization is that of none', async () => {
    const other = await anOrganization(api)
    const template = await api.post('badge-templates', { ...other, name: 'Theirs' })
    const asked = { ...about(), templateId: template.body.id, rules }
    const { status, body } = await api.post('rule-previews', asked)
    expect([status, body.code]).toEqual([404, 'template-not-found'])
  })
})

describe('trying a learner', () => {
  async function tried(lmsUserId: number, given: object = rules) {
    const learnerId = await aLearner(lmsUserId)
    const answer = await api.post('rule-previews/learner', { ...about(), rules: given, learnerId })
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    return answer.body
  }
  const requirementsOf = (body: { instances: { groups: { requirements: object[] }[] }[] }) =>
    body.instances[0]?.groups.flatMap((group) => group.requirements) ?? []

  it('says why yes, with the events behind it', async () => {
    const body = await tried(1)
    expect(body).toMatchObject({
      learner: { lmsUserId: 1, name: 'Known' },
      eventsRead: 2,
      isComplete: true,
      logBeginsAt: told(1),
      award: null,
      instances: [{ instance: null, complete: true, completeAt: told(2), ratio: 1 }],
    })
    expect(requirementsOf(body)[0]).toEqual({
      id: 'algebra',
      fulfilled: true,
      since: told(1),
      held: 1,
      needed: 1,
      events: [
        {
          id: expect.any(String),
          type: passingType,
          time: told(1),
          fields: [
            { keyPath: 'is_passing', value: true },
            { keyPath: 'course.course_key', value: algebra },
          ],
        },
      ],
      missing: [],
      nearMisses: [
        {
          event: expect.objectContaining({ time: told(2) }),
          failed: { ...passes(algebra)[1], seen: demo },
        },
      ],
    })
  })

  it('names the penalty that took it away, and when', async () => {
    const [, lost] = requirementsOf(await tried(3))
    expect(lost).toMatchObject({
      id: 'demo',
      fulfilled: false,
      held: 0,
      missing: [
        {
          reason: 'reset',
          penalty: 'failed',
          at: told(6),
          event: { time: told(6), type: passingType },
        },
      ],
    })
  })

  it('shows the nearest event and the rule that it fails', async () => {
    const [first] = requirementsOf(await tried(4))
    expect(first).toMatchObject({
      missing: [{ reason: 'data-rules', events: 1 }],
      nearMisses: [{ failed: { keyPath: 'is_passing', value: 'true', seen: false } }],
    })
  })

  it.each([
    {
      what: 'nothing of the type has happened',
      learner: 9,
      change: {},
      reason: { reason: 'no-event' },
    },
    {
      what: 'it happened outside of the window',
      learner: 2,
      change: { window: { from: told(10) } },
      reason: { reason: 'window', from: told(10), until: null, events: [{ time: told(3) }] },
    },
    {
      what: 'too few have happened',
      learner: 2,
      change: { count: { atLeast: 3, distinctBy: 'course.course_key' } },
      reason: { reason: 'count', held: 1, needed: 3 },
    },
  ])('says that $what', async ({ learner, change, reason }) => {
    const dataRules = passes(algebra).slice(0, 1)
    const requirement = { id: 'r', group: 'A', eventType: passingType, dataRules, ...change }
    const [view] = requirementsOf(await tried(learner, { requirements: [requirement] }))
    expect(view).toMatchObject({ fulfilled: false, missing: [reason] })
  })

  it('says that something else had to come first', async () => {
    const [algebraFirst, demoFirst] = rules.requirements
    const requirements = [{ ...algebraFirst, after: ['demo'] }, demoFirst]
    const [view] = requirementsOf(await tried(1, { requirements }))
    expect(view).toMatchObject({
      fulfilled: false,
      missing: [{ reason: 'after', requirement: 'demo', since: told(2) }],
    })
  })

  it('shows each value of a repeated badge by itself', async () => {
    const dataRules = passes(algebra).slice(0, 1)
    const { instances } = await tried(1, {
      repeat: { by: 'course.course_key' },
      requirements: [{ id: 'r', eventType: passingType, dataRules }],
    })
    expect(instances).toMatchObject([
      { instance: algebra, complete: true, completeAt: told(1) },
      { instance: demo, complete: true, completeAt: told(2) },
    ])
  })

  it('knows nobody else', async () => {
    const learnerId = '00000000-0000-4000-8000-000000000000'
    const { status } = await api.post('rule-previews/learner', { ...about(), rules, learnerId })
    expect(status).toBe(404)
  })
})

describe('values of recent events', () => {
  it('tell nothing of badges of other organizations', async () => {
    const elsewhere = await anOrganization(api)
    const made = await api.post('badge-templates', { ...elsewhere, name: 'Secret Medal' })
    const type = 'org.openedx.learning.badge.awarded.v1'
    const template = { uuid: made.body.id, name: 'Secret Medal' }
    await app.db
      .insertInto('event_log')
      .values({
        id: '00000000-0000-4000-8000-000000000009',
        event_type: type,
        occurred_at: told(1),
        source: 'rosette',
        lms_user_id: 9,
        data: JSON.stringify({ badge: { template } }),
      })
      .execute()
    const path = `event-values?eventType=${type}&keyPath=template.name`
    const editor = await createRoleClient(app, api, { ...owner, role: 'editor' })
    expect((await editor.get(path)).body).toMatchObject({ items: [] })
    const { body } = await api.get(path)
    expect(body).toMatchObject({ items: [{ value: 'Secret Medal' }] })
  })

  const ask = (query: string) => api.get(`event-values?eventType=${passingType}&${query}`)

  it('are listed by frequency, with the name beside them', async () => {
    const type = 'org.openedx.learning.course.passing.status.updated.v1'
    const course = { course_key: 'course-v1:N+named+1', display_name: 'Named Course' }
    const user = {
      id: 8,
      is_active: true,
      pii: { username: 'h', email: 'h@example.com', name: '' },
    }
    const data = {
      course_passing_status: {
        ...{ is_passing: true, user },
        course: { ...course, start: null, end: null },
      },
    }
    const id = '00000000-0000-4000-8000-000000000008'
    await app.progress.handle([anEntry(type, data, { time: day(8), id })], 'before')
    const { body } = await ask('keyPath=course.course_key')
    expect(body).toEqual({
      items: [
        { value: algebra, label: null, events: 4 },
        { value: demo, label: null, events: 3 },
        { value: 'course-v1:N+named+1', label: 'Named Course', events: 1 },
      ],
      from: null,
      isComplete: true,
    })
    const found = await ask('keyPath=course.course_key&q=named%20c')
    expect(found.body.items).toHaveLength(1)
  })

  it('are refused for what rules cannot name', async () => {
    const { status, body } = await ask('keyPath=no.such')
    expect([status, body.faults[0].path]).toEqual([400, 'keyPath'])
  })
})

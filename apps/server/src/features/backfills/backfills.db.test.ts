import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { inTransaction } from '../../db/database.js'
import { anAward } from '../../testing/sample-awards.js'
import { aGrade, passingType } from '../../testing/sample-events.js'
import { anActiveTemplate } from '../../testing/sample-templates.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'
import {
  createActiveRules,
  raiseRuleVersion,
  replaceRules,
  updateTemplate,
} from '../templates/templates.js'
import { createBackfills } from './backfills.js'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.drop())

beforeEach(async () => {
  await sql`truncate event_log, mark, award, learner, badge_template, backfill, outbox restart identity cascade`.execute(
    app.db,
  )
  await inTransaction(app.db, raiseRuleVersion)
})

const course = 'course-v1:A+one+1'
const isPassing = (value: 'true' | 'false', of = course) => [
  { keyPath: 'is_passing', operator: 'eq' as const, value },
  { keyPath: 'course.course_key', operator: 'eq' as const, value: of },
]
const passing = {
  requirements: [{ id: 'pass', eventType: passingType, dataRules: isPassing('true') }],
}
const losing = {
  ...passing,
  penalties: [
    { id: 'p1', eventType: passingType, dataRules: isPassing('false'), requirements: ['pass'] },
  ],
}
const on = (day: number) => `2026-03-${String(day).padStart(2, '0')}T10:00:00+00:00`

/** Slices of a few events, so that small histories take several. */
function inSmallSlices(size = { events: 3, learners: 2 }) {
  const { db, consequences } = app
  const rules = createActiveRules()
  return createBackfills({ db, rules, consequences, now: () => new Date(), size })
}

async function finish(kind: 'preview' | 'run', templateId: string, backfills = inSmallSlices()) {
  const id = await backfills.request({ templateId, kind, actor: 'ada' })
  expect(await backfills.workOn(id, 60_000)).toBe('settled')
  return await app.backfills.views.get(id)
}

async function past(...grades: Parameters<typeof aGrade>[0][]) {
  await app.progress.handle(
    grades.map((grade) => aGrade({ course, ...grade })),
    'before',
  )
}

async function awards(templateId?: string) {
  const { rows } = await sql<{ learner: number | null; status: string; template_id: string }>`
    select l.lms_user_id as learner, a.status, a.template_id from award a
    join learner l on l.id = a.learner_id order by l.lms_user_id, a.number`.execute(app.db)
  return rows.flatMap((row) =>
    templateId === undefined || row.template_id === templateId
      ? [[row.learner, row.status] as const]
      : [],
  )
}

async function countOf(table: 'learner' | 'mark' | 'award' | 'outbox') {
  const { rows } = await sql<{ count: number }>`select count(*) from ${sql.table(table)}`.execute(
    app.db,
  )
  return rows[0]?.count
}

describe('a preview', () => {
  it('says who would gain and who is on the way, and stores nothing else', async () => {
    const other = 'course-v1:A+two+1'
    await past(
      { learner: 1, at: on(1) },
      { learner: 1, course: other, at: on(2) },
      { learner: 2, at: on(3) },
      { learner: 3, passing: false, at: on(4) },
      { learner: 4, course: 'course-v1:Un+related+1', at: on(9) },
    )
    const templateId = await anActiveTemplate(app.db, {
      requirements: [
        { id: 'one', group: 'A', eventType: passingType, dataRules: isPassing('true') },
        { id: 'two', group: 'B', eventType: passingType, dataRules: isPassing('true', other) },
      ],
    })
    const backfill = await finish('preview', templateId)
    expect(backfill).toMatchObject({
      state: 'done',
      restarts: 0,
      progress: { read: 5, total: 5, ratio: 1 },
      result: {
        events: {
          read: 5,
          matched: 3,
          from: '2026-03-01T10:00:00Z',
          until: '2026-03-09T10:00:00Z',
        },
        learners: { none: 2, started: 0, halfWay: 1, complete: 1 },
        gain: 1,
        lose: 0,
        kept: 0,
        others: [],
      },
    })
    const { items } = await app.backfills.views.changes(backfill.id, { limit: 50 })
    expect(items).toEqual([
      {
        change: 'gain',
        template: { id: templateId, name: 'Sample' },
        learner: { id: null, lmsUserId: 1, username: 'learner1', name: 'Learner 1' },
        instance: null,
        awardId: null,
        at: '2026-03-02T10:00:00Z',
        fulfillments: [
          expect.objectContaining({
            requirement: 'one',
            group: 'A',
            since: '2026-03-01T10:00:00Z',
          }),
          expect.objectContaining({
            requirement: 'two',
            group: 'B',
            since: '2026-03-02T10:00:00Z',
          }),
        ],
        lost: [],
      },
    ])
    for (const table of ['learner', 'mark', 'award', 'outbox'] as const) {
      expect(await countOf(table)).toBe(0)
    }
  })

  it('counts what would follow for badges that are built on this one, once each', async () => {
    await past({ learner: 1 }, { learner: 2 })
    const templateId = await anActiveTemplate(app.db, passing)
    const awarded = 'org.openedx.learning.badge.awarded.v1'
    const needs = (badge: string) => ({
      requirements: [
        {
          eventType: awarded,
          dataRules: [{ keyPath: 'template.uuid', operator: 'eq', value: badge }],
        },
      ],
    })
    const second = await anActiveTemplate(app.db, { ...needs(templateId), name: 'Second' })
    const third = await anActiveTemplate(app.db, { ...needs(second), name: 'Third' })
    const preview = await finish('preview', templateId)
    expect(preview.result).toMatchObject({
      gain: 2,
      others: expect.arrayContaining([
        { template: { id: second, name: 'Second' }, gain: 2, lose: 0 },
        { template: { id: third, name: 'Third' }, gain: 2, lose: 0 },
      ]),
    })
    const run = await finish('run', templateId)
    expect(run.result.others).toHaveLength(2)
    expect({ ...run.result, logBeginsAt: null }).toEqual({ ...preview.result, logBeginsAt: null })
    expect(await awards(third)).toEqual([
      [1, 'awarded'],
      [2, 'awarded'],
    ])
  })

  it('is joined by another, and works for drafts', async () => {
    await past({ learner: 1 })
    const templateId = await anActiveTemplate(app.db, passing)
    await inTransaction(app.db, (tx) => updateTemplate(tx, templateId, { state: 'draft' }))
    const { request } = inSmallSlices()
    const wanted = { templateId, kind: 'preview', actor: 'ada' } as const
    expect(await request(wanted)).toBe(await request(wanted))
    expect((await finish('preview', templateId)).result.gain).toBe(1)
    await expect(request({ ...wanted, kind: 'run' })).rejects.toMatchObject({
      code: 'template-not-active',
    })
  })
})

describe('a run', () => {
  it('grants as of the day of the event, announces it, and creates the learner as the newest event names them', async () => {
    await past(
      { learner: 1, at: on(1), email: 'old@example.com' },
      { learner: 1, course: 'course-v1:Un+related+1', at: on(5), email: 'new@example.com' },
    )
    const templateId = await anActiveTemplate(app.db, passing)
    const run = await finish('run', templateId)
    expect(run.result).toMatchObject({ gain: 1, learners: { complete: 1 } })
    const [award] = await app.db.selectFrom('award').selectAll().execute()
    expect(award).toMatchObject({
      status: 'awarded',
      source: 'rules',
      awarded_at: '2026-03-01T10:00:00Z',
      cause: { fulfillments: [{ requirement: 'pass', events: [expect.any(String)] }] },
    })
    expect(await countOf('outbox')).toBe(1)
    const [learner] = await app.db.selectFrom('learner').selectAll().execute()
    expect(learner).toMatchObject({ lms_user_id: 1, email: 'new@example.com' })
    const [change] = (await app.backfills.views.changes(run.id, { limit: 50 })).items
    expect(change).toMatchObject({ change: 'gain', awardId: award?.id })
  })

  it('changes nothing when it is done again', async () => {
    await past({ learner: 1 }, { learner: 2 })
    const templateId = await anActiveTemplate(app.db, passing)
    await finish('run', templateId)
    const before = await app.db.selectFrom('mark').selectAll().execute()
    expect((await finish('run', templateId)).result).toMatchObject({ gain: 0, lose: 0 })
    expect(await app.db.selectFrom('mark').selectAll().execute()).toEqual(before)
    expect(await countOf('outbox')).toBe(2)
  })

  it('never grants what a later event takes away, however small the slices are', async () => {
    await past({ learner: 1, at: on(1) }, { learner: 1, passing: false, at: on(2) })
    await past(
      ...[3, 4, 5, 6, 7].map((n) => ({ learner: 1, course: `course-v1:X+${n}+1`, at: on(n) })),
    )
    const templateId = await anActiveTemplate(app.db, losing)
    const run = await finish('run', templateId, inSmallSlices({ events: 1, learners: 1 }))
    expect(run.result).toMatchObject({ gain: 0, lose: 0, events: { read: 7, matched: 2 } })
    expect(await countOf('award')).toBe(0)
  })

  it('takes back what the rules no longer give, but not what people granted', async () => {
    await past({ learner: 1, at: on(1) }, { learner: 2, at: on(2) })
    const templateId = await anActiveTemplate(app.db, passing)
    await finish('run', templateId)
    const byHand = await anAward(app, { templateId, learner: { lmsUserId: 3 } })
    await changeRules(templateId, 'course-v1:Other+one+1')
    const preview = await finish('preview', templateId)
    expect(preview.result).toMatchObject({ gain: 0, lose: 2, kept: 0 })
    const run = await finish('run', templateId)
    expect(run.result).toMatchObject({ gain: 0, lose: 2, kept: 0 })
    expect(await awards()).toEqual([
      [1, 'revoked'],
      [2, 'revoked'],
      [3, 'awarded'],
    ])
    expect(
      (await app.backfills.views.changes(run.id, { limit: 50, change: 'gain' })).items,
    ).toEqual([])
    expect(byHand).toBeTruthy()
  })

  it('leaves alone what a person took back', async () => {
    await past({ learner: 1 })
    const templateId = await anActiveTemplate(app.db, passing)
    await finish('run', templateId)
    await app.db
      .updateTable('award')
      .set({ status: 'revoked', revoked_by: 'hand', revoked_at: '2026-04-01T00:00:00Z' })
      .execute()
    expect((await finish('run', templateId)).result.gain).toBe(0)
    expect(await awards()).toEqual([[1, 'revoked']])
  })

  it('takes nothing back because old events are no longer known', async () => {
    await past({ learner: 1, at: on(1) }, { learner: 2, at: on(20) })
    const templateId = await anActiveTemplate(app.db, losing)
    await finish('run', templateId)
    await past({ learner: 3, at: on(10) })
    await sql`delete from event_log where occurred_at < '2026-03-05'`.execute(app.db)
    // With the marks, the rules still know.
    expect((await finish('run', templateId)).result).toMatchObject({ lose: 0, kept: 0 })
    // Without them, after a change of the rules, nobody can tell whether learner 1 had earned it.
    await changeRules(templateId, 'course-v1:Other+one+1')
    const run = await finish('run', templateId)
    expect(run.result).toMatchObject({ lose: 2, kept: 1, logBeginsAt: '2026-03-10T10:00:00Z' })
    expect(await awards()).toEqual([
      [1, 'awarded'],
      [2, 'revoked'],
      [3, 'revoked'],
    ])
    const { items } = await app.backfills.views.changes(run.id, { limit: 50, change: 'kept' })
    expect(items).toMatchObject([{ learner: { lmsUserId: 1 }, at: '2026-03-01T10:00:00Z' }])
  })

  it('sees awards of those whom the event log does not know', async () => {
    const first = await anActiveTemplate(app.db, passing)
    await anAward(app, { templateId: first, learner: { lmsUserId: null } })
    const templateId = await anActiveTemplate(app.db, {
      requirements: [
        {
          eventType: 'org.openedx.learning.badge.awarded.v1',
          dataRules: [{ keyPath: 'template.uuid', operator: 'eq', value: first }],
        },
      ],
    })
    expect((await finish('preview', templateId)).result).toMatchObject({ gain: 1 })
    expect((await finish('run', templateId)).result).toMatchObject({ gain: 1 })
    expect(await awards(templateId)).toEqual([[null, 'awarded']])
  })

  it('takes back each value that a badge no longer repeats for', async () => {
    await past({ learner: 1, at: on(1) }, { learner: 1, course: 'course-v1:A+two+1', at: on(2) })
    const dataRules = [{ keyPath: 'is_passing', operator: 'eq', value: 'true' } as const]
    const requirements = [{ id: 'pass', group: 'A', eventType: passingType, dataRules }]
    const repeat = { by: 'course.course_key' }
    const templateId = await anActiveTemplate(app.db, { requirements, repeat })
    expect((await finish('run', templateId)).result.gain).toBe(2)
    await inTransaction(app.db, async (tx) => {
      await updateTemplate(tx, templateId, { repeat_by: null })
      const rules = { id: templateId, name: '', reaward: 'allowed', penalties: [] } as const
      await replaceRules(tx, templateId, { ...rules, repeat: null, requirements })
      await raiseRuleVersion(tx)
    })
    const preview = await finish('preview', templateId)
    expect(preview.result).toMatchObject({ gain: 1, lose: 2 })
    expect((await finish('run', templateId)).result).toMatchObject({ gain: 1, lose: 2 })
  })
})

async function changeRules(templateId: string, courseKey: string) {
  await inTransaction(app.db, async (tx) => {
    const dataRules = isPassing('true', courseKey)
    const requirements = [{ id: randomUUID(), group: 'A', eventType: passingType, dataRules }]
    const rules = { id: templateId, name: '', reaward: 'allowed', repeat: null } as const
    await replaceRules(tx, templateId, { ...rules, requirements, penalties: [] })
    await raiseRuleVersion(tx)
  })
}

describe('beside other work', () => {
  it('a second run is refused, and can be asked for when the first is cancelled', async () => {
    await past({ learner: 1 })
    const templateId = await anActiveTemplate(app.db, passing)
    const { request, cancel, workOn } = inSmallSlices()
    const wanted = { templateId, kind: 'run', actor: 'ada' } as const
    const settled = await Promise.allSettled([request(wanted), request(wanted)])
    expect(settled.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const first = settled.flatMap((s) => (s.status === 'fulfilled' ? [s.value] : []))[0] ?? ''
    await expect(request(wanted)).rejects.toMatchObject({ code: 'backfill-running' })
    await cancel(first, 'ada')
    await expect(cancel(first, 'ada')).rejects.toMatchObject({ code: 'backfill-settled' })
    expect(await workOn(first, 1000)).toBe('settled')
    expect(await countOf('award')).toBe(0)
    expect((await finish('run', templateId)).result.gain).toBe(1)
  })

  it('begins anew when the rules change under it', async () => {
    await past(...[1, 2, 3, 4, 5, 6].map((learner) => ({ learner })))
    await past({ learner: 7, course: 'course-v1:Other+one+1' })
    const templateId = await anActiveTemplate(app.db, passing)
    const backfills = inSmallSlices({ events: 2, learners: 1 })
    const id = await backfills.request({ templateId, kind: 'run', actor: 'ada' })
    while ((await countOf('award')) === 0) await backfills.workOn(id, 1)
    await changeRules(templateId, 'course-v1:Other+one+1')
    expect(await backfills.workOn(id, 60_000)).toBe('settled')
    const run = await app.backfills.views.get(id)
    expect(run).toMatchObject({ state: 'done', restarts: 1, result: { gain: 1 } })
    expect((await awards()).filter(([, status]) => status === 'awarded')).toEqual([[7, 'awarded']])
  })

  it('fails with the reason when the template is deactivated under it', async () => {
    await past({ learner: 1 })
    const templateId = await anActiveTemplate(app.db, passing)
    const backfills = inSmallSlices()
    const id = await backfills.request({ templateId, kind: 'run', actor: 'ada' })
    await inTransaction(app.db, async (tx) => {
      await updateTemplate(tx, templateId, { state: 'draft' })
      await raiseRuleVersion(tx)
    })
    expect(await backfills.workOn(id, 60_000)).toBe('settled')
    expect(await app.backfills.views.get(id)).toMatchObject({
      state: 'failed',
      error: expect.stringContaining('no longer active'),
    })
  })

  it('only one of two workers does it, and the other takes over from one that died', async () => {
    await past({ learner: 1 })
    const templateId = await anActiveTemplate(app.db, passing)
    const { db, consequences } = app
    let time = Date.now()
    const backfills = createBackfills({
      ...{ db, consequences, rules: createActiveRules() },
      now: () => new Date(time),
    })
    const id = await backfills.request({ templateId, kind: 'run', actor: 'ada' })
    const claimed_until = new Date(time + 15_000).toISOString()
    await db.updateTable('backfill').set({ claim: randomUUID(), claimed_until }).execute()
    expect(await backfills.workOn(id, 1000)).toBe('elsewhere')
    time += 16_000
    expect(await backfills.workOn(id, 1000)).toBe('settled')
  })
})

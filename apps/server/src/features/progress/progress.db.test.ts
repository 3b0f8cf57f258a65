import type { RawEntry } from '@rosette/event-bus'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aGrade, anEntry, passingType } from '../../testing/sample-events.js'
import { anActiveTemplate } from '../../testing/sample-templates.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

const group = 'rosette'
const passes = (course: string) => [
  { keyPath: 'is_passing', operator: 'eq', value: 'true' },
  { keyPath: 'course.course_key', operator: 'eq', value: course },
]
const fails = (course: string) => [{ ...passes(course)[0], value: 'false' }, passes(course)[1]]

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.drop())

async function awardsOf(templateId: string) {
  return await app.db
    .selectFrom('award')
    .selectAll()
    .where('template_id', '=', templateId)
    .orderBy('number')
    .execute()
}

describe('an event that completes a badge', () => {
  it('awards it with the learner, the time and the events behind it', async () => {
    const course = 'course-v1:A+one+1'
    const id = await anActiveTemplate(app.db, {
      requirements: [{ id: 'pass', eventType: passingType, dataRules: passes(course) }],
    })
    const entry = aGrade({ learner: 1, course, at: '2026-03-12T08:30:00.123456+00:00' })
    const outcome = await app.progress.handle([entry], group)

    expect(outcome).toEqual({ received: 1, refused: 0, matched: 1, awarded: 1, revoked: 0 })
    const [award, ...others] = await awardsOf(id)
    expect(others).toEqual([])
    expect(award).toMatchObject({
      status: 'awarded',
      source: 'rules',
      awarded_at: '2026-03-12T08:30:00.123456Z',
    })
    expect(award?.cause.fulfillments).toEqual([
      {
        requirement: 'pass',
        group: 'A',
        since: '2026-03-12T08:30:00.123456Z',
        events: [entry.headers['id']],
      },
    ])
  })

  it('changes nothing when it is delivered ten times more', async () => {
    const course = 'course-v1:A+two+1'
    const id = await anActiveTemplate(app.db, {
      requirements: [{ eventType: passingType, dataRules: passes(course) }],
    })
    const entry = aGrade({ learner: 2, course })
    await app.progress.handle(Array(5).fill(entry), group)
    for (let i = 0; i < 5; i++) await app.progress.handle([entry], group)

    expect(await awardsOf(id)).toHaveLength(1)
    const stored = await app.db
      .selectFrom('event_log')
      .select('id')
      .where('id', '=', entry.headers['id'] ?? '')
      .execute()
    expect(stored).toHaveLength(1)
  })

  it('announces the award and its revocation once each, in order', async () => {
    const course = 'course-v1:A+three+1'
    const id = await anActiveTemplate(app.db, {
      requirements: [{ id: 'r', eventType: passingType, dataRules: passes(course) }],
      penalties: [{ eventType: passingType, dataRules: fails(course), requirements: ['r'] }],
    })
    await app.progress.handle(
      [aGrade({ learner: 3, course, at: '2026-03-01T10:00:00+00:00' })],
      group,
    )
    await app.progress.handle(
      [aGrade({ learner: 3, course, passing: false, at: '2026-03-02T10:00:00+00:00' })],
      group,
    )
    const outbox = await app.db.selectFrom('outbox').selectAll().orderBy('id').execute()
    const ours = outbox.filter((o) => JSON.stringify(o.data).includes(id))
    expect(ours.map((o) => o.event_type)).toEqual([
      'org.openedx.learning.badge.awarded.v1',
      'org.openedx.learning.badge.revoked.v1',
    ])
    const [award] = await awardsOf(id)
    expect(award).toMatchObject({
      status: 'revoked',
      revoked_by: 'rules',
      revoked_at: '2026-03-02T10:00:00Z',
    })
  })
})

describe('a badge for badges', () => {
  it('is awarded in the same transaction as the last badge it needs', async () => {
    const [one, two] = ['course-v1:B+one+1', 'course-v1:B+two+1']
    const rules = (course: string) => ({
      requirements: [{ eventType: passingType, dataRules: passes(course) }],
    })
    const first = await anActiveTemplate(app.db, rules(one))
    const second = await anActiveTemplate(app.db, rules(two))
    const awarded = 'org.openedx.learning.badge.awarded.v1'
    const needs = (badge: string) => [{ keyPath: 'template.uuid', operator: 'eq', value: badge }]
    const both = await anActiveTemplate(app.db, {
      requirements: [
        { group: 'A', eventType: awarded, dataRules: needs(first) },
        { group: 'B', eventType: awarded, dataRules: needs(second) },
      ],
    })
    await app.progress.handle([aGrade({ learner: 5, course: one })], group)
    expect(await awardsOf(both)).toEqual([])
    const outcome = await app.progress.handle([aGrade({ learner: 5, course: two })], group)
    expect(outcome.awarded).toBe(2)
    expect(await awardsOf(both)).toHaveLength(1)
  })
})

describe('a badge that repeats', () => {
  it('is earned once per course, and a penalty takes back only its own course', async () => {
    const ours = { keyPath: 'course.course_key', operator: 'contains', value: ':R+' }
    const when = (value: string) => [ours, { keyPath: 'is_passing', operator: 'eq', value }]
    const id = await anActiveTemplate(app.db, {
      repeat: { by: 'course.course_key' },
      requirements: [{ id: 'r', eventType: passingType, dataRules: when('true') }],
      penalties: [{ eventType: passingType, requirements: ['r'], dataRules: when('false') }],
    })
    const at = (n: number) => `2026-04-0${n}T00:00:00+00:00`
    await app.progress.handle(
      [
        aGrade({ learner: 6, course: 'course-v1:R+x+1', at: at(1) }),
        aGrade({ learner: 6, course: 'course-v1:R+y+1', at: at(2) }),
      ],
      group,
    )
    await app.progress.handle(
      [aGrade({ learner: 6, course: 'course-v1:R+x+1', passing: false, at: at(3) })],
      group,
    )
    const awards = await awardsOf(id)
    expect(awards.map((a) => [a.instance, a.status])).toEqual([
      ['=course-v1:R+x+1', 'revoked'],
      ['=course-v1:R+y+1', 'awarded'],
    ])
  })
})

describe('learners', () => {
  const learnerOf = (lmsUserId: number) =>
    app.db.selectFrom('learner').selectAll().where('lms_user_id', '=', lmsUserId).executeTakeFirst()

  it('are not created by events that match nothing', async () => {
    await app.progress.handle([aGrade({ learner: 7, course: 'course-v1:No+badge+1' })], group)
    expect(await learnerOf(7)).toBeUndefined()
  })

  it('follow the newest event, not the last one to arrive', async () => {
    const course = 'course-v1:A+four+1'
    await anActiveTemplate(app.db, {
      requirements: [{ eventType: passingType, dataRules: passes(course) }],
    })
    const seen = (email: string, day: number) =>
      aGrade({ learner: 8, course, email, at: `2026-05-0${day}T00:00:00+00:00` })
    await app.progress.handle([seen('first@example.com', 1)], group)
    await app.progress.handle([seen('third@example.com', 3)], group)
    await app.progress.handle([seen('second@example.com', 2)], group)
    expect(await learnerOf(8)).toMatchObject({ email: 'third@example.com' })
    // Also when the newest event matched nothing.
    await app.progress.handle(
      [
        aGrade({
          learner: 8,
          course: 'course-v1:No+badge+1',
          email: 'fifth@example.com',
          at: '2026-05-05T00:00:00+00:00',
        }),
      ],
      group,
    )
    expect(await learnerOf(8)).toMatchObject({ email: 'fifth@example.com' })
  })
})

describe('entries that cannot be used', () => {
  const letters = () =>
    app.db
      .selectFrom('dead_letter')
      .select(['position', 'reason', 'detail', 'value'])
      .orderBy('created_at')
      .execute()

  it('are parked with their bytes and the reason, and the others of the batch go on', async () => {
    const course = 'course-v1:A+five+1'
    const id = await anActiveTemplate(app.db, {
      requirements: [{ eventType: passingType, dataRules: passes(course) }],
    })
    const good = aGrade({ learner: 9, course })
    const spoilt = (change: Partial<RawEntry>, n: number): RawEntry => ({
      ...good,
      position: `9${n}-0`,
      ...change,
    })
    const garbage = Buffer.from('not avro at all')
    const outcome = await app.progress.handle(
      [
        spoilt({ value: garbage }, 1),
        spoilt({ headers: { ...good.headers, type: 'com.example.unheard.of.v1' } }, 2),
        spoilt({ headers: { ...good.headers, time: '2026-03-01T10:00:00+02:00' } }, 3),
        spoilt({ value: null }, 4),
        spoilt({ headers: {} }, 5),
        good,
      ],
      group,
    )
    expect(outcome).toMatchObject({ received: 6, refused: 5, awarded: 1 })
    const parked = await letters()
    expect(parked.map((p) => [p.position, p.reason])).toEqual(
      expect.arrayContaining([
        ['91-0', 'undecodable'],
        ['92-0', 'unknown-event-type'],
        ['93-0', 'bad-headers'],
        ['94-0', 'no-payload'],
        ['95-0', 'bad-headers'],
      ]),
    )
    expect(parked.find((p) => p.position === '91-0')?.value).toEqual(garbage)
    expect(parked.every((p) => p.detail.length > 20)).toBe(true)
    expect(await awardsOf(id)).toHaveLength(1)
  })

  it('are parked once, however often they are delivered', async () => {
    const entry = { ...aGrade(), position: 'again-0', value: Buffer.from('x') }
    await app.progress.handle([entry], group)
    await app.progress.handle([entry, entry], group)
    expect((await letters()).filter((l) => l.position === 'again-0')).toHaveLength(1)
  })

  it('are passed over without a trace when their type is known but not configured', async () => {
    const user = {
      id: 10,
      is_active: true,
      pii: { username: 'u', email: 'e@example.com', name: '' },
    }
    const type = 'org.openedx.learning.student.registration.completed.v1'
    const entry = anEntry(
      type,
      { user },
      { time: '2026-01-01T00:00:00+00:00', id: '00000000-0000-4000-8000-000000000001' },
    )
    expect(await app.progress.handle([entry], group)).toMatchObject({
      received: 1,
      refused: 0,
      matched: 0,
    })
  })
})

describe('several consumers', () => {
  it.each([1, 2, 3, 4, 5, 6])('award once when both halves arrive together (%i)', async (round) => {
    const [one, two] = [`course-v1:C+one+${round}`, `course-v1:C+two+${round}`]
    const id = await anActiveTemplate(app.db, {
      requirements: [
        { group: 'A', eventType: passingType, dataRules: passes(one) },
        { group: 'B', eventType: passingType, dataRules: passes(two) },
      ],
    })
    const learners = Array.from({ length: 60 }, (_, i) => 1000 * round + i)
    // The learners are known already: only then is it the lock alone that orders the two halves.
    const third = `course-v1:C+three+${round}`
    await anActiveTemplate(app.db, {
      requirements: [{ eventType: passingType, dataRules: passes(third) }],
    })
    await app.progress.handle(
      learners.map((learner) => aGrade({ learner, course: third })),
      group,
    )
    const half = (course: string) =>
      learners.map((learner) => aGrade({ learner, course, at: '2026-02-01T00:00:00+00:00' }))
    await Promise.all([
      ...chunks(half(one), 7).map((batch) => app.progress.handle(batch, group)),
      ...chunks(half(two), 11).map((batch) => app.progress.handle(batch, group)),
    ])
    const awards = await awardsOf(id)
    expect(awards).toHaveLength(learners.length)
    expect(new Set(awards.map((a) => a.learner_id)).size).toBe(learners.length)
  })
})

function chunks<T>(values: readonly T[], size: number): T[][] {
  const parts: T[][] = []
  for (let i = 0; i < values.length; i += size) parts.push(values.slice(i, i + size))
  return parts
}

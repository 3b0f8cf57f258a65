import { createTrial, parseTemplate } from '@rosette/engine'
import { fieldTypeOf } from '@rosette/openedx-events'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { inTransaction } from '../../db/database.js'
import { aGrade, passingType } from '../../testing/sample-events.js'
import { anActiveTemplate } from '../../testing/sample-templates.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'
import { decodeEntry } from '../events/events.js'
import { createActiveRules, raiseRuleVersion } from '../templates/templates.js'
import { createBackfills } from './backfills.js'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.drop())
beforeEach(() => empty())

async function empty() {
  await sql`truncate event_log, mark, award, learner, badge_template, backfill, outbox restart identity cascade`.execute(
    app.db,
  )
  await inTransaction(app.db, raiseRuleVersion)
}

const courses = ['course-v1:L+one+1', 'course-v1:L+two+1', 'course-v1:L+three+1']
const isPassing = (value: 'true' | 'false', course?: string) => [
  { keyPath: 'is_passing', operator: 'eq', value },
  ...(course === undefined
    ? []
    : [{ keyPath: 'course.course_key', operator: 'eq', value: course }]),
]
const ofType = (dataRules: object[]) => ({ eventType: passingType, dataRules })

/** Rules in which the order of events matters to whoever decides too early. */
const rules = {
  requirements: [
    {
      ...{ id: 'two', group: 'A', ...ofType(isPassing('true')) },
      count: { atLeast: 2, distinctBy: 'course.course_key' },
    },
    { id: 'one', group: 'B', ...ofType(isPassing('true', courses[0])) },
    { id: 'then', group: 'C', ...ofType(isPassing('true', courses[1])), after: ['one'] },
    { id: 'or', group: 'C', ...ofType(isPassing('true', courses[2])) },
  ],
  penalties: [
    { id: 'p', ...ofType(isPassing('false')), requirements: ['two'] },
    { id: 'q', ...ofType(isPassing('false', courses[0])), requirements: ['one'] },
  ],
}

class Killed extends Error {}

/** Workers that come and go: each lives for a slice or two, or dies in the middle of one. */
function createMortals(
  size: { events: number; learners: number },
  dies: (grant: number) => boolean,
) {
  let grants = 0
  let time = Date.now()
  const { db, consequences } = app
  const mortal = () =>
    createBackfills({
      ...{ db, rules: createActiveRules(), size },
      now: () => new Date(time),
      consequences: {
        ...consequences,
        async granted(tx, ids) {
          await consequences.granted(tx, ids)
          if (dies(++grants)) throw new Killed()
        },
      },
    })
  async function work(id: string): Promise<void> {
    for (let tries = 0; tries < 1000; tries++) {
      // Who was killed says nothing, so the others wait until they have not heard of it for long.
      time += 16_000
      const worked = await mortal().workOn(id, 1).catch(whenKilled)
      if (worked === 'settled') return
    }
    throw new Error('it does not end')
  }
  return { request: mortal().request, work }
}

function whenKilled(error: unknown): 'more' {
  if (error instanceof Killed) return 'more'
  throw error
}

type Grade = {
  readonly learner: number
  readonly course: string
  readonly passing: boolean
  readonly at: string
}

const grades = fc.array(
  fc.record({
    learner: fc.integer({ min: 1, max: 5 }),
    course: fc.constantFrom(...courses),
    passing: fc.boolean(),
    at: fc
      .integer({ min: 1, max: 28 })
      .map((day) => `2026-02-${String(day).padStart(2, '0')}T00:00:00Z`),
  }),
  { maxLength: 40 },
)

/** Who ends with the badge when the engine alone sees all events. */
function expected(history: readonly Grade[]): number[] {
  const template = parseTemplate({ id: 't', name: 'T', ...rules })
  const trial = createTrial([template], fieldTypeOf)
  for (const entry of history.map(toEntry)) {
    const decoded = decodeEntry(entry, new Set([passingType]))
    if (decoded === 'passed-over' || 'reason' in decoded) throw new Error('not decoded')
    trial.apply({ learner: String(decoded.learner.lmsUserId), event: decoded.event })
  }
  return trial
    .result()
    .flatMap(({ learner, templates }) => (templates[0]?.complete ? [Number(learner)] : []))
    .toSorted((a, b) => a - b)
}

function toEntry({ at, ...grade }: Grade) {
  return aGrade({ ...grade, at: at.replace('Z', '+00:00') })
}

async function holders(): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select l.lms_user_id as id from award a join learner l on l.id = a.learner_id
    where a.status = 'awarded' order by 1`.execute(app.db)
  return rows.map(({ id }) => id)
}

async function state() {
  const { rows } = await sql`
    select l.lms_user_id, m.key, r.ref, m.first_at, m.first_event, m.last_at, m.reset_at, m.reset_event
    from mark m join learner l on l.id = m.learner_id join requirement r on r.id = m.requirement_id
    order by 1, 2, 3`.execute(app.db)
  const awards = await sql`
    select l.lms_user_id, a.status, a.awarded_at, a.cause from award a
    join learner l on l.id = a.learner_id order by 1, a.number`.execute(app.db)
  return { marks: rows, awards: awards.rows }
}

describe('a run, whatever has happened', () => {
  it('gives the badge to those whom the engine gives it, in slices of any size, and never to others before', async () => {
    await fc.assert(
      fc.asyncProperty(grades, fc.integer({ min: 1, max: 9 }), async (history, events) => {
        await empty()
        await app.progress.handle(history.map(toEntry), 'before')
        const templateId = await anActiveTemplate(app.db, rules)
        const { request, work } = createMortals({ events, learners: 2 }, () => false)
        await work(await request({ templateId, kind: 'run', actor: 'ada' }))
        expect(await holders()).toEqual(expected(history))
        // Nobody held it in between: each award ever made is still in force.
        const made = await app.db.selectFrom('award').select('status').execute()
        expect(made.every(({ status }) => status === 'awarded')).toBe(true)
      }),
      { numRuns: 12 },
    )
  })

  it('ends as if nobody had been killed', async () => {
    const history: Grade[] = Array.from({ length: 90 }, (_, i) => ({
      learner: 1 + (i % 15),
      course: courses[Math.floor(i / 15) % 3] ?? '',
      passing: i % 7 !== 0,
      at: `2026-02-${String(1 + (i % 28)).padStart(2, '0')}T00:00:00Z`,
    }))
    const ends = []
    for (const dies of [() => false, (grant: number) => grant % 2 === 1]) {
      await empty()
      await app.progress.handle(history.map(toEntry), 'before')
      const templateId = await anActiveTemplate(app.db, rules)
      const { request, work } = createMortals({ events: 8, learners: 3 }, dies)
      const id = await request({ templateId, kind: 'run', actor: 'ada' })
      await work(id)
      const { result } = await app.backfills.views.get(id)
      ends.push({ ...(await state()), result })
    }
    expect(ends[1]).toEqual(ends[0])
    expect(ends[0]?.awards.length).toBeGreaterThan(3)
  })
})

describe('beside a consumer', () => {
  it.each([1, 2, 3, 4])('awards once when half is past and half comes in now (%i)', async () => {
    const learners = Array.from({ length: 80 }, (_, i) => 100 + i)
    const past = (learner: number) => aGrade({ learner, course: courses[0] ?? '' })
    const now = (learner: number) => aGrade({ learner, course: courses[1] ?? '' })
    await app.progress.handle(learners.map(past), 'before')
    // The learners are known already: only then is it the lock alone that orders the two halves.
    await app.db
      .insertInto('learner')
      .values(learners.map((id) => ({ lms_user_id: id, username: `learner${id}` })))
      .execute()
    const templateId = await anActiveTemplate(app.db, {
      requirements: [
        { id: 'one', group: 'A', ...ofType(isPassing('true', courses[0])) },
        { id: 'two', group: 'B', ...ofType(isPassing('true', courses[1])) },
      ],
    })
    const { db, consequences } = app
    const backfills = createBackfills({
      ...{ db, consequences, rules: createActiveRules(), now: () => new Date() },
      size: { events: 10, learners: 10 },
    })
    const id = await backfills.request({ templateId, kind: 'run', actor: 'ada' })
    const live = chunks(learners, 5).map((part) => () => app.progress.handle(part.map(now), 'live'))
    await Promise.all([
      backfills.workOn(id, 60_000),
      (async () => {
        for (const batch of live) await batch()
      })(),
    ])
    expect(await holders()).toEqual(learners)
  })
})

function chunks<T>(values: readonly T[], size: number): T[][] {
  const parts: T[][] = []
  for (let i = 0; i < values.length; i += size) parts.push(values.slice(i, i + size))
  return parts
}

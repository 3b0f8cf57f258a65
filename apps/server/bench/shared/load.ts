import type { OutgoingMessage } from '@rosette/event-bus'
import { sql } from 'kysely'
import { type Db, inTransaction } from '#src/db/database.js'
import { generator, grade, passingType } from '../../proofs/shared/grades.js'
import { anActiveTemplate } from '../../src/testing/sample-templates.js'

const courseOf = (n: number) => `course-v1:Bench+Course${n}+2026`

/** So many active templates, each for passing one course and not failing it again. */
export async function createTemplates(db: Db, count: number): Promise<void> {
  const [first] = await Promise.all([anActiveTemplate(db, rulesFor(0))])
  await inTransaction(db, async (tx) => {
    const { organization_id, issuer_id } = await tx
      .selectFrom('badge_template')
      .select(['organization_id', 'issuer_id'])
      .where('id', '=', first)
      .executeTakeFirstOrThrow()
    for (let from = 1; from < count; from += 1000) {
      const numbers = Array.from({ length: Math.min(1000, count - from) }, (_, i) => from + i)
      const rows = await tx
        .insertInto('badge_template')
        .values(
          numbers.map((n) => ({
            organization_id,
            issuer_id,
            name: `Course ${n}`,
            state: 'active' as const,
            repeat_by: null,
            image_id: null,
            expires_after_days: null,
            activated_at: null,
          })),
        )
        .returning('id')
        .execute()
      await tx
        .insertInto('requirement')
        .values(rows.map(({ id }, i) => requirementRow(id, numbers[i] ?? 0)))
        .execute()
    }
  })
}

/** What a site has gathered after years: so many events, a tenth as many learners. */
export async function fillHistory(db: Db, stored: number): Promise<void> {
  const learners = Math.ceil(stored / 10)
  await sql`insert into learner (lms_user_id, username, email, name)
    select 1000000 + n, 'old' || n, 'old' || n || '@example.org', '' from generate_series(1, ${sql.lit(learners)}) n`.execute(
    db,
  )
  const part = 500_000
  for (let from = 0; from < stored; from += part) {
    await sql`insert into event_log (occurred_at, id, event_type, source, lms_user_id, data)
      select timestamptz '2020-01-01' + n * interval '15 seconds', gen_random_uuid(), ${passingType}, 'openedx/lms/web',
        1000000 + (n::bigint * 7919) % ${sql.lit(learners)}, '{"course_passing_status":{"is_passing":true}}'
      from generate_series(${sql.lit(from)}, ${sql.lit(Math.min(stored, from + part) - 1)}) n`.execute(
      db,
    )
  }
  await sql`analyze`.execute(db)
}

function rulesFor(course: number) {
  return {
    name: `Course ${course}`,
    requirements: [{ eventType: passingType, dataRules: rules(course) }],
  }
}

function rules(course: number) {
  return [
    { keyPath: 'is_passing', operator: 'eq', value: 'true' },
    { keyPath: 'course.course_key', operator: 'eq', value: courseOf(course) },
  ]
}

function requirementRow(template_id: string, course: number) {
  return {
    template_id,
    ref: 'r1',
    group_letter: 'A',
    event_type: passingType,
    description: null,
    data_rules: JSON.stringify(rules(course)),
    count_at_least: null,
    count_distinct_by: null,
    window_from: null,
    window_until: null,
    position: 0,
  }
}

type Shape = {
  readonly events: number
  readonly learners: number
  readonly templates: number
  /** Which part of the events matches a requirement, 0 to 1. */
  readonly matching: number
  readonly seed: number
  readonly from?: number
}

/** Grades as a site with so many learners sends them: most learners study a few courses. */
export function* grades(shape: Shape): Generator<Omit<OutgoingMessage, 'topic'>> {
  const { events, learners, templates, matching, seed, from = 0 } = shape
  const random = generator(seed)
  const pick = (n: number) => Math.floor(random() * n)
  for (let i = 0; i < events; i++) {
    const learner = 1 + pick(learners)
    const matches = random() < matching
    // Each learner has three courses, so the same grade is computed again and again, as in life.
    const course = (learner * 7 + pick(3)) % templates
    yield grade({
      number: from + i,
      learner,
      course: courseOf(matches ? course : templates + course),
      passing: true,
    })
  }
}

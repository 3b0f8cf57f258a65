import type { EventType } from '@rosette/contract'
import { operatorsFor } from '@rosette/engine'
import fc from 'fast-check'
import type { DataRule, Draft, NewRequirement } from './draft.js'
import { type RulesRead, toDraft } from './draft-rules.js'
import { eventTypes } from './event-words.js'
import { newRequirement } from './recipes.js'

/** Names of what the sample rules speak of. */
export const sampleNames = new Map([
  ['course-v1:Open+Demo+1', 'Demo Course'],
  ['course-v1:Open+Alg+1', 'Algebra'],
  ['course-v1:Open+Stat+1', 'Statistics'],
  ['ccx-v1:Open+Demo+1+ccx@3', 'CCX 3'],
  ['5f0c2d3e-7a41-4c58-9d0b-0d6a3c1f2b11', 'Data Analyst'],
])
export const demo = 'course-v1:Open+Demo+1'
export const algebra = 'course-v1:Open+Alg+1'
export const statistics = 'course-v1:Open+Stat+1'

export function eq(keyPath: string, value: string): DataRule {
  return { keyPath, operator: 'eq', value }
}

/** Passes the course. */
export function requirementOf({ course }: { readonly course: string }): NewRequirement {
  const rules = [eq('is_passing', 'true'), eq('course.course_key', course)]
  return newRequirement(eventTypes.coursePassing, rules)
}

type KeyPath = EventType['keyPaths'][number]

function field(path: string, type: KeyPath['type']): KeyPath {
  return { path, type, label: path, nullable: false, operators: operatorsFor[type] }
}

const course = field('course.course_key', 'key')

export const sampleTypes: EventType[] = [
  {
    eventType: eventTypes.coursePassing,
    title: 'Course passing status updated',
    keyword: 'course_passing_status',
    keyPaths: [field('is_passing', 'boolean'), course],
  },
  {
    eventType: eventTypes.ccxPassing,
    title: 'CCX course passing status updated',
    keyword: 'course_passing_status',
    keyPaths: [
      field('is_passing', 'boolean'),
      field('course.ccx_course_key', 'key'),
      field('course.master_course_key', 'key'),
      field('course.max_students_allowed', 'number'),
    ],
  },
  {
    eventType: eventTypes.certificate,
    title: 'Certificate created',
    keyword: 'certificate',
    keyPaths: [course, field('grade', 'text'), field('mode', 'text')],
  },
  {
    eventType: eventTypes.enrols,
    title: 'Course enrollment created',
    keyword: 'enrollment',
    keyPaths: [course, field('mode', 'text'), field('creation_date', 'datetime')],
  },
  {
    eventType: eventTypes.thread,
    title: 'Forum thread created',
    keyword: 'thread',
    keyPaths: [field('course_id', 'key'), field('user_forums_roles', 'list')],
  },
  ...[eventTypes.badge, eventTypes.badgeLost].map((eventType) => ({
    eventType,
    title: 'Badge awarded',
    keyword: 'badge',
    keyPaths: [field('template.uuid', 'text'), field('template.origin', 'text')],
  })),
]

const text = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.constantFrom(
    'true',
    'no',
    '0.5',
    '2026-01-01T00:00:00Z',
    '{{label}}',
    '$t(say.nothing)',
    demo,
  ),
)
const dataRuleFor = (paths: readonly string[]): fc.Arbitrary<DataRule> =>
  fc.oneof(
    fc.record({
      keyPath: fc.constantFrom(...paths),
      operator: fc.constantFrom(
        'eq',
        'ne',
        'gt',
        'gte',
        'lt',
        'lte',
        'contains',
        'matches',
        'exists',
      ),
      value: text,
    }),
    fc.record({
      keyPath: fc.constantFrom(...paths),
      operator: fc.constantFrom('in', 'not_in'),
      value: fc.array(text, { minLength: 1, maxLength: 4 }),
    }),
  )
const moment = fc.constantFrom('2026-01-01T00:00:00Z', '2026-06-30T22:00:00Z')

const part = fc
  .oneof(
    fc.constantFrom(...sampleTypes),
    fc.constant({ eventType: 'org.example.unknown.v1', keyPaths: [{ path: 'some.path' }] }),
  )
  .chain(({ eventType, keyPaths }) => {
    const paths = keyPaths.map(({ path }) => path)
    return fc.record({
      eventType: fc.constant(eventType),
      dataRules: fc.array(dataRuleFor(paths), { maxLength: 3 }),
      count: fc.option(
        fc.record(
          { atLeast: fc.integer({ min: 1, max: 120 }), distinctBy: fc.constantFrom(...paths) },
          { requiredKeys: ['atLeast'] },
        ),
        { nil: undefined },
      ),
    })
  })

/** Rules as the API has them: any requirement may come after any other. */
export const anyRules: fc.Arbitrary<RulesRead> = fc
  .record({
    reaward: fc.constantFrom('allowed' as const, 'never' as const),
    repeat: fc.option(fc.constant({ by: 'course.course_key' })),
    parts: fc.array(
      fc.tuple(
        part,
        fc.constantFrom('A', 'B', 'C'),
        fc.option(fc.record({ from: moment, until: moment }, { requiredKeys: ['from'] })),
        fc.nat(5),
      ),
      { maxLength: 6 },
    ),
    takes: fc.array(fc.tuple(part, fc.nat(5)), { maxLength: 3 }),
  })
  .map(({ reaward, repeat, parts, takes }) => {
    const idAt = (index: number) => `r${(index % Math.max(1, parts.length)) + 1}`
    return {
      reaward,
      repeat,
      requirements: parts.map(([{ count, ...rest }, group, window, after], index) => ({
        id: `r${index + 1}`,
        group,
        ...rest,
        ...(count !== undefined && { count }),
        ...(window !== null && { window }),
        ...(idAt(after) !== `r${index + 1}` && { after: [idAt(after)] }),
      })),
      penalties: takes.map(([{ eventType, dataRules }, reset], index) => ({
        id: `p${index + 1}`,
        eventType,
        dataRules,
        requirements: parts.length === 0 ? [] : [idAt(reset)],
      })),
    }
  })

export const anyDraft: fc.Arbitrary<Draft> = anyRules.map(toDraft)

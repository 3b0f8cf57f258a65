import * as fc from 'fast-check'
import {
  BADGE_AWARDED,
  BADGE_REVOKED,
  type BadgeTemplate,
  createRuleIndex,
  type FieldType,
  type LearningEvent,
  type MarkChange,
  mergeMarks,
  type Penalty,
  type Requirement,
  type StoredMark,
} from './index.js'

export const COURSE = 'org.openedx.learning.course.passing.status.updated.v1'
export const CCX = 'org.openedx.learning.ccx.course.passing.status.updated.v1'
export const THREAD = 'org.openedx.learning.forum.thread.created.v1'

const fields: Record<string, Record<string, FieldType>> = {
  [COURSE]: { is_passing: 'boolean', 'course.course_key': 'key', 'course.start': 'datetime' },
  [CCX]: {
    is_passing: 'boolean',
    'course.ccx_course_key': 'key',
    'course.master_course_key': 'key',
    'course.max_students_allowed': 'number',
  },
  [THREAD]: {
    title: 'text',
    group_id: 'number',
    course_id: 'key',
    user_forums_roles: 'list',
    discussion: 'map',
  },
  [BADGE_AWARDED]: { uuid: 'text', 'template.uuid': 'text', 'template.origin': 'text' },
  [BADGE_REVOKED]: { uuid: 'text', 'template.uuid': 'text', 'template.origin': 'text' },
}

export const catalogue = {
  fieldTypes: (eventType: string, keyPath: string) => fields[eventType]?.[keyPath],
  eventTypes: (eventType: string) => eventType in fields,
  keyPathsOf: (eventType: string) => Object.keys(fields[eventType] ?? {}),
}

export function aRequirement(parts: Partial<Requirement> = {}): Requirement {
  const dataRules = [rule('is_passing', 'eq', 'true')]
  return { id: 'r1', group: 'A', eventType: COURSE, dataRules, ...parts }
}

export function aPenalty(parts: Partial<Penalty> = {}): Penalty {
  const dataRules = [rule('is_passing', 'eq', 'false')]
  return { id: 'p1', eventType: COURSE, dataRules, requirements: ['r1'], ...parts }
}

export function aTemplate(parts: Partial<BadgeTemplate> = {}): BadgeTemplate {
  return {
    id: 'badge',
    name: 'A badge',
    reaward: 'allowed',
    repeat: null,
    requirements: [aRequirement()],
    penalties: [],
    ...parts,
  }
}

export function rule(
  keyPath: string,
  operator: Requirement['dataRules'][number]['operator'],
  value: string | string[],
) {
  return { keyPath, operator, value }
}

export function anEvent(type: string, time: number, payload: unknown): LearningEvent {
  return { id: `e${time}`, type, time, payload }
}

/** The course's passing status, as the LMS sends it. */
export function passing(key: string, time: number, isPassing = true): LearningEvent {
  return anEvent(COURSE, time, { is_passing: isPassing, course: { course_key: key } })
}

export function failing(key: string, time: number): LearningEvent {
  return passing(key, time, false)
}

/** Merges mark changes by their address, as every store of marks must. */
export function stored(changes: readonly MarkChange[]): StoredMark[] {
  const marks = new Map<string, StoredMark>()
  for (const { templateId, ...change } of changes) {
    const address = JSON.stringify([templateId, change.requirementId, change.instance, change.key])
    const known = marks.get(address)
    const mark = known === undefined ? change.mark : mergeMarks(known.mark, change.mark)
    marks.set(address, { ...change, mark })
  }
  return [...marks.values()]
}

/** What the events leave behind for one template. */
export function marksOf(template: BadgeTemplate, events: readonly LearningEvent[]): StoredMark[] {
  const index = createRuleIndex([template], catalogue.fieldTypes)
  return stored(events.flatMap((event) => index.match(event)))
}

const someKey = fc.constantFrom('course-v1:a', 'course-v1:b', 'course-v1:c')
const someRule = fc.oneof(
  fc.constantFrom('true', 'no', '+').map((value) => rule('is_passing', 'eq', value)),
  fc.constantFrom('true', 'false').map((value) => rule('is_passing', 'ne', value)),
  someKey.map((key) => rule('course.course_key', 'eq', key)),
  someKey.map((key) => rule('course.course_key', 'ne', key)),
  fc.uniqueArray(someKey, { minLength: 1 }).map((keys) => rule('course.course_key', 'in', keys)),
  someKey.map((key) => rule('course.course_key', 'not_in', [key])),
  fc.constantFrom('a', 'course').map((part) => rule('course.course_key', 'contains', part)),
  fc.constant(rule('course.start', 'gte', '2026-01-01T00:00:00Z')),
)
const someRules = fc.array(someRule, { maxLength: 3 })
const someTime = fc.integer({ min: 0, max: 12 })

const someRequirement = fc.record(
  {
    group: fc.constantFrom('A', 'B', 'C'),
    eventType: fc.constant(COURSE),
    dataRules: someRules,
    count: fc.oneof(
      fc.record({ atLeast: fc.integer({ min: 1, max: 3 }) }),
      fc.record({
        atLeast: fc.integer({ min: 1, max: 3 }),
        distinctBy: fc.constant('course.course_key'),
      }),
    ),
    window: fc.record({ from: someTime, until: fc.integer({ min: 13, max: 20 }) }),
    followsPrevious: fc.boolean(),
  },
  { requiredKeys: ['group', 'eventType', 'dataRules'] },
)

const somePenalty = fc.record({
  eventType: fc.constant(COURSE),
  dataRules: fc.array(someRule, { minLength: 1, maxLength: 2 }),
  resets: fc.array(fc.nat({ max: 2 }), { minLength: 1, maxLength: 3 }),
})

/** Templates over the course signal with every feature that section 4 of the design names. */
export const someTemplate: fc.Arbitrary<BadgeTemplate> = fc
  .record({
    reaward: fc.constantFrom('allowed' as const, 'never' as const),
    repeat: fc.constantFrom(null, { by: 'course.course_key' }),
    requirements: fc.array(someRequirement, { minLength: 1, maxLength: 3 }),
    penalties: fc.array(somePenalty, { maxLength: 2 }),
  })
  .map(({ requirements, penalties, ...template }) => ({
    id: 'badge',
    name: 'A badge',
    ...template,
    requirements: requirements.map(({ followsPrevious, ...each }, index) => ({
      id: `r${index}`,
      ...each,
      ...(followsPrevious && index > 0 && { after: [`r${index - 1}`] }),
    })),
    penalties: penalties.map(({ resets, ...each }, index) => ({
      id: `p${index}`,
      ...each,
      requirements: [...new Set(resets.map((at) => `r${at % requirements.length}`))],
    })),
  }))

const somePayload = fc.record(
  {
    is_passing: fc.boolean(),
    course: fc.record(
      { course_key: fc.option(someKey), start: fc.constantFrom('2025-12-31T23:30:00-01:00', '') },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: [] },
)

/** Events of one learner; times are few, so that equal ones occur. */
export const someHistory: fc.Arbitrary<LearningEvent[]> = fc
  .array(fc.record({ time: someTime, payload: somePayload }), { maxLength: 12 })
  .map((events) =>
    events.map(({ time, payload }, index) => ({
      ...anEvent(COURSE, time, payload),
      id: `e${index}`,
    })),
  )

/** The same events in another order, some of them more than once. */
export function disturbed<T>(items: readonly T[]): fc.Arbitrary<T[]> {
  return fc
    .tuple(
      fc.shuffledSubarray([...items], { minLength: items.length }),
      fc.array(fc.nat(), { maxLength: 6 }),
    )
    .map(([shuffled, repeats]) => [
      ...shuffled,
      ...repeats.flatMap((at) => items.slice(at % (items.length || 1)).slice(0, 1)),
    ])
}

/** Tries a law on many random inputs. */
export function assertLaw<T>(property: fc.IProperty<T>): void {
  // Never a promise: an asynchronous property has another type.
  void fc.assert(property)
}

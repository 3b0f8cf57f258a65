import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  anEvent,
  aPenalty,
  aRequirement,
  assertLaw,
  aTemplate,
  CCX,
  COURSE,
  catalogue,
  passing,
  rule,
  someHistory,
  someTemplate,
} from './builders.features.js'
import { type BadgeTemplate, createRuleIndex, type MarkChange, matchNaively } from './index.js'

function sorted(changes: readonly MarkChange[]): string[] {
  return changes.map((change) => JSON.stringify(Object.entries(change).sort())).sort()
}

/** One badge per course, each with a penalty and a second requirement that names several courses. */
function badgesForCourses(count: number, shared: readonly string[] = []): BadgeTemplate[] {
  return Array.from({ length: count }, (_, at) => {
    const dataRules = [rule('course.course_key', 'eq', `c${at}`), rule('is_passing', 'eq', 'true')]
    const several = [rule('course.course_key', 'in', [`c${at}`, `d${at}`, ...shared])]
    return aTemplate({
      id: `badge-${at}`,
      requirements: [
        aRequirement({ dataRules }),
        aRequirement({ id: 'r2', group: 'B', dataRules: several }),
      ],
      penalties: [aPenalty({ dataRules: [rule('course.course_key', 'eq', `c${at}`)] })],
    })
  })
}

/** A payload that counts how often something is looked up in it. */
function countingPayload(payload: object): { payload: object; reads: () => number } {
  let reads = 0
  const watched = new Proxy(payload, {
    get(target, name, receiver) {
      reads += 1
      return Reflect.get(target, name, receiver)
    },
  })
  return { payload: watched, reads: () => reads }
}

describe('the rule index', () => {
  it('finds what asking every rule of every template finds', () => {
    const templates = fc
      .array(someTemplate, { maxLength: 6 })
      .map((each) => each.map((template, at) => ({ ...template, id: `badge-${at}` })))
    assertLaw(
      fc.property(templates, someHistory, (rules, history) => {
        const index = createRuleIndex(rules, catalogue.fieldTypes)
        for (const event of history) {
          const naive = matchNaively(rules, catalogue.fieldTypes, event)
          expect(sorted(index.match(event))).toEqual(sorted(naive))
        }
      }),
    )
  })

  it.each([
    ['a course that no badge asks for', 'nowhere'],
    ['a course that one badge asks for', 'c3'],
  ])('looks at the payload no more often with 5,000 other badges, for %s', (_, key) => {
    const readsWith = (count: number) => {
      const index = createRuleIndex(badgesForCourses(count), catalogue.fieldTypes)
      const { payload, reads } = countingPayload({ is_passing: true, course: { course_key: key } })
      index.match(anEvent(COURSE, 1, payload))
      return reads()
    }
    expect(readsWith(5_000)).toBe(readsWith(5))
    expect(readsWith(5_000)).toBeLessThan(10)
  })

  it('returns one and the same empty list when nothing fits', () => {
    const index = createRuleIndex(badgesForCourses(3), catalogue.fieldTypes)
    expect(index.match(passing('nowhere', 1))).toBe(index.match(anEvent('unknown', 2, {})))
  })

  it('compares long lists one by one where multiplying them would fill the memory', () => {
    const numbers = Array.from({ length: 300 }, (_, at) => String(at))
    const dataRules = [
      rule('course.ccx_course_key', 'in', numbers),
      rule('course.master_course_key', 'in', numbers),
      rule('course.max_students_allowed', 'in', numbers),
    ]
    const template = aTemplate({ requirements: [aRequirement({ eventType: CCX, dataRules })] })
    const index = createRuleIndex([template], catalogue.fieldTypes)
    const found = (allowed: number) => {
      const keys = { ccx_course_key: '7', master_course_key: '8' }
      return index.match(anEvent(CCX, 1, { course: { ...keys, max_students_allowed: allowed } }))
    }
    expect(found(299)).toHaveLength(1)
    expect(found(300)).toEqual([])
  })

  it('asks both of two rules on the same field', () => {
    const dataRules = [
      rule('course.course_key', 'in', ['a', 'b']),
      rule('course.course_key', 'eq', 'b'),
    ]
    const template = aTemplate({ requirements: [aRequirement({ dataRules })] })
    const index = createRuleIndex([template], catalogue.fieldTypes)
    expect(index.match(passing('a', 1))).toEqual([])
    expect(index.match(passing('b', 1))).toHaveLength(1)
  })

  it('knows its templates by id', () => {
    const [template] = badgesForCourses(1)
    expect(createRuleIndex(badgesForCourses(1), catalogue.fieldTypes).templates).toEqual(
      new Map([['badge-0', template]]),
    )
  })
})

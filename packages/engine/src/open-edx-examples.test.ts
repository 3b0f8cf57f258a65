import { describe, expect, it } from 'vitest'
import {
  anEvent,
  aRequirement,
  aTemplate,
  CCX,
  failing,
  marksOf,
  passing,
  rule,
} from './builders.features.js'
import { EVERY, type LearningEvent, progressOf, type Requirement } from './index.js'

const passed = rule('is_passing', 'eq', 'true')
const demo = 'course-v1:edX+DemoX+Demo'
const other = 'course-v1:edX+Other+1'
const ccx1 = 'ccx-v1:edX+DemoX+Demo+ccx@1'
const ccx2 = 'ccx-v1:edX+DemoX+Demo+ccx@2'
const ccxOther = 'ccx-v1:edX+Other+1+ccx@3'

const masters: Record<string, string> = { [ccx1]: demo, [ccx2]: demo, [ccxOther]: other }

function course(...rules: Requirement['dataRules']): Requirement {
  return aRequirement({ dataRules: [passed, ...rules] })
}

function ccx(...rules: Requirement['dataRules']): Requirement {
  return aRequirement({ eventType: CCX, dataRules: [passed, ...rules] })
}

function passingCcx(key: string, time: number): LearningEvent {
  const keys = { ccx_course_key: key, master_course_key: masters[key] }
  return anEvent(CCX, time, { is_passing: true, course: keys })
}

const examples: [
  name: string,
  requirements: Requirement[],
  earning: LearningEvent[][],
  failing: LearningEvent[][],
][] = [
  [
    'any course',
    [course()],
    [[passing(demo, 1)], [passing(other, 1)]],
    [[failing(demo, 1)], [passingCcx(ccx1, 1)], []],
  ],
  [
    'any grade update, with no data rules at all',
    [aRequirement({ dataRules: [] })],
    [[passing(demo, 1)], [failing(other, 1)]],
    [[passingCcx(ccx1, 1)]],
  ],
  [
    'any course except one',
    [course(rule('course.course_key', 'ne', demo))],
    [[passing(other, 1)]],
    [[passing(demo, 1)], [failing(other, 1)]],
  ],
  [
    'one specific course',
    [course(rule('course.course_key', 'eq', demo))],
    [[passing(demo, 1)]],
    [[passing(other, 1)], [failing(demo, 1)]],
  ],
  [
    'several courses',
    [
      { ...course(rule('course.course_key', 'eq', demo)), group: 'A' },
      { ...course(rule('course.course_key', 'eq', other)), id: 'r2', group: 'B' },
    ],
    [[passing(demo, 1), passing(other, 2)]],
    [[passing(demo, 1)], [passing(other, 1)]],
  ],
  [
    'one of several courses',
    [
      course(rule('course.course_key', 'eq', demo)),
      { ...course(rule('course.course_key', 'eq', other)), id: 'r2' },
    ],
    [[passing(demo, 1)], [passing(other, 1)]],
    [[passing('course-v1:edX+Third+1', 1)]],
  ],
  [
    'any CCX course',
    [ccx()],
    [[passingCcx(ccx1, 1)], [passingCcx(ccxOther, 1)]],
    [[passing(demo, 1)]],
  ],
  [
    'one specific CCX course',
    [ccx(rule('course.ccx_course_key', 'eq', ccx1))],
    [[passingCcx(ccx1, 1)]],
    [[passingCcx(ccx2, 1)]],
  ],
  [
    'any CCX course of a master course',
    [ccx(rule('course.master_course_key', 'eq', demo))],
    [[passingCcx(ccx1, 1)], [passingCcx(ccx2, 1)]],
    [[passingCcx(ccxOther, 1)], [passing(demo, 1)]],
  ],
  [
    'any CCX course of a master course except one',
    [ccx(rule('course.master_course_key', 'eq', demo), rule('course.ccx_course_key', 'ne', ccx2))],
    [[passingCcx(ccx1, 1)]],
    [[passingCcx(ccx2, 1)], [passingCcx(ccxOther, 1)]],
  ],
  [
    'a master course or any of its CCX courses',
    [
      course(rule('course.course_key', 'eq', demo)),
      { ...ccx(rule('course.master_course_key', 'eq', demo)), id: 'r2' },
    ],
    [[passing(demo, 1)], [passingCcx(ccx2, 1)]],
    [[passing(other, 1)], [passingCcx(ccxOther, 1)]],
  ],
]

describe('the examples of the Open edX documentation', () => {
  it.each(examples)('earns a badge for %s', (...[, requirements, earning, missing]) => {
    const template = aTemplate({ requirements })
    const complete = (events: LearningEvent[]) =>
      progressOf(template, marksOf(template, events), EVERY).complete
    for (const events of earning) expect(complete(events)).toBe(true)
    for (const events of missing) expect(complete(events)).toBe(false)
  })
})

import type { Db } from '#src/db/database.js'
import { anActiveTemplate } from '../../src/testing/sample-templates.js'
import { courses, passingType } from './grades.js'

const passing = (value: string) => ({ keyPath: 'is_passing', operator: 'eq', value })
const inCourse = (value?: string) => ({ keyPath: 'course.course_key', operator: 'eq', value })
const awarded = 'org.openedx.learning.badge.awarded.v1'

/** One course; any three; two courses with a penalty; a badge for two badges. */
export async function createCourseBadges(db: Db): Promise<void> {
  const passes = (course?: string) => ({
    eventType: passingType,
    dataRules: [passing('true'), inCourse(course)],
  })
  const one = await anActiveTemplate(db, { name: 'One course', requirements: [passes(courses[0])] })
  const distinct = { atLeast: 3, distinctBy: 'course.course_key' }
  const three = await anActiveTemplate(db, {
    name: 'Three courses',
    requirements: [{ eventType: passingType, dataRules: [passing('true')], count: distinct }],
  })
  await anActiveTemplate(db, {
    name: 'Two courses, kept up',
    requirements: [
      { id: 'a', group: 'A', ...passes(courses[1]) },
      { id: 'b', group: 'B', ...passes(courses[2]) },
    ],
    penalties: [
      {
        eventType: passingType,
        dataRules: [passing('false'), inCourse(courses[1])],
        requirements: ['a'],
      },
    ],
  })
  const badge = (id: string) => [{ keyPath: 'template.uuid', operator: 'eq', value: id }]
  await anActiveTemplate(db, {
    name: 'Both badges',
    requirements: [
      { group: 'A', eventType: awarded, dataRules: badge(one) },
      { group: 'B', eventType: awarded, dataRules: badge(three) },
    ],
  })
}

import { BADGE_AWARDED, BADGE_REVOKED, type BadgeTemplate, parseTemplates } from '@rosette/engine'
import { type Course, courseKeyOf, createCourses } from '../simulation/simulation.js'
import { demoId } from './demo-ids.js'

/** A badge of the demo: its rules, and what stands on its page. */
export type DemoTemplate = {
  readonly rules: BadgeTemplate
  readonly description: string
  /** Markdown. */
  readonly criteria: string
  readonly tags: readonly string[]
}

const passing = 'org.openedx.learning.course.passing.status.updated.v1'
const ccxPassing = 'org.openedx.learning.ccx.course.passing.status.updated.v1'

/** The courses of the demo, by their number. */
export const demoCourses: readonly Course[] = createCourses(6)

const course = (number: string) => courseKeyOf({ number, title: '' }, 0)
const rule = (keyPath: string, value: string) => ({ keyPath, operator: 'eq', value })
const passed = (number: string) => ({
  eventType: passing,
  dataRules: [rule('is_passing', 'true'), rule('course.course_key', course(number))],
})

// A picture takes its colours from the id; the letters at the end choose colours that differ.
const statistics = demoId('template/statistics-d')
const curious = demoId('template/curious-e')
const analyst = demoId('template/analyst-j')
const scholar = demoId('template/scholar-q')

const rules = parseTemplates([
  {
    id: statistics,
    name: 'Statistics Foundations',
    requirements: [
      { id: 'statistics', description: 'Pass Statistics for Everyone', ...passed('STAT101') },
    ],
  },
  {
    id: curious,
    name: 'Curious Mind',
    requirements: [
      {
        id: 'three-courses',
        description: 'Pass three different courses',
        eventType: passing,
        dataRules: [rule('is_passing', 'true')],
        count: { atLeast: 3, distinctBy: 'course.course_key' },
      },
    ],
  },
  {
    id: analyst,
    name: 'Data Analyst',
    requirements: [
      {
        id: 'statistics',
        group: 'A',
        description: 'Pass Statistics for Everyone',
        ...passed('STAT101'),
      },
      {
        id: 'statistics-coached',
        group: 'A',
        description: 'Pass a coached class of Statistics for Everyone',
        eventType: ccxPassing,
        dataRules: [
          rule('is_passing', 'true'),
          rule('course.master_course_key', course('STAT101')),
        ],
      },
      { id: 'python', group: 'B', description: 'Pass Python from the Start', ...passed('PY101') },
      { id: 'seeing', group: 'B', description: 'Pass Seeing Data', ...passed('VIS201') },
    ],
    penalties: [
      {
        id: 'statistics-failed',
        description: 'Statistics for Everyone is failed after all',
        eventType: passing,
        dataRules: [rule('is_passing', 'false'), rule('course.course_key', course('STAT101'))],
        requirements: ['statistics'],
      },
    ],
  },
  {
    id: scholar,
    name: 'Riverbend Data Scholar',
    requirements: [
      {
        id: 'analyst',
        group: 'A',
        description: 'Hold the badge Data Analyst',
        eventType: BADGE_AWARDED,
        dataRules: [rule('template.uuid', analyst)],
      },
      {
        id: 'curious',
        group: 'B',
        description: 'Hold the badge Curious Mind',
        eventType: BADGE_AWARDED,
        dataRules: [rule('template.uuid', curious)],
      },
    ],
    penalties: [
      {
        id: 'analyst-lost',
        description: 'The badge Data Analyst is taken back',
        eventType: BADGE_REVOKED,
        dataRules: [rule('template.uuid', analyst)],
        requirements: ['analyst'],
      },
    ],
  },
])

const told: Readonly<Record<string, Omit<DemoTemplate, 'rules'>>> = {
  [statistics]: {
    description: 'Can describe data, estimate from samples and say how sure an answer is.',
    criteria:
      'Passed **Statistics for Everyone** (STAT101): weekly problem sets and a final project on public data.',
    tags: ['statistics', 'probability', 'data literacy'],
  },
  [curious]: {
    description: 'Went looking beyond one subject and finished what was begun.',
    criteria: 'Passed any **three different courses** of Riverbend University.',
    tags: ['breadth', 'persistence'],
  },
  [analyst]: {
    description: 'Turns a question into data, and data into an answer that others can check.',
    criteria: [
      'Passed both parts:',
      '',
      '- **Statistics for Everyone**, or a coached class of it',
      '- **Python from the Start** or **Seeing Data**',
      '',
      'The badge is taken back when a later grading of Statistics for Everyone is a fail.',
    ].join('\n'),
    tags: ['data analysis', 'statistics', 'python', 'visualisation'],
  },
  [scholar]: {
    description: 'Joins the depth of an analyst with the breadth of a curious mind.',
    criteria: 'Holds the two badges **Data Analyst** and **Curious Mind** at the same time.',
    tags: ['distinction', 'data analysis'],
  },
}

/** One course; three different courses; one of two in each of two groups; two badges. */
export const demoTemplates: readonly DemoTemplate[] = rules.flatMap((each) => {
  const about = told[each.id]
  return about === undefined ? [] : [{ rules: each, ...about }]
})

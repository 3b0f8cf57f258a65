import { TemplateInvalid } from '@rosette/engine'
import { describe, expect, it } from 'vitest'
import { parseTrialTemplates, tryRules } from './rule-trials.js'

const passing = 'org.openedx.learning.course.passing.status.updated.v1'
const passes = [{ keyPath: 'is_passing', operator: 'eq', value: 'true' }]
const pass = { id: 'pass', requirements: [{ eventType: passing, dataRules: passes }] }

function anEvent(more: { user?: unknown; time?: string; id?: string; course?: string } = {}) {
  const { user = { id: 1, pii: { username: 'ada' } }, course = 'course-v1:A+B+C' } = more
  const status = { is_passing: true, course: { course_key: course }, user }
  const { id = 'e1', time = '2026-01-01T10:00:00Z' } = more
  return JSON.stringify({ id, type: passing, time, data: { course_passing_status: status } })
}

describe('a line of events', () => {
  const templates = parseTrialTemplates(pass)

  it('may leave out what has a default', async () => {
    const { learners, refused } = await tryRules(templates, [anEvent()])
    expect(refused).toEqual([])
    expect(learners[0]?.templates[0]?.award).toBe('awarded')
  })

  it.each([
    ['a learner', anEvent({ user: null }), /no learner at course_passing_status.user/],
    ['the id of the learner', anEvent({ user: { pii: { username: 'a' } } }), /id/],
    ['the name of the learner', anEvent({ user: { id: 1, pii: {} } }), /username/],
    ['an offset of the time', anEvent({ time: '2026-01-01T10:00:00' }), /no offset/],
    ['a time in UTC', anEvent({ time: '2026-01-01T10:00:00+01:00' }), /not in UTC/],
    ['an id', anEvent({ id: '' }), /id: must be a text/],
    ['a course key that is one', anEvent({ course: 'nothing' }), /CourseKey/],
    ['an object', '[]', /not a JSON object/],
    ['JSON', '{', /not JSON/],
  ])('is refused without %s', async (_what, line, reason) => {
    const { learners, refused } = await tryRules(templates, ['', line])
    expect(learners).toEqual([])
    expect(refused).toEqual([{ line: 2, reason: expect.stringMatching(reason) }])
  })

  it('is refused for a type that carries no learner', async () => {
    const type = 'org.openedx.content_authoring.course.catalog_info.changed.v1'
    const line = anEvent().replace(passing, type)
    const { refused } = await tryRules(templates, [line])
    expect(refused[0]?.reason).toContain('carries no learner')
  })
})

describe('learners in a report', () => {
  it('are told apart by LMS user id and named by the newest event', async () => {
    const named = (id: number, username: string) => ({ id, pii: { username } })
    const { learners } = await tryRules(parseTrialTemplates(pass), [
      anEvent({ user: named(1, 'zoe'), time: '2026-01-02T00:00:00Z' }),
      anEvent({ user: named(1, 'old-name'), time: '2026-01-01T00:00:00Z' }),
      anEvent({ user: named(2, 'ada') }),
    ])
    expect(learners.map(({ username }) => username)).toEqual(['ada', 'zoe'])
  })
})

describe('templates for a trial', () => {
  it('are refused with every reason, and where in the list it is', () => {
    const bad = [
      { id: 'a', requirements: [] },
      {
        id: 'b',
        requirements: [{ eventType: passing, dataRules: [{ ...passes[0], keyPath: 'x' }] }],
      },
    ]
    expect(() => parseTrialTemplates(bad)).toThrow(TemplateInvalid)
    expect(() => parseTrialTemplates(bad)).toThrow(/\[0\]\.requirements/)
    expect(() => parseTrialTemplates(bad)).toThrow(
      /\[1\]\.requirements\[0\]\.dataRules\[0\]\.keyPath/,
    )
  })

  it.each([
    ['no key', ['eq', 'nothing'], /no CourseKey/],
    ['a key in another form than events carry', ['ne', 'slashes:A+B+C'], /course-v1:A\+B\+C/],
    ['a list with such a text', ['in', ['course-v1:A+B+C', 'nothing']], /no CourseKey/],
  ])('are refused when a key is compared with %s', (_what, [operator, value], reason) => {
    const rule = { keyPath: 'course.course_key', operator, value }
    const bad = { id: 'a', requirements: [{ eventType: passing, dataRules: [rule] }] }
    expect(() => parseTrialTemplates(bad)).toThrow(reason)
  })
})

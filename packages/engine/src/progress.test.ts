import { describe, expect, it } from 'vitest'
import {
  anEvent,
  aPenalty,
  aRequirement,
  aTemplate,
  CCX,
  COURSE,
  failing,
  marksOf,
  passing,
  rule,
} from './builders.features.js'
import { type BadgeTemplate, EVERY, instancesOf, type LearningEvent, progressOf } from './index.js'

function after(template: BadgeTemplate, events: LearningEvent[], instance = EVERY) {
  return progressOf(template, marksOf(template, events), instance)
}

function inCourse(key: string) {
  return [rule('is_passing', 'eq', 'true'), rule('course.course_key', 'eq', key)]
}

const failed = rule('is_passing', 'eq', 'false')

describe('groups', () => {
  const template = aTemplate({
    requirements: [
      aRequirement({ id: 'exam', group: 'A', dataRules: inCourse('exam') }),
      aRequirement({ id: 'project', group: 'A', dataRules: inCourse('project') }),
      aRequirement({ id: 'attendance', group: 'B', dataRules: inCourse('attendance') }),
    ],
  })

  it.each([
    { events: [], groups: { A: false, B: false }, ratio: 0, complete: false, since: null },
    {
      events: [passing('exam', 1)],
      groups: { A: true, B: false },
      ratio: 0.5,
      complete: false,
      since: null,
    },
    {
      events: [passing('exam', 1), passing('project', 2)],
      groups: { A: true, B: false },
      ratio: 0.5,
      complete: false,
      since: null,
    },
    {
      events: [passing('project', 3), passing('exam', 1), passing('attendance', 2)],
      groups: { A: true, B: true },
      ratio: 1,
      complete: true,
      since: { time: 2, eventId: 'e2' },
    },
  ])('stand in within and are all needed: $groups', ({ events, ...expected }) => {
    expect(after(template, events)).toMatchObject(expected)
  })

  it('tells which events are behind each fulfillment', () => {
    const { fulfillments } = after(template, [passing('exam', 1), passing('exam', 5)])
    expect(fulfillments).toEqual([
      { requirementId: 'exam', group: 'A', since: { time: 1, eventId: 'e1' }, eventIds: ['e1'] },
    ])
  })

  it('are never complete when there are none', () => {
    expect(after(aTemplate({ requirements: [] }), [])).toMatchObject({ ratio: 0, complete: false })
  })
})

describe('a penalty', () => {
  const template = aTemplate({ penalties: [aPenalty()] })

  it.each([
    { events: [passing('a', 1), failing('a', 2)], since: null },
    { events: [failing('a', 2), passing('a', 1)], since: null },
    { events: [failing('a', 1), passing('a', 2)], since: 2 },
    { events: [passing('a', 1), failing('a', 2), passing('a', 3), passing('a', 4)], since: 4 },
    { events: [passing('a', 2), { ...failing('a', 2), id: 'a0' }], since: null },
  ])('counts by the time of the event and wins a tie: $since', ({ events, since }) => {
    expect(after(template, events).since?.time ?? null).toBe(since)
  })

  it('says what was lost and when', () => {
    const { lost } = after(template, [passing('a', 1), failing('a', 2), failing('b', 3)])
    expect(lost).toEqual([{ requirementId: 'r1', resetAt: { time: 3, eventId: 'e3' } }])
    expect(after(template, [failing('a', 2)]).lost).toEqual([])
  })

  it('does nothing without data rules', () => {
    const careless = aTemplate({ penalties: [aPenalty({ dataRules: [] })] })
    expect(after(careless, [passing('a', 1), failing('a', 2)]).complete).toBe(true)
  })

  it('takes only the requirements that it names', () => {
    const both = aTemplate({
      requirements: [aRequirement(), aRequirement({ id: 'r2', group: 'B' })],
      penalties: [aPenalty({ requirements: ['r2'] })],
    })
    const { groups } = after(both, [passing('a', 1), failing('a', 2)])
    expect(groups).toEqual({ A: true, B: false })
  })
})

describe('a count', () => {
  const byCourse = { atLeast: 2, distinctBy: 'course.course_key' }
  const template = aTemplate({
    requirements: [aRequirement({ count: byCourse })],
    penalties: [
      aPenalty(),
      aPenalty({ id: 'p2', eventType: CCX, dataRules: [failed], requirements: ['r1'] }),
    ],
  })

  it.each([
    { events: [passing('a', 1), passing('a', 2)], since: null },
    { events: [passing('a', 1), passing('b', 2), passing('c', 3)], since: 2 },
    { events: [passing('a', 1), passing('b', 2), failing('b', 3)], since: null },
    { events: [passing('a', 1), passing('b', 2), failing('b', 3), passing('c', 4)], since: 4 },
    {
      events: [passing('a', 1), passing('b', 2), anEvent(CCX, 3, { is_passing: false })],
      since: null,
    },
    {
      events: [anEvent(CCX, 1, { is_passing: false }), passing('a', 1), passing('b', 2)],
      since: null,
    },
  ])('needs distinct values that are held: $since', ({ events, since }) => {
    expect(after(template, events).since?.time ?? null).toBe(since)
  })

  it('is not matched by an event without the value', () => {
    const nowhere = [1, 2].map((time) => anEvent(COURSE, time, { is_passing: true, course: null }))
    expect(marksOf(template, nowhere)).toEqual([])
  })

  it('counts every event once when nothing must be distinct', () => {
    const twice = aTemplate({ requirements: [aRequirement({ count: { atLeast: 2 } })] })
    expect(after(twice, [passing('a', 1), passing('a', 1)]).complete).toBe(false)
    expect(after(twice, [passing('a', 1), passing('a', 2)]).complete).toBe(true)
  })

  it('takes equal instants for one value', () => {
    const byStart = { atLeast: 2, distinctBy: 'course.start' }
    const template = aTemplate({ requirements: [aRequirement({ count: byStart })] })
    const starts = ['2026-01-01T00:00:00Z', '2026-01-01 01:00:00+01:00']
    const events = starts.map((start, at) =>
      anEvent(COURSE, at, { is_passing: true, course: { start } }),
    )
    expect(after(template, events).complete).toBe(false)
    expect(marksOf(template, events).map(({ key }) => key)).toEqual(['=2026-01-01T00:00:00Z'])
  })

  it('ignores marks from before it was counted, and from before it no longer was', () => {
    const events = [passing('a', 1), passing('b', 2)]
    const one = aTemplate({
      requirements: [aRequirement({ count: { ...byCourse, atLeast: 1 } })],
    })
    expect(progressOf(one, marksOf(aTemplate(), events), EVERY).complete).toBe(false)
    expect(progressOf(aTemplate(), marksOf(one, events), EVERY).complete).toBe(false)
  })

  it('calls lost only what would have been reached otherwise', () => {
    const lost = (events: LearningEvent[]) => after(template, events).lost.length
    expect(lost([passing('a', 1), failing('a', 2)])).toBe(0)
    expect(lost([passing('a', 1), passing('b', 2), failing('a', 3)])).toBe(1)
  })
})

describe('a window', () => {
  const template = aTemplate({ requirements: [aRequirement({ window: { from: 10, until: 20 } })] })

  it.each([
    [9, false],
    [10, true],
    [19, true],
    [20, false],
  ])('counts an event at %i: %s', (time, complete) => {
    expect(after(template, [passing('a', time)]).complete).toBe(complete)
  })

  it('does not shield from penalties outside it', () => {
    const strict = aTemplate({ ...template, penalties: [aPenalty()] })
    expect(after(strict, [passing('a', 15), failing('a', 30)]).complete).toBe(false)
  })
})

describe('an order', () => {
  const template = aTemplate({
    requirements: ['first', 'second', 'third'].map((id, at) =>
      aRequirement({
        id,
        group: 'ABC'.charAt(at),
        dataRules: inCourse(id),
        ...(at > 0 && { after: [['first', 'second'][at - 1] ?? ''] }),
      }),
    ),
    penalties: [
      aPenalty({
        dataRules: [failed, rule('course.course_key', 'eq', 'first')],
        requirements: ['first'],
      }),
    ],
  })

  it.each([
    { courses: ['first', 'second', 'third'], holds: 'ABC' },
    { courses: ['second', 'first', 'third'], holds: 'A' },
    { courses: ['first', 'third', 'second'], holds: 'AB' },
    { courses: ['second', 'third'], holds: '' },
  ])('holds $holds after $courses', ({ courses, holds }) => {
    const { groups } = after(
      template,
      courses.map((key, time) => passing(key, time)),
    )
    const held = Object.keys(groups).filter((group) => groups[group])
    expect(held.join('')).toBe(holds)
  })

  it('is kept at equal times', () => {
    const together = [passing('first', 1), passing('second', 1), passing('third', 1)]
    expect(after(template, together).complete).toBe(true)
  })

  it('is broken for all that follow when the first is lost, also when it is regained later', () => {
    const inOrder = [passing('first', 1), passing('second', 2), passing('third', 3)]
    const lost = [...inOrder, failing('first', 4)]
    expect(after(template, lost).groups).toEqual({ A: false, B: false, C: false })
    expect(after(template, [...lost, passing('first', 5)]).groups).toMatchObject({
      A: true,
      B: false,
    })
  })

  it('that goes round in a circle is fulfilled by nobody', () => {
    const circle = aTemplate({
      requirements: [aRequirement({ after: ['r2'] }), aRequirement({ id: 'r2', after: ['r1'] })],
    })
    expect(after(circle, [passing('a', 1)]).complete).toBe(false)
  })
})

describe('a repeated badge', () => {
  const template = aTemplate({
    repeat: { by: 'course.course_key' },
    penalties: [
      aPenalty(),
      aPenalty({ id: 'p2', eventType: CCX, dataRules: [failed], requirements: ['r1'] }),
    ],
  })
  const allReset = anEvent(CCX, 5, { is_passing: false })

  it('has an instance for every value', () => {
    const marks = marksOf(template, [passing('b', 1), passing('a', 2), allReset])
    expect(instancesOf(template, marks)).toEqual(['=a', '=b'])
  })

  it('is earned and lost for each value by itself', () => {
    const events = [passing('a', 1), passing('b', 2), failing('a', 3)]
    expect(after(template, events, '=a').complete).toBe(false)
    expect(after(template, events, '=b')).toMatchObject({ complete: true, instance: '=b' })
  })

  it('is lost for every value by a penalty that names none', () => {
    const events = [passing('a', 1), passing('b', 6), allReset]
    expect(after(template, events, '=a').complete).toBe(false)
    expect(after(template, events, '=b').complete).toBe(true)
  })

  it('is not earned by an event without the value', () => {
    expect(marksOf(template, [anEvent(COURSE, 1, { is_passing: true })])).toEqual([])
  })

  it('ignores marks from before the template was repeated', () => {
    const before = marksOf(aTemplate(), [passing('a', 1)])
    expect(instancesOf(template, before)).toEqual([])
    expect(progressOf(template, before, '=a').complete).toBe(false)
  })

  it('can count distinct values within each instance', () => {
    const counted = aTemplate({
      repeat: { by: 'course.master_course_key' },
      requirements: [
        aRequirement({
          eventType: CCX,
          count: { atLeast: 2, distinctBy: 'course.ccx_course_key' },
        }),
      ],
    })
    const inMaster = (master: string, ccx: string, time: number) =>
      anEvent(CCX, time, {
        is_passing: true,
        course: { master_course_key: master, ccx_course_key: ccx },
      })
    const events = [inMaster('m', 'x', 1), inMaster('m', 'y', 2), inMaster('n', 'x', 3)]
    expect(after(counted, events, '=m').complete).toBe(true)
    expect(after(counted, events, '=n').complete).toBe(false)
  })
})

import { describe, expect, it } from 'vitest'
import {
  aPenalty,
  aRequirement,
  aTemplate,
  catalogue,
  failing,
  passing,
  rule,
} from './builders.features.js'
import {
  awardedEvent,
  BADGE_AWARDED,
  BADGE_REVOKED,
  type BadgeTemplate,
  createTrial,
  type LearningEvent,
  TemplateInvalid,
} from './index.js'

const course = aTemplate({ id: 'course', penalties: [aPenalty()] })

function builtOn(id: string, base: string, parts: Partial<BadgeTemplate> = {}): BadgeTemplate {
  const dataRules = [rule('template.uuid', 'eq', base)]
  return aTemplate({
    id,
    requirements: [aRequirement({ eventType: BADGE_AWARDED, dataRules })],
    penalties: [aPenalty({ eventType: BADGE_REVOKED, dataRules })],
    ...parts,
  })
}

function run(templates: BadgeTemplate[], events: [learner: string, event: LearningEvent][]) {
  const trial = createTrial(templates, catalogue.fieldTypes)
  const changes = events.map(([learner, event]) => trial.apply({ learner, event }))
  return { changes, result: trial.result() }
}

describe('a trial', () => {
  it('tells how every learner ends, in order', () => {
    const { result } = run(
      [course, builtOn('another', 'course')],
      [
        ['bob', passing('a', 1)],
        ['alice', passing('a', 2)],
        ['alice', failing('a', 3)],
      ],
    )
    const standing = { instance: null, ratio: 1, groups: { A: true }, complete: true }
    const awarded = (template: string, event: string) => ({
      template,
      ...standing,
      award: 'awarded',
      history: [{ change: 'awarded', event }],
    })
    const revoked = (template: string) => ({
      template,
      instance: null,
      ratio: 0,
      groups: { A: false },
      complete: false,
      award: 'revoked',
      history: [
        { change: 'awarded', event: 'e2' },
        { change: 'revoked', event: 'e3' },
      ],
    })
    expect(result).toEqual([
      { learner: 'alice', templates: [revoked('another'), revoked('course')] },
      { learner: 'bob', templates: [awarded('another', 'e1'), awarded('course', 'e1')] },
    ])
  })

  it('leaves out templates that no event has touched', () => {
    expect(run([course], [['alice', passing('a', 1)]]).result[0]?.templates).toHaveLength(1)
    const elsewhere = builtOn('x', 'nothing')
    expect(run([elsewhere], [['alice', passing('a', 1)]]).result[0]?.templates).toEqual([])
  })

  it('keeps learners apart', () => {
    const { result } = run(
      [course],
      [
        ['alice', passing('a', 1)],
        ['bob', failing('a', 2)],
      ],
    )
    expect(result.map(({ templates }) => templates[0]?.award)).toEqual(['awarded', 'none'])
  })

  it('gives and takes badges built on badges within the same event', () => {
    const chain = [builtOn('c', 'b'), builtOn('b', 'course'), course]
    const { changes } = run(chain, [
      ['alice', passing('a', 1)],
      ['alice', failing('a', 2)],
      ['alice', passing('a', 3)],
    ])
    const all = (change: string, event: string) =>
      ['course', 'b', 'c'].map((template) => ({ template, instance: null, change, event }))
    expect(changes).toEqual([all('awarded', 'e1'), all('revoked', 'e2'), all('awarded', 'e3')])
  })

  it('loses and regains built badges also when a late event dates the loss before the award', () => {
    const two = aTemplate({
      id: 'course',
      requirements: [
        aRequirement({ dataRules: [rule('course.course_key', 'eq', 'a')] }),
        aRequirement({
          id: 'r2',
          group: 'B',
          dataRules: [rule('course.course_key', 'eq', 'b')],
        }),
      ],
      penalties: [aPenalty({ dataRules: [rule('course.course_key', 'eq', 'loss')] })],
    })
    const awards = [passing('a', 1), passing('b', 10), passing('loss', 5), passing('a', 7)].map(
      (_, at, events) =>
        run(
          [two, builtOn('b', 'course')],
          events.slice(0, at + 1).map((event) => ['alice', event]),
        ).result[0]?.templates.map(({ award }) => award),
    )
    expect(awards.slice(1)).toEqual([
      ['awarded', 'awarded'],
      ['revoked', 'revoked'],
      ['awarded', 'awarded'],
    ])
  })

  it('dates the event of an award by what earned it', () => {
    const windowed = builtOn('b', 'course')
    const requirements = windowed.requirements.map((each) => ({ ...each, window: { until: 5 } }))
    const { result } = run(
      [course, { ...windowed, requirements }],
      [
        ['alice', passing('a', 1)],
        ['bob', passing('a', 5)],
      ],
    )
    expect(result.map(({ templates }) => templates.map(({ template }) => template))).toEqual([
      ['b', 'course'],
      ['course'],
    ])
  })

  it('tells the instances of a repeated badge by their plain values', () => {
    const repeated = { ...course, repeat: { by: 'course.course_key' } }
    const { result } = run(
      [repeated],
      [
        ['alice', passing('b', 1)],
        ['alice', passing('a', 2)],
        ['alice', failing('b', 3)],
      ],
    )
    expect(result[0]?.templates.map(({ instance, award }) => [instance, award])).toEqual([
      ['a', 'awarded'],
      ['b', 'revoked'],
    ])
  })

  it('does not give a badge again that is given only once', () => {
    const once = { ...course, reaward: 'never' as const }
    const { result } = run(
      [once],
      [
        ['alice', passing('a', 1)],
        ['alice', failing('a', 2)],
        ['alice', passing('a', 3)],
      ],
    )
    expect(result[0]?.templates).toMatchObject([{ complete: true, award: 'revoked' }])
  })

  it('is refused for badges that wait for each other', () => {
    const circle = [builtOn('a', 'b'), builtOn('b', 'a')]
    expect(() => createTrial(circle, catalogue.fieldTypes)).toThrow(TemplateInvalid)
  })
})

describe('a badge event', () => {
  it('has the shape of the Open edX signal', () => {
    const template = { id: 't', name: 'A badge' }
    const event = awardedEvent({ id: 'x', at: { time: 7 }, uuid: 'u', user: { id: 1 }, template })
    expect(event).toEqual({
      id: 'x',
      type: 'org.openedx.learning.badge.awarded.v1',
      time: 7,
      payload: {
        uuid: 'u',
        user: { id: 1 },
        template: {
          uuid: 't',
          origin: 'openedx',
          name: 'A badge',
          description: null,
          image_url: null,
        },
      },
    })
  })
})

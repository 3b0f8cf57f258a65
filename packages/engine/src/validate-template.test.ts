import { describe, expect, it } from 'vitest'
import {
  aPenalty,
  aRequirement,
  aTemplate,
  CCX,
  COURSE,
  catalogue,
  rule,
  THREAD,
} from './builders.features.js'
import {
  BADGE_AWARDED,
  BADGE_REVOKED,
  type BadgeTemplate,
  type DataRule,
  findCycles,
  type Operator,
  type Requirement,
  validateActivation,
  validateTemplate,
} from './index.js'

function withRule(eventType: string, dataRule: DataRule): BadgeTemplate {
  return aTemplate({ requirements: [aRequirement({ eventType, dataRules: [dataRule] })] })
}

function codes(refusals: readonly { code: string; path: string }[]): string[] {
  return refusals.map(({ code, path }) => `${code} ${path}`)
}

const at = 'requirements[0].dataRules[0]'

describe('a template may be stored', () => {
  it.each<[string, DataRule]>([
    [COURSE, rule('is_passing', 'eq', '+')],
    [COURSE, rule('is_passing', 'in', ['yes'])],
    [COURSE, rule('course.course_key', 'matches', '^course-v1:')],
    [COURSE, rule('course.start', 'lt', '2026-01-01 00:00:00+00:00')],
    [THREAD, rule('group_id', 'gte', '-1.5')],
    [THREAD, rule('title', 'eq', '')],
    [THREAD, rule('title', 'gt', '0.5')],
    [THREAD, rule('user_forums_roles', 'contains', 'Moderator')],
    [THREAD, rule('discussion', 'exists', 'no')],
  ])('with a rule on %s that fits: %j', (eventType, dataRule) => {
    expect(validateTemplate(withRule(eventType, dataRule), catalogue)).toEqual([])
  })

  it('as a draft without requirements', () => {
    expect(validateTemplate(aTemplate({ requirements: [] }), catalogue)).toEqual([])
  })
})

describe('a template is refused', () => {
  it.each<[string, DataRule, string]>([
    [COURSE, rule('is_passing', 'eq', 'maybe'), `value-unfit ${at}.value`],
    [COURSE, rule('is_passing', 'gt', 'true'), `operator-unfit ${at}.operator`],
    [COURSE, rule('is_passing', 'in', 'true'), `value-unfit ${at}.value`],
    [COURSE, rule('is_passing', 'in', []), `value-unfit ${at}.value`],
    [COURSE, rule('is_passing', 'in', ['true', 'x']), `value-unfit ${at}.value[1]`],
    [COURSE, rule('is_passing', 'eq', ['true']), `value-unfit ${at}.value`],
    [COURSE, rule('course.course_key', 'eq', ''), `value-unfit ${at}.value`],
    [COURSE, rule('course.course_key', 'gt', '1'), `operator-unfit ${at}.operator`],
    [COURSE, rule('course.start', 'gt', '2026-01-01T00:00:00'), `value-unfit ${at}.value`],
    [COURSE, rule('passing', 'eq', 'true'), `key-path-unknown ${at}.keyPath`],
    [THREAD, rule('group_id', 'eq', 'five'), `value-unfit ${at}.value`],
    [THREAD, rule('title', 'gt', 'a'), `value-unfit ${at}.value`],
    [THREAD, rule('title', 'contains', ''), `value-unfit ${at}.value`],
    [THREAD, rule('title', 'matches', '(a)\\1'), `value-unfit ${at}.value`],
    [THREAD, rule('title', 'exists', 'title'), `value-unfit ${at}.value`],
    [THREAD, rule('discussion', 'eq', 'x'), `operator-unfit ${at}.operator`],
    [
      'nothing.v1',
      rule('is_passing', 'eq', 'true'),
      'event-type-unknown requirements[0].eventType',
    ],
  ])('with a rule on %s that does not fit: %j', (eventType, dataRule, refusal) => {
    expect(codes(validateTemplate(withRule(eventType, dataRule), catalogue))).toEqual([refusal])
  })

  it('with a reason that names the remedy', () => {
    const unknown = withRule(COURSE, rule('passing', 'eq', 'true'))
    expect(validateTemplate(unknown, catalogue)[0]?.reason).toBe(
      `${COURSE} has no field passing; choose is_passing, course.course_key, course.start.`,
    )
    const { keyPathsOf, ...withoutPaths } = catalogue
    expect(validateTemplate(unknown, withoutPaths)[0]?.reason).toBe(
      `${COURSE} has no field passing; choose one of its key paths.`,
    )
    const unfit = withRule(COURSE, rule('is_passing', 'eq', 'maybe'))
    expect(validateTemplate(unfit, catalogue)[0]?.reason).toBe(
      '"maybe" does not fit this field; it takes one of true True yes Yes + false False no No -.',
    )
  })

  it('when a whole key is compared with what no key can be', () => {
    const keyFault = (_: string, keyPath: string, text: string) =>
      keyPath === 'course.course_key' && !text.startsWith('course-v1:') ? `no key: ${text}` : null
    const refusals = (operator: Operator, value: string | string[]) =>
      validateTemplate(withRule(COURSE, rule('course.course_key', operator, value)), {
        ...catalogue,
        keyFault,
      }).map(({ reason }) => reason)
    expect(refusals('eq', 'Demo')).toEqual(['no key: Demo'])
    expect(refusals('in', ['course-v1:a+b+c', 'Demo'])).toEqual(['no key: Demo'])
    expect(refusals('eq', 'course-v1:a+b+c')).toEqual([])
    expect(refusals('contains', 'Demo')).toEqual([])
  })

  it.each([
    ['nowhere', 'key-path-unknown'],
    ['discussion', 'key-path-unfit'],
  ])('when it counts by %s', (distinctBy, code) => {
    const count = { atLeast: 2, distinctBy }
    const template = aTemplate({
      requirements: [aRequirement({ eventType: THREAD, dataRules: [], count })],
    })
    expect(codes(validateTemplate(template, catalogue))).toEqual([
      `${code} requirements[0].count.distinctBy`,
    ])
  })

  it('when its requirements come after each other in a circle', () => {
    const requirements = [
      aRequirement({ after: ['r3'] }),
      aRequirement({ id: 'r2', after: ['r1'] }),
      aRequirement({ id: 'r3', after: ['r2'] }),
      aRequirement({ id: 'r4', after: ['r3'] }),
    ]
    expect(codes(validateTemplate(aTemplate({ requirements }), catalogue))).toEqual(
      [0, 1, 2].map((index) => `after-cycle requirements[${index}].after`),
    )
  })
})

describe('activation is refused', () => {
  function activation(parts: Partial<BadgeTemplate>, others: BadgeTemplate[] = []): string[] {
    return codes(validateActivation(aTemplate(parts), { ...catalogue, others }))
  }

  it.each<[string, Partial<BadgeTemplate>, string[]]>([
    ['nothing', {}, []],
    ['no requirements', { requirements: [] }, ['no-requirements requirements']],
    [
      'a penalty without data rules',
      { penalties: [aPenalty({ dataRules: [] })] },
      ['penalty-without-rules penalties[0].dataRules'],
    ],
    [
      'a penalty that resets nothing',
      { penalties: [aPenalty({ requirements: [] })] },
      ['penalty-without-requirements penalties[0].requirements'],
    ],
    [
      'a requirement that can never carry the value to repeat by',
      {
        repeat: { by: 'course.course_key' },
        requirements: [aRequirement(), aRequirement({ id: 'r2', eventType: CCX })],
      },
      ['repeat-path-missing requirements[1].eventType'],
    ],
  ])('for %s', (_, parts, refusals) => {
    expect(activation(parts)).toEqual(refusals)
  })

  it('for what keeps a draft from being stored', () => {
    expect(activation(withRule(COURSE, rule('passing', 'eq', 'x')))).toEqual([
      `key-path-unknown ${at}.keyPath`,
    ])
  })

  const onBadge = (eventType: string, ...dataRules: DataRule[]): Requirement =>
    aRequirement({ eventType, dataRules })

  it.each<[string, Requirement, boolean]>([
    ['any badge', onBadge(BADGE_AWARDED), true],
    ['any badge of an origin', onBadge(BADGE_AWARDED, rule('template.origin', 'eq', 'x')), true],
    ['itself', onBadge(BADGE_AWARDED, rule('template.uuid', 'eq', 'badge')), true],
    [
      'itself or another',
      onBadge(BADGE_AWARDED, rule('template.uuid', 'in', ['b', 'badge'])),
      true,
    ],
    ['any badge but itself', onBadge(BADGE_AWARDED, rule('template.uuid', 'ne', 'badge')), false],
    ['another', onBadge(BADGE_AWARDED, rule('template.uuid', 'eq', 'b')), false],
    ['losing itself', onBadge(BADGE_REVOKED, rule('template.uuid', 'eq', 'badge')), true],
  ])('when a badge needs %s', (_, requirement, refused) => {
    const refusals = activation({ requirements: [requirement] })
    expect(refusals).toEqual(refused ? ['badge-cycle requirements'] : [])
  })

  it('when badges need each other, naming the way around', () => {
    const needs = (id: string, other: string) =>
      aTemplate({
        id,
        requirements: [onBadge(BADGE_AWARDED, rule('template.uuid', 'in', [other, 'elsewhere']))],
      })
    const others = [needs('b', 'c'), needs('c', 'a'), needs('d', 'd')]
    const [refusal] = validateActivation(needs('a', 'b'), { ...catalogue, others })
    expect(refusal?.reason).toBe(
      'These badges would wait for each other: a -> b -> c -> a; take one link out.',
    )
    expect(findCycles([needs('a', 'b'), ...others])).toEqual([
      ['a', 'b', 'c', 'a'],
      ['d', 'd'],
    ])
  })

  it('when a penalty closes the circle', () => {
    const rules = [rule('template.uuid', 'eq', 'b')]
    const penalties = [aPenalty({ eventType: BADGE_REVOKED, dataRules: rules })]
    const b = aTemplate({
      id: 'b',
      requirements: [onBadge(BADGE_AWARDED, rule('template.uuid', 'eq', 'badge'))],
    })
    expect(activation({ penalties }, [b])).toEqual(['badge-cycle requirements'])
  })

  it('not for circles among the others, nor for an older version of itself', () => {
    const own = aTemplate({ requirements: [onBadge(BADGE_AWARDED)] })
    expect(activation({}, [own])).toEqual([])
  })
})

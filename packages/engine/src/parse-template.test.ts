import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assertLaw, COURSE, someTemplate } from './builders.features.js'
import { formatTemplate, parseTemplate, parseTemplates, TemplateInvalid } from './index.js'

const rule = { keyPath: 'is_passing', operator: 'eq', value: 'true' }

function refusalsOf(parse: () => unknown): { code: string; path: string }[] {
  try {
    parse()
  } catch (error) {
    if (!(error instanceof TemplateInvalid)) throw error
    return error.refusals.map(({ code, path }) => ({ code, path }))
  }
  return []
}

describe('reading a template', () => {
  it('fills in what may be left out', () => {
    const input = { id: 'badge', requirements: [{ eventType: COURSE, dataRules: [rule] }] }
    expect(parseTemplate(input)).toEqual({
      id: 'badge',
      name: 'badge',
      reaward: 'allowed',
      repeat: null,
      requirements: [{ id: 'r1', group: 'A', eventType: COURSE, dataRules: [rule] }],
      penalties: [],
    })
  })

  it('takes null for absent', () => {
    const none = {
      id: null,
      group: null,
      description: null,
      count: null,
      window: null,
      after: null,
    }
    const input = { id: 'badge', repeat: null, requirements: [{ ...none, eventType: COURSE }] }
    expect(parseTemplate(input).requirements).toEqual([
      { id: 'r1', group: 'A', eventType: COURSE, dataRules: [] },
    ])
  })

  it('reads everything that a template can say', () => {
    const input = {
      id: 'badge',
      name: 'A badge',
      reaward: 'never',
      repeat: { by: 'course.course_key' },
      requirements: [
        { id: 'first', group: 'C', eventType: COURSE, description: 'Pass', dataRules: [rule] },
        {
          id: 'second',
          group: 'C',
          eventType: COURSE,
          dataRules: [{ keyPath: 'course.course_key', operator: 'in', value: ['a', 'b'] }],
          count: { atLeast: 2, distinctBy: 'course.course_key' },
          window: { from: '1970-01-01T00:00:01Z', until: '1970-01-01 01:00:02.5+01:00' },
          after: ['first'],
        },
      ],
      penalties: [{ id: 'p', eventType: COURSE, dataRules: [rule], requirements: ['first'] }],
    }
    const [, second] = input.requirements
    expect(parseTemplate(input)).toEqual({
      ...input,
      requirements: [
        input.requirements[0],
        { ...second, window: { from: 1_000_000, until: 2_500_000 } },
      ],
    })
  })

  it('gives each requirement without a group the next free letter', () => {
    const groups = [undefined, 'A', undefined, 'C', undefined]
    const requirements = groups.map((group) => ({ group, eventType: COURSE }))
    const template = parseTemplate({ id: 'badge', requirements })
    expect(template.requirements.map(({ group }) => group)).toEqual(['B', 'A', 'D', 'C', 'E'])
  })

  it('gives ids that are not taken', () => {
    const requirements = ['r2', undefined, undefined].map((id) => ({ id, eventType: COURSE }))
    const template = parseTemplate({ id: 'badge', requirements })
    expect(template.requirements.map(({ id }) => id)).toEqual(['r2', 'r3', 'r4'])
  })

  it('reads back what it writes', () => {
    assertLaw(
      fc.property(someTemplate, (template) => {
        const file: unknown = JSON.parse(JSON.stringify(formatTemplate(template)))
        expect(parseTemplate(file)).toEqual(template)
      }),
    )
  })

  it('reads one template or a list', () => {
    expect(parseTemplates({ id: 'a' })).toHaveLength(1)
    expect(parseTemplates([{ id: 'a' }, { id: 'b' }])).toHaveLength(2)
    expect(refusalsOf(() => parseTemplates([{ id: 'a' }, { id: 'a' }]))).toEqual([
      { code: 'id-duplicate', path: '[1].id' },
    ])
  })
})

describe('a template that cannot be read', () => {
  const base = { eventType: COURSE, dataRules: [rule] }
  const template = (requirement: object, rest: object = {}) => ({
    id: 'badge',
    requirements: [{ ...base, ...requirement }],
    ...rest,
  })
  const value = (each: object) => template({ dataRules: [{ ...rule, ...each }] })

  it.each([
    [null, 'type-invalid', ''],
    [[], 'type-invalid', ''],
    [{}, 'member-missing', 'id'],
    [{ id: 7 }, 'type-invalid', 'id'],
    [{ id: 'badge', requirement: [] }, 'member-unknown', 'requirement'],
    [{ id: 'badge', requirements: {} }, 'type-invalid', 'requirements'],
    [{ id: 'badge', reaward: 'sometimes' }, 'type-invalid', 'reaward'],
    [{ id: 'badge', repeat: {} }, 'member-missing', 'repeat.by'],
    [{ id: 'badge', requirements: [{}] }, 'member-missing', 'requirements[0].eventType'],
    [template({ blend: 'A' }), 'member-unknown', 'requirements[0].blend'],
    [template({ group: 'a' }), 'group-invalid', 'requirements[0].group'],
    [template({ group: 'AA' }), 'group-invalid', 'requirements[0].group'],
    [value({ operator: '=' }), 'operator-unknown', 'requirements[0].dataRules[0].operator'],
    [value({ value: true }), 'type-invalid', 'requirements[0].dataRules[0].value'],
    [value({ value: null }), 'member-missing', 'requirements[0].dataRules[0].value'],
    [value({ value: ['a', 1] }), 'type-invalid', 'requirements[0].dataRules[0].value[1]'],
    [template({ count: { atLeast: 0 } }), 'count-invalid', 'requirements[0].count.atLeast'],
    [template({ count: { atLeast: 1.5 } }), 'type-invalid', 'requirements[0].count.atLeast'],
    [template({ window: { from: 'May' } }), 'time-invalid', 'requirements[0].window.from'],
    [
      template({ window: { from: '2026-01-01T00:00:00Z', until: '2026-01-01T00:00:00Z' } }),
      'window-empty',
      'requirements[0].window',
    ],
    [template({ after: ['r9'] }), 'requirement-unknown', 'requirements[0].after[0]'],
    [template({ after: ['r1'] }), 'after-cycle', 'requirements[0].after'],
    [
      template({}, { penalties: [{ ...base, requirements: ['r9'] }] }),
      'requirement-unknown',
      'penalties[0].requirements[0]',
    ],
    [
      template({}, { penalties: [{ ...base, window: {} }] }),
      'member-unknown',
      'penalties[0].window',
    ],
    [
      { id: 'badge', requirements: [base, base].map((each) => ({ ...each, id: 'x' })) },
      'id-duplicate',
      'requirements[1].id',
    ],
  ])('%j is refused: %s', (input, code, path) => {
    expect(refusalsOf(() => parseTemplate(input))).toEqual([{ code, path }])
  })

  it('is refused when no letter is left for a group', () => {
    const requirements = Array.from({ length: 27 }, () => base)
    expect(refusalsOf(() => parseTemplate({ id: 'badge', requirements }))).toEqual([
      { code: 'groups-exhausted', path: 'requirements[26].group' },
    ])
  })

  it('is refused with all its faults at once, each with its path', () => {
    const parse = () => parseTemplate({ requirements: [{ group: 'B' }], extra: 1 })
    expect(parse).toThrow('requirements[0].eventType: Must be given, as text.')
    expect(refusalsOf(parse).map(({ path }) => path)).toEqual([
      'extra',
      'id',
      'requirements[0].eventType',
    ])
  })
})

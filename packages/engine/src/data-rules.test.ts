import { describe, expect, it } from 'vitest'
import { compileRule, satisfies } from './data-rules.js'
import type { FieldType, Operator } from './index.js'

type Case = [
  type: FieldType,
  operator: Operator,
  value: string | string[],
  field: unknown,
  fits: boolean,
]

const when = '2024-01-02T03:04:05+00:00'

const cases: Case[] = [
  ...['true', 'True', 'yes', 'Yes', '+'].map((word): Case => ['boolean', 'eq', word, true, true]),
  ...['false', 'False', 'no', 'No', '-'].map((word): Case => ['boolean', 'eq', word, false, true]),
  ['boolean', 'eq', 'TRUE', true, false],
  ['boolean', 'eq', '1', true, false],
  ['boolean', 'eq', 'true', false, false],
  ['boolean', 'eq', 'yes', 'True', true],
  ['boolean', 'ne', 'true', false, true],
  ['boolean', 'in', ['yes', 'no'], false, true],
  ['number', 'eq', '1', 1.0, true],
  ['number', 'eq', '1.0', 1, true],
  ['number', 'eq', '1e1', 10, true],
  ['number', 'eq', '0', -0, true],
  ['number', 'eq', '7', '7.0', true],
  ['number', 'eq', '0x10', 16, false],
  ['number', 'eq', '', 0, false],
  ['number', 'gt', '9', 10, true],
  ['number', 'gt', '10', 10, false],
  ['number', 'gte', '10', 10, true],
  ['number', 'lt', '10', 9.5, true],
  ['number', 'lte', '9', 9.5, false],
  ['number', 'not_in', ['1', '2'], 3, true],
  ['datetime', 'eq', when, '2024-01-02 03:04:05Z', true],
  ['datetime', 'eq', when, '2024-01-02T05:04:05.000000+02:00', true],
  ['datetime', 'lt', when, '2024-01-02T03:04:04.999999+00:00', true],
  ['datetime', 'gte', when, '2024-01-02T03:04:05.000001Z', true],
  ['datetime', 'gt', when, '9999-12-31T00:00:00+00:00', true],
  ['datetime', 'gt', when, 'soon', false],
  ['key', 'eq', 'course-v1:a+b+c', 'course-v1:a+b+c', true],
  ['key', 'eq', 'course-v1:a+b+c', 'course-v1:A+b+c', false],
  ['key', 'eq', 'yes', 'True', false],
  ['key', 'contains', '+b+', 'course-v1:a+b+c', true],
  ['key', 'matches', '^course-v1:a\\+', 'course-v1:a+b+c', true],
  ['key', 'gt', '1', '2', false],
  ['text', 'eq', 'yes', 'yes', true],
  ['text', 'eq', 'yes', 'true', false],
  ['text', 'eq', '1', '1.0', false],
  ['text', 'eq', '', '', true],
  ['text', 'in', ['honor', 'verified'], 'verified', true],
  ['text', 'in', ['honor', 'verified'], 'audit', false],
  ['text', 'contains', 'one', 'someone', true],
  ['text', 'contains', 'One', 'someone', false],
  ['text', 'matches', '^[a-z]+$', 'some one', false],
  ['text', 'gte', '0.75', '0.8', true],
  ['text', 'gte', '9', '10', true],
  ['text', 'gte', '0.75', 'Pass', false],
  ['list', 'contains', 'Moderator', ['Student', 'Moderator'], true],
  ['list', 'contains', 'Moder', ['Student', 'Moderator'], false],
  ['map', 'contains', 'endorsed', { endorsed: 'no' }, true],
  ['map', 'contains', 'no', { endorsed: 'no' }, false],
  ['map', 'contains', 'toString', {}, false],
  ['text', 'exists', 'true', '', true],
  ['text', 'exists', 'yes', null, false],
  ['text', 'exists', 'false', undefined, true],
  ['list', 'exists', 'no', [], false],
]

const missing: [Operator, string | string[], boolean][] = [
  ['eq', 'x', false],
  ['ne', 'x', true],
  ['in', ['x'], false],
  ['not_in', ['x'], true],
  ['gt', '1', false],
  ['gte', '1', false],
  ['lt', '1', false],
  ['lte', '1', false],
  ['contains', 'x', false],
  ['matches', '.*', false],
  ['exists', 'true', false],
  ['exists', 'false', true],
]

describe('a data rule', () => {
  it.each(cases)(
    'on a %s field: %s %j says of %j: %s',
    (...[type, operator, value, field, fits]) => {
      const compiled = compileRule({ keyPath: 'a.b', operator, value }, type)
      expect(satisfies({ a: { b: field } }, compiled)).toBe(fits)
    },
  )

  it('reads 64-bit numbers', () => {
    const compiled = compileRule({ keyPath: 'a', operator: 'eq', value: '7' }, 'number')
    expect(satisfies({ a: 7n }, compiled)).toBe(true)
  })

  it.each(missing)('%s %j says of a missing or null field: %s', (operator, value, fits) => {
    const compiled = compileRule({ keyPath: 'a.b', operator, value }, 'text')
    for (const payload of [{}, { a: {} }, { a: { b: null } }, { a: null }, null, 'text', []]) {
      expect(satisfies(payload, compiled)).toBe(fits)
    }
  })

  it('does not see what every object inherits', () => {
    const rule = { keyPath: 'constructor', operator: 'exists', value: 'true' } as const
    expect(satisfies({}, compileRule(rule, 'text'))).toBe(false)
  })

  it('compares as text where the catalogue declares no type', () => {
    const rule = { keyPath: 'a', operator: 'eq', value: 'yes' } as const
    expect(satisfies({ a: 'yes' }, compileRule(rule, undefined))).toBe(true)
    expect(satisfies({ a: true }, compileRule(rule, undefined))).toBe(false)
  })

  it('never fits when its pattern could not be stored', () => {
    const rule = { keyPath: 'a', operator: 'matches', value: '(' } as const
    expect(satisfies({ a: '(' }, compileRule(rule, 'text'))).toBe(false)
  })
})

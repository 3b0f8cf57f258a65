import type { DataRule, Operator } from './badge-template.js'
import { comparableOf, numberOf } from './field-values.js'
import type { FieldType } from './learning-event.js'
import { PatternRefused, parsePattern } from './parse-pattern.js'
import type { Refusal } from './refusals.js'

const orders: readonly Operator[] = ['gt', 'gte', 'lt', 'lte']
const equals: readonly Operator[] = ['eq', 'ne', 'in', 'not_in']

/** The operators that make sense for a type, for validation and for choice lists. */
export const operatorsFor: Readonly<Record<FieldType, readonly Operator[]>> = {
  boolean: [...equals, 'exists'],
  number: [...equals, ...orders, 'exists'],
  datetime: [...equals, ...orders, 'exists'],
  key: [...equals, 'contains', 'matches', 'exists'],
  text: [...equals, ...orders, 'contains', 'matches', 'exists'],
  list: ['contains', 'exists'],
  map: ['contains', 'exists'],
}

const expected: Readonly<Record<FieldType, string>> = {
  boolean: 'one of true True yes Yes + false False no No -',
  number: 'a number such as 5 or 0.75',
  datetime: 'a time with its offset, such as 2026-09-01T00:00:00Z',
  key: 'a key such as course-v1:OpenedX+DemoX+Demo_Course',
  text: 'text',
  list: 'text',
  map: 'text',
}

/** Why a data rule does not fit a field of this type, or null when it does. */
export function ruleRefusal(rule: DataRule, type: FieldType, path: string): Refusal | null {
  const { operator, value } = rule
  if (!operatorsFor[type].includes(operator)) {
    const reason = `A ${type} field is not compared with ${operator}; use ${operatorsFor[type].join(', ')}.`
    return { code: 'operator-unfit', path: `${path}.operator`, reason }
  }
  if (operator === 'in' || operator === 'not_in') return listRefusal(value, type, path)
  if (typeof value !== 'string') {
    const reason = `${operator} compares with one text; use in or not_in for a list.`
    return { code: 'value-unfit', path: `${path}.value`, reason }
  }
  const reason = valueFault(operator, value, type)
  return reason === null ? null : { code: 'value-unfit', path: `${path}.value`, reason }
}

function listRefusal(value: DataRule['value'], type: FieldType, path: string): Refusal | null {
  if (typeof value === 'string' || value.length === 0) {
    const reason = 'in and not_in compare with a list of at least one text.'
    return { code: 'value-unfit', path: `${path}.value`, reason }
  }
  const index = value.findIndex((each) => comparisonFault(each, type) !== null)
  if (index === -1) return null
  const reason = comparisonFault(value[index] ?? '', type) ?? ''
  return { code: 'value-unfit', path: `${path}.value[${index}]`, reason }
}

function valueFault(operator: Operator, value: string, type: FieldType): string | null {
  switch (operator) {
    case 'exists':
      return comparisonFault(value, 'boolean')
    case 'matches':
      return patternFault(value)
    case 'contains':
      return value === '' ? 'Everything contains nothing; name what to look for.' : null
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
      // A grade is declared as text: ordering it makes sense only against a number.
      return type === 'text' && numberOf(value) === undefined
        ? 'Text is ordered by the number in it; the value must be a number such as 0.75.'
        : comparisonFault(value, type)
    default:
      return comparisonFault(value, type)
  }
}

function comparisonFault(value: string, type: FieldType): string | null {
  const fits = type === 'key' ? value !== '' : comparableOf(type, value) !== undefined
  return fits
    ? null
    : `${JSON.stringify(value)} does not fit this field; it takes ${expected[type]}.`
}

function patternFault(text: string): string | null {
  try {
    parsePattern(text)
    return null
  } catch (error) {
    if (error instanceof PatternRefused) return error.message
    throw error
  }
}

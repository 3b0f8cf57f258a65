import type { DataRule } from './badge-template.js'
import {
  booleanOf,
  type Comparable,
  comparableOf,
  isMap,
  numberOf,
  textOf,
  valueAt,
} from './field-values.js'
import type { FieldType } from './learning-event.js'
import { PatternRefused, parsePattern } from './parse-pattern.js'
import { searchPattern } from './search-pattern.js'

type Test = (value: unknown) => boolean

/** A data rule made ready: `equals` lists the values that an index can look up, null when it cannot. */
export type CompiledRule = {
  readonly keyPath: string
  readonly path: readonly string[]
  readonly type: FieldType
  readonly test: Test
  readonly equals: readonly Comparable[] | null
}

/** Prepares a data rule once, so that an event costs no parsing; a field without a type compares as text. */
export function compileRule(rule: DataRule, type: FieldType = 'text'): CompiledRule {
  return {
    keyPath: rule.keyPath,
    path: rule.keyPath.split('.'),
    type,
    test: testOf(rule, type),
    equals: equalsOf(rule, type),
  }
}

/** Whether the payload satisfies the rule. */
export function satisfies(payload: unknown, rule: CompiledRule): boolean {
  return rule.test(valueAt(payload, rule.path))
}

function equalsOf(rule: DataRule, type: FieldType): readonly Comparable[] | null {
  if (rule.operator !== 'eq' && rule.operator !== 'in') return null
  return [...new Set(comparablesOf(rule, type))]
}

function comparablesOf(rule: DataRule, type: FieldType): Comparable[] {
  return valuesOf(rule)
    .map((value) => comparableOf(type, value))
    .filter((value) => value !== undefined)
}

function testOf(rule: DataRule, type: FieldType): Test {
  const [first = ''] = valuesOf(rule)
  switch (rule.operator) {
    case 'eq':
    case 'in':
      return oneOf(comparablesOf(rule, type), type)
    case 'ne':
    case 'not_in':
      return not(oneOf(comparablesOf(rule, type), type))
    case 'gt':
      return ordered(first, type, (left, right) => left > right)
    case 'gte':
      return ordered(first, type, (left, right) => left >= right)
    case 'lt':
      return ordered(first, type, (left, right) => left < right)
    case 'lte':
      return ordered(first, type, (left, right) => left <= right)
    case 'contains':
      return containing(first, type)
    case 'matches':
      return matching(first)
    case 'exists':
      return existing(first)
  }
}

function valuesOf(rule: DataRule): readonly string[] {
  return typeof rule.value === 'string' ? [rule.value] : rule.value
}

function oneOf(values: readonly Comparable[], type: FieldType): Test {
  const wanted = new Set(values)
  return (value) => {
    const left = comparableOf(type, value)
    return left !== undefined && wanted.has(left)
  }
}

function not(test: Test): Test {
  return (value) => !test(value)
}

/** Text is ordered as a number when both sides are one: the grade of a certificate is text. */
function ordered(
  value: string,
  type: FieldType,
  holds: (left: number, right: number) => boolean,
): Test {
  const read = (each: unknown) =>
    type === 'text' ? numberOf(each) : type === 'key' ? undefined : comparableOf(type, each)
  const right = read(value)
  return (each) => {
    const left = read(each)
    return typeof left === 'number' && typeof right === 'number' && holds(left, right)
  }
}

function containing(wanted: string, type: FieldType): Test {
  if (type === 'list') {
    return (value) => Array.isArray(value) && value.some((each) => textOf(each) === wanted)
  }
  if (type === 'map') return (value) => isMap(value) && Object.hasOwn(value, wanted)
  return (value) => typeof value === 'string' && value.includes(wanted)
}

function matching(text: string): Test {
  try {
    const pattern = parsePattern(text)
    return (value) => typeof value === 'string' && searchPattern(pattern, value)
  } catch (error) {
    // Such a rule cannot be stored; should one be met all the same, it must not stop the other templates.
    if (error instanceof PatternRefused) return () => false
    throw error
  }
}

function existing(word: string): Test {
  const wanted = booleanOf(word)
  return (value) => (value !== undefined && value !== null) === wanted
}

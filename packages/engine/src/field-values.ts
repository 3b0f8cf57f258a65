import { formatEventTime, parseInstant } from './event-time.js'
import type { FieldType } from './learning-event.js'

/** A field value made comparable with `===`: text and keys as text, datetimes in microseconds. */
export type Comparable = string | number | boolean

const yes = new Set(['true', 'True', 'yes', 'Yes', '+'])
const no = new Set(['false', 'False', 'no', 'No', '-'])
const decimal = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/

/** The value at a split key path, or undefined; only own members count, so `constructor` is missing. */
export function valueAt(payload: unknown, path: readonly string[]): unknown {
  let value = payload
  for (const name of path) {
    if (!isMap(value) || !Object.hasOwn(value, name)) return undefined
    value = value[name]
  }
  return value
}

/** Tells an object with named members from null, lists and scalars. */
export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Reads a payload's or a rule's value by the declared type; undefined when missing or not of that type. */
export function comparableOf(type: FieldType, value: unknown): Comparable | undefined {
  switch (type) {
    case 'boolean':
      return booleanOf(value)
    case 'number':
      return numberOf(value)
    case 'datetime':
      return typeof value === 'string' ? (parseInstant(value) ?? undefined) : undefined
    case 'key':
    case 'text':
      return textOf(value)
    case 'list':
    case 'map':
      return undefined
  }
}

/** The text under which a distinct or repeat value is kept: equal values of a type give equal text. */
export function canonicalText(type: FieldType, value: unknown): string | undefined {
  const comparable = comparableOf(type, value)
  if (comparable === undefined) return undefined
  if (type === 'datetime') return formatEventTime(Number(comparable))
  // -0 and 0 are equal numbers and both print as 0.
  return String(comparable)
}

/** Reads the words that Open edX accepts for a boolean, and no others. */
export function booleanOf(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value
  if (typeof value !== 'string') return undefined
  return yes.has(value) ? true : no.has(value) ? false : undefined
}

/** Reads a finite number, also from decimal text; no blanks, no hexadecimal. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'bigint') return Number(value)
  const number = typeof value === 'string' && decimal.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

/** A scalar as text; lists, maps and null have none. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') {
    return String(value)
  }
  return undefined
}

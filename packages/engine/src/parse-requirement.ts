import {
  type Count,
  type DataRule,
  OPERATORS,
  type Operator,
  type Window,
} from './badge-template.js'
import { type EventTime, parseEventTime } from './event-time.js'
import {
  isPresent,
  type Place,
  readList,
  readMembers,
  readOptionalText,
  readText,
  refuse,
} from './json-place.js'

/** Reads a data rule's shape; whether its value fits the field is asked by the validation. */
export function readDataRule(place: Place): DataRule {
  const at = readMembers(place, ['keyPath', 'operator', 'value'])
  return {
    keyPath: readText(at('keyPath')),
    operator: readOperator(at('operator')),
    value: readValue(at('value')),
  }
}

/** Reads `{ atLeast, distinctBy }`. */
export function readCount(place: Place): Count {
  const at = readMembers(place, ['atLeast', 'distinctBy'])
  const distinctBy = readOptionalText(at('distinctBy'))
  return {
    atLeast: readInteger(at('atLeast')),
    ...(distinctBy !== undefined && { distinctBy }),
  }
}

/** Reads `{ from, until }`, each ISO 8601 text or absent. */
export function readWindow(place: Place): Window {
  const at = readMembers(place, ['from', 'until'])
  const from = readTime(at('from'))
  const until = readTime(at('until'))
  return { ...(from !== null && { from }), ...(until !== null && { until }) }
}

function readOperator(place: Place): Operator {
  const operator = OPERATORS.find((each) => each === place.value)
  if (operator !== undefined) return operator
  refuse(place, 'operator-unknown', `Must be one of ${OPERATORS.join(', ')}.`)
  return 'eq'
}

function readValue(place: Place): string | string[] {
  if (Array.isArray(place.value)) return readList(place, readValueText)
  return readValueText(place)
}

/** Unlike other texts a value may be empty: a text field may be compared with nothing. */
function readValueText(place: Place): string {
  if (typeof place.value === 'string') return place.value
  if (!isPresent(place)) refuse(place, 'member-missing', 'Must be given, as text.')
  else refuse(place, 'type-invalid', 'Must be text; write true as "true" and 5 as "5".')
  return ''
}

function readInteger(place: Place): number {
  if (typeof place.value === 'number' && Number.isSafeInteger(place.value)) return place.value
  refuse(place, 'type-invalid', 'Must be a whole number.')
  return 1
}

function readTime(place: Place): EventTime | null {
  if (!isPresent(place)) return null
  const time = typeof place.value === 'string' ? parseEventTime(place.value) : null
  if (time === null) {
    refuse(place, 'time-invalid', 'Must be a time with its offset, such as 2026-09-01T00:00:00Z.')
  }
  return time
}

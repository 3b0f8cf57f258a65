import type { DataClass, Field, ValueType } from './data-class.js'
import { EventError } from './errors.js'
import { type EventData, isRecord } from './event-data.js'
import { fieldError, type Place, toDatetimeText, toKeyText } from './field-values.js'
import type { Signal } from './signals.js'

/**
 * The data of an event from plain JSON, in the form that `decodeEvent` gives: nullable fields may be
 * left out and come back as null, unknown entries are dropped, keys and datetimes become canonical.
 */
export function parseEventData(signal: Signal, data: unknown): EventData {
  const { eventType, kwarg, dataClass } = signal
  const top: Field = { name: kwarg, type: { kind: 'class', dataClass }, nullable: false }
  if (!isRecord(data)) throw fieldError({ eventType, path: kwarg }, 'the data is not an object')
  return { [kwarg]: toFieldValue(top, data, { eventType, path: '' }) }
}

function toFieldValue(
  field: Field,
  owner: Readonly<Record<string, unknown>>,
  above: Place,
): unknown {
  const { eventType } = above
  const path = above.path === '' ? field.name : `${above.path}.${field.name}`
  const value = Object.hasOwn(owner, field.name) ? owner[field.name] : undefined
  if (value !== undefined && value !== null) return toValue(field.type, value, { eventType, path })
  if (field.nullable) return null
  if (value === null) throw fieldError({ eventType, path }, 'must not be null')
  // The words that Open edX's serializer uses; operators know them from its logs.
  const what = `no value and no default for ${field.name}`
  throw new EventError('ERR_EVENT_FIELD', `${eventType}: ${what} (at ${path})`)
}

function toValue(type: ValueType, value: unknown, place: Place): unknown {
  switch (type.kind) {
    case 'boolean':
      if (typeof value === 'boolean') return value
      throw fieldError(place, 'must be true or false')
    case 'long':
      if (Number.isSafeInteger(value)) return value
      throw fieldError(place, 'must be a whole number of at most 2^53 - 1')
    case 'string':
      return toText(value, place)
    case 'datetime':
      return toDatetimeText(place, toText(value, place))
    case 'key':
      return toKeyText(place, type.keyKind, toText(value, place))
    case 'list':
      return toList(type.items, value, place)
    case 'map':
      return toMap(type.values, value, place)
    case 'class':
      return toInstance(type.dataClass, value, place)
  }
}

function toText(value: unknown, place: Place): string {
  if (typeof value !== 'string') throw fieldError(place, 'must be a text')
  // Half a surrogate pair has no UTF-8 and would silently become another character.
  if (/\p{Surrogate}/u.test(value)) throw fieldError(place, 'is not well-formed Unicode')
  return value
}

function toList(items: ValueType, value: unknown, { eventType, path }: Place): unknown[] {
  if (!Array.isArray(value)) throw fieldError({ eventType, path }, 'must be a list')
  return value.map((item, index) => toValue(items, item, { eventType, path: `${path}[${index}]` }))
}

function toMap(values: ValueType, value: unknown, place: Place): unknown {
  if (!isRecord(value)) throw fieldError(place, 'must be an object')
  const { eventType, path } = place
  return Object.fromEntries(
    Object.entries(value).map(([name, of]) => [
      toText(name, place),
      toValue(values, of, { eventType, path: `${path}.${name}` }),
    ]),
  )
}

function toInstance({ fields }: DataClass, value: unknown, place: Place): unknown {
  if (!isRecord(value)) throw fieldError(place, 'must be an object')
  const instance: Record<string, unknown> = {}
  for (const field of fields) instance[field.name] = toFieldValue(field, value, place)
  return instance
}

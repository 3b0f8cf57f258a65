import type { DataClass, Field, ValueType } from './data-class.js'
import type { Signal } from './signals.js'

/** An Avro schema of the kinds that Open edX events use; a bare text is a primitive or a known record. */
export type AvroType =
  | string
  | readonly ['null', AvroType]
  | { readonly type: 'array'; readonly items: AvroType }
  | { readonly type: 'map'; readonly values: AvroType }
  | AvroRecord

/** An Avro record; only the one at the top has a `doc` and a `namespace`. */
export type AvroRecord = {
  readonly name: string
  readonly type: 'record'
  readonly doc?: string
  readonly fields: readonly AvroField[]
  readonly namespace?: string
}

/** One field of a record; `default` is there exactly when the field may be null. */
export type AvroField = { readonly name: string; readonly type: AvroType; readonly default?: null }

// Part of the format: it is in the schema text that a Kafka schema registry compares.
const DOC = 'Avro Event Format for CloudEvents created with openedx_events/schema'

/** The signal's Avro schema, equal to the one Open edX derives, keys in the order of its files. */
export function avroSchemaOf(signal: Signal): AvroRecord {
  const payload = toAvro({ kind: 'class', dataClass: signal.dataClass }, new Set())
  return {
    name: 'CloudEvent',
    type: 'record',
    doc: DOC,
    fields: [{ name: signal.kwarg, type: payload }],
    namespace: signal.eventType,
  }
}

/** The schema as text with sorted keys, byte for byte what Open edX registers with Kafka. */
export function schemaString(signal: Signal): string {
  return toSortedJson(avroSchemaOf(signal))
}

function toAvro(type: ValueType, named: Set<string>): AvroType {
  switch (type.kind) {
    case 'boolean':
    case 'long':
    case 'string':
      return type.kind
    case 'datetime':
    case 'key':
      return 'string'
    case 'list':
      return { type: 'array', items: toAvro(type.items, named) }
    case 'map':
      return { type: 'map', values: toAvro(type.values, named) }
    case 'class':
      return toAvroRecord(type.dataClass, named)
  }
}

// A record is spelled out where it first occurs, depth first, and only named afterwards.
function toAvroRecord(of: DataClass, named: Set<string>): AvroType {
  if (named.has(of.name)) return of.name
  named.add(of.name)
  return {
    name: of.name,
    type: 'record',
    fields: of.fields.map((field) => toAvroField(field, named)),
  }
}

function toAvroField(field: Field, named: Set<string>): AvroField {
  const type = toAvro(field.type, named)
  return field.nullable
    ? { name: field.name, type: ['null', type], default: null }
    : { name: field.name, type }
}

/** JSON with sorted keys and Python's separators; equal texts mean equal schemas. */
export function toSortedJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(toSortedJson).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([name, of]) => `${JSON.stringify(name)}: ${toSortedJson(of)}`).join(', ')}}`
}

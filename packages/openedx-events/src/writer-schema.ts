import { schemaString, toSortedJson } from './avro-schema.js'
import { decodeEvent } from './decode-event.js'
import { EventError } from './errors.js'
import { type EventData, isRecord } from './event-data.js'
import { parseEventData } from './parse-event-data.js'
import { type Read, readerOfList, readerOfMap } from './read-collections.js'
import { createReader, readBoolean, readBranch, readBytes, readLong, readText } from './reader.js'
import type { Signal } from './signals.js'

/**
 * A decoder for events whose producer has another version of the event class, known by the Avro schema
 * that it registered, as on Kafka. Fields that only the producer has are dropped, nullable ones that it
 * lacks are null, and any other that it lacks is refused when an event is read.
 */
export function createDecoder(
  signal: Signal,
  writerSchema: unknown,
): (bytes: Uint8Array) => EventData {
  if (toSortedJson(writerSchema) === schemaString(signal)) {
    return (bytes) => decodeEvent(signal, bytes)
  }
  const read = readerOf(writerSchema, { names: new Map(), namespace: '', path: '' })
  return (bytes) => parseEventData(signal, read(createReader(signal.eventType, bytes)))
}

type Scope = {
  /** Readers of the named types that have been spelled out so far, by full name. */
  readonly names: Map<string, Read>
  readonly namespace: string
  readonly path: string
}

function readerOf(schema: unknown, scope: Scope): Read {
  if (typeof schema === 'string') return readerOfName(schema, scope)
  if (Array.isArray(schema)) return readerOfUnion(schema, scope)
  if (!isRecord(schema)) throw schemaError(scope, 'is neither a name, a list nor an object')
  switch (schema['type']) {
    case 'record':
      return readerOfRecord(schema, scope)
    case 'array':
      return readerOfList(readerOf(schema['items'], scope), scope.path)
    case 'map':
      return readerOfMap(readerOf(schema['values'], scope), scope.path)
    case 'enum':
      return readerOfEnum(schema, scope)
    case 'fixed':
      return readerOfFixed(schema, scope)
    default:
      return readerOf(schema['type'], scope)
  }
}

function readerOfName(name: string, { names, namespace, path }: Scope): Read {
  switch (name) {
    case 'null':
      return () => null
    case 'boolean':
      return (reader) => readBoolean(reader, path)
    case 'int':
    case 'long':
      return (reader) => readLong(reader, path)
    case 'float':
      return (reader) => readBytes(reader, path, 4).readFloatLE()
    case 'double':
      return (reader) => readBytes(reader, path, 8).readDoubleLE()
    case 'string':
    // Avro lets a reader take bytes for text.
    case 'bytes':
      return (reader) => readText(reader, path)
  }
  const known = names.get(toFullName(name, namespace)) ?? names.get(name)
  // A type that contains itself is not known yet either; no event class does.
  if (known === undefined) throw schemaError({ path }, `names an unknown type "${name}"`)
  return known
}

function readerOfUnion(schemas: readonly unknown[], scope: Scope): Read {
  const branches = schemas.map((schema) => readerOf(schema, scope))
  return (reader) => readBranch(reader, scope.path, branches)(reader)
}

function readerOfRecord(schema: Readonly<Record<string, unknown>>, scope: Scope): Read {
  const { fields } = schema
  if (!Array.isArray(fields) || !fields.every(isRecord)) {
    throw schemaError(scope, 'is a record without fields')
  }
  const inside = scopeInside(schema, scope)
  const readers = fields.map((field) => {
    const name = String(field['name'])
    const path = scope.path === '' ? name : `${scope.path}.${name}`
    return { name, read: readerOf(field['type'], { ...inside.scope, path }) }
  })
  return inside.define((reader) =>
    Object.fromEntries(readers.map(({ name, read }) => [name, read(reader)])),
  )
}

function readerOfEnum(schema: Readonly<Record<string, unknown>>, scope: Scope): Read {
  const { symbols } = schema
  if (!Array.isArray(symbols)) throw schemaError(scope, 'is an enum without symbols')
  return scopeInside(schema, scope).define((reader) => readBranch(reader, scope.path, symbols))
}

function readerOfFixed(schema: Readonly<Record<string, unknown>>, scope: Scope): Read {
  const size = Number(schema['size'])
  if (!Number.isSafeInteger(size) || size < 0) throw schemaError(scope, 'is fixed without a size')
  return scopeInside(schema, scope).define((reader) =>
    readBytes(reader, scope.path, size).toString('latin1'),
  )
}

// A type without a namespace has that of the type around it.
function scopeInside(schema: Readonly<Record<string, unknown>>, scope: Scope) {
  const own = schema['namespace']
  const fullName = toFullName(
    String(schema['name']),
    typeof own === 'string' ? own : scope.namespace,
  )
  const namespace = fullName.slice(0, Math.max(0, fullName.lastIndexOf('.')))
  return {
    scope: { ...scope, namespace },
    define: (read: Read): Read => {
      scope.names.set(fullName, read)
      return read
    },
  }
}

function toFullName(name: string, namespace: string): string {
  return name.includes('.') || namespace === '' ? name : `${namespace}.${name}`
}

function schemaError({ path }: Pick<Scope, 'path'>, what: string): EventError {
  const where = path === '' ? 'at the top' : `at "${path}"`
  return new EventError('ERR_EVENT_SCHEMA', `the producer's schema ${where} ${what}`)
}

import type { DataClass, Field, ValueType } from './data-class.js'
import { parseKey } from './opaque-keys/parse-key.js'
import { type Signal, signalOf, signals } from './signals.js'

/** How a data rule compares the value at a key path. */
export type FieldType = 'boolean' | 'number' | 'datetime' | 'key' | 'text' | 'list' | 'map'

/** One value that a data rule may look at; `path` is dotted and relative to the payload. */
export type KeyPath = {
  readonly path: string
  readonly type: FieldType
  readonly nullable: boolean
  /** For people, for example `Course key`. */
  readonly label: string
}

/** The paths that Open edX leaves out by default: personal data, and what its LMS never fills. */
export const DEFAULT_IGNORED_KEYPATHS: readonly string[] = [
  'user.id',
  'user.is_active',
  'user.pii.username',
  'user.pii.email',
  'user.pii.name',
  'course.display_name',
  'course.start',
  'course.end',
]

const ACRONYMS = new Set(['ccx', 'id', 'url', 'uuid'])

const pathsByType = new Map(
  signals.map((signal) => [signal.eventType, leavesOf(signal.dataClass, '', false)]),
)

const fieldTypes = new Map(
  [...pathsByType].map(([eventType, paths]) => [
    eventType,
    new Map(paths.map(({ path, type }) => [path, type])),
  ]),
)

/** Every key path of the signal in wire order, whatever the settings ignore. */
export function allKeyPathsOf(signal: Signal): readonly KeyPath[] {
  return pathsByType.get(signal.eventType) ?? leavesOf(signal.dataClass, '', false)
}

/**
 * The key paths offered for data rules. Open edX compares the ignore list by exact text and only
 * for values inside a nested class; values directly under the payload are always offered.
 */
export function keyPathsOf(
  signal: Signal,
  ignored: readonly string[] = DEFAULT_IGNORED_KEYPATHS,
): readonly KeyPath[] {
  return allKeyPathsOf(signal).filter(({ path }) => !path.includes('.') || !ignored.includes(path))
}

/** The declared type at a key path, also of ignored ones; undefined when there is no such path. */
export function fieldTypeOf(eventType: string, keyPath: string): FieldType | undefined {
  return fieldTypes.get(eventType)?.get(keyPath)
}

/**
 * Why a text is no value that the key field can hold, or null: it does not parse, or is not in the
 * canonical form in which events carry keys. Null for fields that hold no key.
 */
export function keyFaultOf(eventType: string, keyPath: string, text: string): string | null {
  const signal = signalOf(eventType)
  const type = signal === undefined ? undefined : typeAt(signal.dataClass, keyPath.split('.'))
  if (type?.kind !== 'key') return null
  const key = parseKey(type.keyKind, text)
  if (!key.ok) return `"${text}" is no ${type.keyKind}: it ${key.reason}.`
  if (key.canonical === text) return null
  return `Write "${text}" as ${key.canonical}, the form in which events carry it.`
}

function typeAt(of: DataClass, [name, ...rest]: readonly string[]): ValueType | undefined {
  const type = of.fields.find((field) => field.name === name)?.type
  if (type?.kind === 'class') return typeAt(type.dataClass, rest)
  return rest.length === 0 ? type : undefined
}

function leavesOf(of: DataClass, prefix: string, optional: boolean): readonly KeyPath[] {
  return of.fields.flatMap((field) => leavesOfField(field, prefix, optional))
}

function leavesOfField(field: Field, prefix: string, optional: boolean): readonly KeyPath[] {
  const path = prefix + field.name
  // What is inside a nullable class may be missing too.
  const nullable = optional || field.nullable
  return field.type.kind === 'class'
    ? leavesOf(field.type.dataClass, `${path}.`, nullable)
    : [{ path, type: toFieldType(field.type), nullable, label: toLabel(path) }]
}

function toFieldType(type: Exclude<ValueType, { kind: 'class' }>): FieldType {
  if (type.kind === 'long') return 'number'
  if (type.kind === 'string') return 'text'
  return type.kind
}

function toLabel(path: string): string {
  const words = path.split(/[._]/).filter((word) => word !== 'pii')
  const label = words
    .filter((word, index) => word !== words[index - 1])
    .map((word) => (ACRONYMS.has(word) ? word.toUpperCase() : word))
    .join(' ')
  return label.charAt(0).toUpperCase() + label.slice(1)
}

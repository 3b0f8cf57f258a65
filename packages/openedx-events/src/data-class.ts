import type { KeyKind } from './opaque-keys/key-kinds.js'

/** The type of one value in an event payload, as the Open edX data classes declare it. */
export type ValueType =
  | { readonly kind: 'boolean' | 'long' | 'string' | 'datetime' }
  | { readonly kind: 'key'; readonly keyKind: KeyKind }
  | { readonly kind: 'list'; readonly items: ValueType }
  | { readonly kind: 'map'; readonly values: ValueType }
  | { readonly kind: 'class'; readonly dataClass: DataClass }

/** One attribute of a data class; `nullable` where its default is None, the only default that Avro sees. */
export type Field = {
  readonly name: string
  readonly type: ValueType
  readonly nullable: boolean
}

/** An Open edX data class: its name and its attributes in definition order, which is the wire order. */
export type DataClass = {
  readonly name: string
  readonly fields: readonly Field[]
}

type Declared = ValueType | { readonly nullable: ValueType }

/** A data class from its attributes; the order of the object's keys is the order on the wire. */
export function dataClass(name: string, attributes: Readonly<Record<string, Declared>>): DataClass {
  const fields = Object.entries(attributes).map(([field, declared]) =>
    'nullable' in declared
      ? { name: field, type: declared.nullable, nullable: true }
      : { name: field, type: declared, nullable: false },
  )
  return { name, fields }
}

/** True or false. */
export const boolean: ValueType = { kind: 'boolean' }
/** A whole number; 64 bits on the wire, at most 2^53 - 1 here. */
export const long: ValueType = { kind: 'long' }
/** Any text. */
export const text: ValueType = { kind: 'string' }
/** An ISO 8601 text on the wire, as Python's `isoformat` writes it. */
export const datetime: ValueType = { kind: 'datetime' }
/** An opaque key of the class, its canonical text on the wire. */
export const key = (keyKind: KeyKind): ValueType => ({ kind: 'key', keyKind })
/** A list of values of one type. */
export const listOf = (items: ValueType): ValueType => ({ kind: 'list', items })
/** A map from texts to values of one type. */
export const mapOf = (values: ValueType): ValueType => ({ kind: 'map', values })
/** An instance of another data class. */
export const instanceOf = (of: DataClass): ValueType => ({ kind: 'class', dataClass: of })
/** An attribute whose default is None. */
export const nullable = (type: ValueType): Declared => ({ nullable: type })

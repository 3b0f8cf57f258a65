import type { DataClass, Field, ValueType } from './data-class.js'
import { isRecord } from './event-data.js'
import { parseEventData } from './parse-event-data.js'
import type { Signal } from './signals.js'

/**
 * The Avro bytes of an event, byte for byte those of Open edX. `data` is plain JSON under the signal's
 * keyword argument; what does not fit its data class is refused with the field's name.
 */
export function encodeEvent(signal: Signal, data: unknown): Buffer {
  const chunks: Uint8Array[] = []
  writeInstance(chunks, signal.dataClass, parseEventData(signal, data)[signal.kwarg])
  return Buffer.concat(chunks)
}

type Chunks = Uint8Array[]

// The values have been checked against their types, so each case only tells the compiler which it is.
function writeValue(chunks: Chunks, type: ValueType, value: unknown): void {
  switch (type.kind) {
    case 'boolean':
      chunks.push(Uint8Array.of(value === true ? 1 : 0))
      return
    case 'long':
      writeLong(chunks, Number(value))
      return
    case 'string':
    case 'datetime':
    case 'key':
      writeText(chunks, String(value))
      return
    case 'list':
      if (Array.isArray(value)) writeList(chunks, type.items, value)
      return
    case 'map':
      if (isRecord(value)) writeMap(chunks, type.values, value)
      return
    case 'class':
      writeInstance(chunks, type.dataClass, value)
  }
}

function writeInstance(chunks: Chunks, { fields }: DataClass, value: unknown): void {
  if (!isRecord(value)) return
  for (const field of fields) writeField(chunks, field, value[field.name])
}

function writeField(chunks: Chunks, { type, nullable }: Field, value: unknown): void {
  if (nullable) writeLong(chunks, value === null ? 0 : 1)
  if (value !== null) writeValue(chunks, type, value)
}

// Avro's zig-zag varint. Arithmetic and not bits, which JavaScript cuts to 32.
function writeLong(chunks: Chunks, value: number): void {
  let rest = value >= 0 ? BigInt(value) * 2n : BigInt(value) * -2n - 1n
  const bytes: number[] = []
  for (; rest >= 128n; rest /= 128n) bytes.push(Number(rest % 128n) + 128)
  chunks.push(Uint8Array.of(...bytes, Number(rest)))
}

function writeText(chunks: Chunks, text: string): void {
  const bytes = Buffer.from(text, 'utf8')
  writeLong(chunks, bytes.length)
  chunks.push(bytes)
}

function writeList(chunks: Chunks, items: ValueType, list: readonly unknown[]): void {
  if (list.length > 0) writeLong(chunks, list.length)
  for (const item of list) writeValue(chunks, items, item)
  writeLong(chunks, 0)
}

// Open edX writes the entries sorted by key, as Python sorts texts.
function writeMap(chunks: Chunks, values: ValueType, map: Readonly<Record<string, unknown>>): void {
  const entries = Object.entries(map)
    .map(([name, value]) => ({ name, value, utf8: Buffer.from(name, 'utf8') }))
    // UTF-8 bytes have the order of code points; JavaScript's own order has not.
    .sort((a, b) => Buffer.compare(a.utf8, b.utf8))
  if (entries.length > 0) writeLong(chunks, entries.length)
  for (const { name, value } of entries) {
    writeText(chunks, name)
    writeValue(chunks, values, value)
  }
  writeLong(chunks, 0)
}

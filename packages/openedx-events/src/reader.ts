import { isUtf8 } from 'node:buffer'
import { EventError } from './errors.js'

/** A position in the bytes of one event; reading moves it. */
export type Reader = {
  readonly bytes: Buffer
  readonly eventType: string
  at: number
}

/** A reader at the beginning of an event's bytes. */
export function createReader(eventType: string, bytes: Uint8Array): Reader {
  const buffer = Buffer.isBuffer(bytes)
    ? bytes
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return { bytes: buffer, eventType, at: 0 }
}

const CONTINUES = 0x80
const ABSENT_OR_PRESENT = [false, true]
const REPLACEMENT = '\uFFFD'

/** Avro boolean: one byte, 0 or 1. */
export function readBoolean(reader: Reader, field: string): boolean {
  const byte = readByte(reader, field)
  if (byte > 1) throw corrupt(reader, field, `a boolean is ${byte}, neither 0 nor 1`)
  return byte === 1
}

/** Avro long as a number; one beyond 2^53 - 1 either way is refused, since it would come out rounded. */
export function readLong(reader: Reader, field: string): number {
  const { bytes } = reader
  const start = reader.at
  let scale = 1
  let value = 0
  // Seven bytes carry 49 bits, which a number holds exactly.
  for (let count = 0; count < 7; count++) {
    const byte = bytes[reader.at++]
    if (byte === undefined) throw truncated(reader, field, 'a number goes on past the end')
    value += (byte & 0x7f) * scale
    if (byte < CONTINUES) return value % 2 === 0 ? value / 2 : -(value + 1) / 2
    scale *= 128
  }
  return readWideLong(reader, field, start)
}

/** Avro string; bytes that are not UTF-8 are refused. */
export function readText(reader: Reader, field: string): string {
  const length = readLong(reader, field)
  const { bytes, at } = reader
  const end = skip(reader, field, length)
  const text = bytes.toString('utf8', at, end)
  // Bad bytes come out as the replacement character, so only texts with one are looked at again.
  if (text.includes(REPLACEMENT) && !isUtf8(bytes.subarray(at, end))) {
    throw corrupt(reader, field, 'a text is not UTF-8')
  }
  return text
}

/** The next `length` bytes. */
export function readBytes(reader: Reader, field: string, length: number): Buffer {
  const start = reader.at
  return reader.bytes.subarray(start, skip(reader, field, length))
}

/** Whether the value of a nullable field follows: branch 1 of its union. */
export function readIsPresent(reader: Reader, field: string): boolean {
  return readBranch(reader, field, ABSENT_OR_PRESENT)
}

/** The branch of a union, or the symbol of an enum, that the next number chooses. */
export function readBranch<Branch>(
  reader: Reader,
  field: string,
  branches: readonly Branch[],
): Branch {
  const index = readLong(reader, field)
  const branch = branches[index]
  if (branch === undefined) throw corrupt(reader, field, `there is no union branch ${index}`)
  return branch
}

/** Reads every item of an Avro array or map: blocks of counted items, ended by an empty one. */
export function readBlocks(reader: Reader, field: string, readItem: () => void): void {
  for (;;) {
    const count = readBlockCount(reader, field)
    if (count === 0) return
    for (let index = 0; index < count; index++) readItem()
  }
}

function readBlockCount(reader: Reader, field: string): number {
  const count = readLong(reader, field)
  // A negative count is followed by the block's size in bytes, for readers that skip.
  if (count < 0) readLong(reader, field)
  const items = Math.abs(count)
  const left = reader.bytes.length - reader.at
  // Every item of these events takes at least a byte, so a larger count can never be met.
  if (items > left)
    throw truncated(reader, field, `${items} items are said to follow in ${left} bytes`)
  return items
}

function skip(reader: Reader, field: string, length: number): number {
  const left = reader.bytes.length - reader.at
  if (length < 0) throw corrupt(reader, field, `a text is ${length} bytes long`)
  if (length > left) throw truncated(reader, field, `${length} bytes are needed, ${left} are left`)
  reader.at += length
  return reader.at
}

function readByte(reader: Reader, field: string): number {
  const byte = reader.bytes[reader.at++]
  if (byte === undefined) throw truncated(reader, field, 'the bytes end before it')
  return byte
}

function readWideLong(reader: Reader, field: string, start: number): number {
  let end = start
  while ((reader.bytes[end] ?? 0) >= CONTINUES) end++
  reader.at = end + 1
  if (end >= reader.bytes.length) throw truncated(reader, field, 'a number goes on past the end')
  if (end - start >= 10) throw corrupt(reader, field, 'a number is longer than 64 bits')
  const digits = reader.bytes.subarray(start, reader.at)
  const value = digits.reduceRight((sum, byte) => (sum << 7n) | BigInt(byte & 0x7f), 0n)
  const number = Number((value >> 1n) ^ -(value & 1n))
  if (Number.isSafeInteger(number)) return number
  throw new EventError('ERR_EVENT_FIELD', describe(reader, field, 'a number is beyond 2^53 - 1'))
}

function truncated(reader: Reader, field: string, what: string): EventError {
  return new EventError('ERR_EVENT_TRUNCATED', describe(reader, field, what))
}

function corrupt(reader: Reader, field: string, what: string): EventError {
  return new EventError('ERR_EVENT_CORRUPT', describe(reader, field, what))
}

function describe({ eventType, bytes, at }: Reader, field: string, what: string): string {
  const position = `byte ${Math.min(at, bytes.length)} of ${bytes.length}`
  return (
    `${eventType}: at "${field}" ${what} (${position}); the bytes were cut or damaged, ` +
    'or the producer has a different version of this event class'
  )
}

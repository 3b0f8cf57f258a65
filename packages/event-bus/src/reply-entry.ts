import type { RawEntry } from './envelope.js'
import type { ReplyCursor } from './reply-cursor.js'

type Body = Pick<RawEntry, 'headers' | 'value'>

/** Reads the entry at the cursor; null when the answer ends before the entry does. */
export type EntryReader = (cursor: ReplyCursor) => RawEntry | null

// What the Open edX producer writes, in its order: seven headers and the payload.
const wireBlobs = 16
const payloadName = Buffer.from('event_data')

/** Creates the reader for one topic. */
export function createEntryReader(topic: string): EntryReader {
  const readWireForm = createWireReader()

  return (cursor) => {
    cursor.array()
    cursor.blob()
    if (cursor.short) return null
    const position = cursor.text()
    const blobs = cursor.array()
    const from = cursor.at
    let body = blobs === wireBlobs ? readWireForm(cursor) : null
    if (body === null && !cursor.short) {
      cursor.at = from
      body = readAnyForm(cursor, blobs)
    }
    return body === null ? null : { topic, position, headers: body.headers, value: body.value }
  }
}

/** Null when the answer is short, or when the names are others than the producer's. */
function createWireReader(): (cursor: ReplyCursor) => Body | null {
  const readType = repeatedText('type')
  const readId = freshText('id')
  const readSource = repeatedText('source')
  const readTime = freshText('time')
  const readMinorversion = repeatedText('minorversion')
  const readSourcehost = repeatedText('sourcehost')
  const readSourcelib = repeatedText('sourcelib')

  return (cursor) => {
    const type = readType(cursor)
    if (type === null) return null
    const id = readId(cursor)
    if (id === null) return null
    const source = readSource(cursor)
    if (source === null) return null
    const time = readTime(cursor)
    if (time === null) return null
    const minorversion = readMinorversion(cursor)
    if (minorversion === null) return null
    const sourcehost = readSourcehost(cursor)
    if (sourcehost === null) return null
    const sourcelib = readSourcelib(cursor)
    if (sourcelib === null || !passes(cursor, payloadName)) return null
    // One literal gives all entries one shape; adding names one by one takes longer than parsing.
    const headers = { type, id, source, time, minorversion, sourcehost, sourcelib }
    return { headers, value: cursor.bytes.subarray(cursor.start, cursor.end) }
  }
}

/** Any fields in any order; without a payload the value is null. */
function readAnyForm(cursor: ReplyCursor, blobs: number): Body | null {
  const headers: Record<string, string> = Object.create(null)
  let value: Buffer | null = null
  for (let read = 0; read + 1 < blobs && !cursor.short; read += 2) {
    cursor.blob()
    const isPayload = cursor.isBlob(payloadName)
    const name = cursor.text()
    cursor.blob()
    if (isPayload) value = cursor.bytes.subarray(cursor.start, cursor.end)
    else headers[name] = cursor.text()
  }
  return cursor.short ? null : { headers, value }
}

type FieldReader = (cursor: ReplyCursor) => string | null

function freshText(name: string): FieldReader {
  const expected = Buffer.from(name)
  return (cursor) => (passes(cursor, expected) ? cursor.text() : null)
}

/** For fields whose value is mostly that of the entry before: comparing is cheaper than decoding. */
function repeatedText(name: string): FieldReader {
  const expected = Buffer.from(name)
  let last = Buffer.alloc(0)
  let text = ''
  return (cursor) => {
    if (!passes(cursor, expected)) return null
    if (cursor.isBlob(last)) return text
    last = Buffer.from(cursor.bytes.subarray(cursor.start, cursor.end))
    text = cursor.text()
    return text
  }
}

/** Passes a field's name and value; false when the name is another or the answer is short. */
function passes(cursor: ReplyCursor, name: Buffer): boolean {
  cursor.blob()
  if (cursor.short || !cursor.isBlob(name)) return false
  cursor.blob()
  return !cursor.short
}

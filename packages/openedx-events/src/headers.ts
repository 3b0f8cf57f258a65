import { EventError } from './errors.js'
import { createMetadata, type EventsMetadata } from './metadata.js'
import { uuidV5 } from './uuid.js'

/** What stands in for headers that a sender may leave out; the same at every delivery of one entry. */
export type HeaderDefaults = {
  /** The event's bytes: an entry without an `id` gets one made from these and its headers. */
  readonly payload?: Uint8Array
  /** For an entry without a `time`, ISO 8601 in UTC; when it entered the stream, say. */
  readonly time?: string
}

/** The headers of a Redis entry, in the order Open edX writes them; the payload comes after them. */
export function toHeaders(metadata: EventsMetadata): (readonly [name: string, value: string])[] {
  return [
    ['type', metadata.eventType],
    ['id', metadata.id],
    ['source', metadata.source],
    ['time', metadata.time],
    ['minorversion', String(metadata.minorversion)],
    ['sourcehost', metadata.sourcehost],
    ['sourcelib', metadata.sourcelib.join('.')],
  ]
}

/**
 * Metadata from headers under their Redis names (Kafka's carry `ce_` in front). An absent or empty
 * header takes its default. Open edX invents a new id and takes the clock; here both come from the
 * entry itself, so that its repetitions are known, and without `defaults` their absence is refused.
 */
export function parseHeaders(
  headers: Readonly<Record<string, string>>,
  defaults: HeaderDefaults = {},
): EventsMetadata {
  const source = headerOf(headers, 'source')
  const sourcehost = headerOf(headers, 'sourcehost')
  const sourcelib = headerOf(headers, 'sourcelib')
  return createMetadata({
    eventType: required(headerOf(headers, 'type'), 'type'),
    id: required(headerOf(headers, 'id') ?? idFrom(headers, defaults.payload), 'id'),
    time: required(headerOf(headers, 'time') ?? defaults.time, 'time'),
    minorversion: toWholeNumber('minorversion', headerOf(headers, 'minorversion') ?? '0'),
    ...(source !== undefined && { source }),
    ...(sourcehost !== undefined && { sourcehost }),
    ...(sourcelib !== undefined && { sourcelib: toVersion(sourcelib) }),
  })
}

function headerOf(headers: Readonly<Record<string, string>>, name: string): string | undefined {
  const value = headers[name]
  return value === '' ? undefined : value
}

// The namespace of ids made here; random, fixed for good.
const ENTRY_IDS = 'c1f0a9a4-6f0e-4d3b-9a53-6f1d1c0b7e52'

function idFrom(
  headers: Readonly<Record<string, string>>,
  payload: Uint8Array | undefined,
): string | undefined {
  if (payload === undefined) return undefined
  const written = JSON.stringify(Object.entries(headers).sort(([a], [b]) => (a < b ? -1 : 1)))
  return uuidV5(ENTRY_IDS, Buffer.concat([Buffer.from(`${written}\n`), payload]))
}

function required(value: string | undefined, name: string): string {
  if (value !== undefined) return value
  throw new EventError('ERR_EVENT_HEADERS', `${name}: the header is missing or empty`)
}

// A stream has few senders, so their versions are remembered; one with many is forgotten as a whole.
const versions = new Map<string, readonly number[]>()

function toVersion(text: string): readonly number[] {
  const known = versions.get(text)
  if (known !== undefined) return known
  const version = text.split('.').map((part) => toWholeNumber('sourcelib', part, text))
  if (versions.size >= 100) versions.clear()
  versions.set(text, version)
  return version
}

function toWholeNumber(name: string, text: string, whole = text): number {
  if (/^\d{1,15}$/.test(text)) return Number(text)
  const form =
    name === 'sourcelib' ? 'whole numbers with dots between, like 11.2.0' : 'a whole number'
  throw new EventError('ERR_EVENT_HEADERS', `${name}: "${whole}" is not ${form}`)
}

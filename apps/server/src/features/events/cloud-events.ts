import type { RawEntry } from '@rosette/event-bus'
import {
  canonicalUuid,
  createMetadata,
  decodeEvent,
  EventError,
  encodeEvent,
  isKnownWithoutLearner,
  type Signal,
  signalOf,
  uuidV5,
} from '@rosette/openedx-events'
import { type Decoded, type RefusalReason, refuse, toReceived } from './decode.js'

/** One CloudEvent, whatever way it came: its attributes, and its data as JSON or as Avro bytes. */
export type CloudEvent = {
  readonly attributes: Readonly<Record<string, unknown>>
  readonly data: { readonly json: unknown } | { readonly avro: Uint8Array } | null
}

// The namespace of ids that are made from a foreign id and its source; random, fixed for good.
const foreignIds = '5b1f6f0c-0f0e-4a53-8a7e-9d1a3c0f6b2e'

/** Understands a CloudEvent exactly as if the bus had delivered it. */
export function decodeCloudEvent(
  { attributes, data }: CloudEvent,
  configured: ReadonlySet<string>,
): Decoded {
  const entry = entryOf(attributes)
  const fault = attributeFault(attributes)
  if (fault !== null) return refuse(entry, 'bad-headers', fault)
  const type = textOf(attributes['type'])
  const signal = signalOf(type)
  if (signal === undefined) {
    if (isKnownWithoutLearner(type)) return 'passed-over'
    return refuse(entry, 'unknown-event-type', `The event type "${type}" is not known.`)
  }
  if (!configured.has(type)) return 'passed-over'
  if (data === null) return refuse(entry, 'no-payload', 'The event has no data.')
  let step: RefusalReason = 'bad-headers'
  try {
    const metadata = metadataOf(attributes)
    step = 'undecodable'
    return toReceived({ entry, signal, data: canonicalData(signal, data), ...metadata })
  } catch (error) {
    if (error instanceof EventError) return refuse(entry, step, error.message)
    throw error
  }
}

/** Written and read again, so that it is just what the bus would deliver. */
function canonicalData(signal: Signal, data: NonNullable<CloudEvent['data']>) {
  const bytes = 'avro' in data ? data.avro : encodeEvent(signal, wrapped(signal, data.json))
  return { ...decodeEvent(signal, bytes) }
}

/** The payload may come alone or under its keyword, as `produce-event` takes it. */
function wrapped({ kwarg, dataClass }: Signal, json: unknown): unknown {
  const isField = dataClass.fields.some(({ name }) => name === kwarg)
  const has = typeof json === 'object' && json !== null && Object.hasOwn(json, kwarg)
  return has && !isField ? json : { [kwarg]: json }
}

function metadataOf(attributes: CloudEvent['attributes']) {
  const source = textOf(attributes['source'])
  const given = textOf(attributes['id'])
  const id = canonicalUuid(given) ?? uuidV5(foreignIds, Buffer.from(`${source}\n${given}`))
  const time = textOf(attributes['time'])
  return createMetadata({ eventType: textOf(attributes['type']), id, time, source })
}

function attributeFault(attributes: CloudEvent['attributes']): string | null {
  for (const name of ['specversion', 'type', 'source', 'id', 'time']) {
    const value = attributes[name]
    if (value === undefined || value === null || value === '') return `${name}: is missing.`
    if (typeof value !== 'string') return `${name}: must be a text.`
  }
  const { specversion } = attributes
  return specversion === '1.0' ? null : `specversion: "${specversion}" is not 1.0.`
}

function entryOf(attributes: CloudEvent['attributes']): RawEntry {
  const headers = { type: textOf(attributes['type']), id: textOf(attributes['id']) }
  return { topic: 'http', position: '', headers, value: null }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

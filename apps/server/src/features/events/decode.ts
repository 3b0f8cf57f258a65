import { formatEventTime, type LearningEvent, parseEventTime } from '@rosette/engine'
import type { RawEntry } from '@rosette/event-bus'
import {
  decodeEvent,
  EventError,
  isKnownWithoutLearner,
  type LearnerData,
  learnerOf,
  parseHeaders,
  payloadOf,
  type Signal,
  signalOf,
} from '@rosette/openedx-events'

/** An event as received and understood, ready for the rules. */
export type ReceivedEvent = {
  readonly event: LearningEvent
  /** The event time as ISO 8601 text with microseconds. */
  readonly time: string
  readonly source: string
  readonly data: Record<string, unknown>
  readonly learner: LearnerData
}

/** An entry that cannot be used, and why; it goes to the dead letters with its bytes. */
export type RefusedEntry = {
  readonly entry: RawEntry
  readonly reason: RefusalReason
  readonly detail: string
  readonly eventType: string | null
  readonly eventId: string | null
}

export type RefusalReason =
  | 'no-payload'
  | 'bad-headers'
  | 'unknown-event-type'
  | 'undecodable'
  | 'learner-absent'
  | 'handling-failed'

export type Decoded = ReceivedEvent | RefusedEntry | 'passed-over'

/** Understands one raw entry. Types that are known but not configured are passed over. */
export function decodeEntry(entry: RawEntry, configured: ReadonlySet<string>): Decoded {
  if (entry.value === null) {
    return refuse(entry, 'no-payload', 'The entry has no field event_data with the payload.')
  }
  const type = entry.headers['type'] ?? ''
  const signal = signalOf(type)
  if (signal === undefined) {
    if (isKnownWithoutLearner(type)) return 'passed-over'
    return type === ''
      ? refuse(entry, 'bad-headers', 'The entry has no field type that names its event type.')
      : refuse(entry, 'unknown-event-type', `The event type "${type}" is not known.`)
  }
  if (!configured.has(type)) return 'passed-over'
  return decodeKnown(entry, entry.value, signal)
}

function decodeKnown(entry: RawEntry, value: Buffer, signal: Signal): Decoded {
  let step: RefusalReason = 'bad-headers'
  try {
    const metadata = parseHeaders(entry.headers, standIns(entry, value))
    step = 'undecodable'
    const data = decodeEvent(signal, value)
    return toReceived({ entry, signal, data, ...metadata })
  } catch (error) {
    if (error instanceof EventError) return refuse(entry, step, error.message)
    throw error
  }
}

// What stands in for absent headers must be the same at every delivery: the id is made of the
// bytes, and a Redis position begins with the milliseconds at which the entry arrived.
function standIns({ position, headers }: RawEntry, payload: Buffer) {
  const [, ms] = headers['time'] ? [] : (/^(\d{12,14})-\d+$/.exec(position) ?? [])
  return ms === undefined ? { payload } : { payload, time: new Date(Number(ms)).toISOString() }
}

type Understood = {
  readonly entry: RawEntry
  readonly signal: Signal
  readonly data: Record<string, unknown>
  readonly id: string
  readonly time: string
  readonly source: string
}

/** The last step for every door through which events come: the payload's learner, by the catalogue's path. */
export function toReceived({ entry, signal, data, id, time, source }: Understood): Decoded {
  const learner = learnerOf(signal, data)
  if (learner === null) {
    const path = [signal.kwarg, ...signal.learnerPath].join('.')
    return refuse(entry, 'learner-absent', `The event carries no learner at ${path}.`)
  }
  const at = parseEventTime(time)
  if (at === null) return refuse(entry, 'bad-headers', `The time "${time}" cannot be read.`)
  const payload = payloadOf(signal, data)
  return {
    event: { id, type: signal.eventType, time: at, payload },
    time: formatEventTime(at),
    source,
    data,
    learner,
  }
}

export function refuse(entry: RawEntry, reason: RefusalReason, detail: string): RefusedEntry {
  return {
    entry,
    reason,
    detail,
    eventType: entry.headers['type'] ?? null,
    eventId: entry.headers['id'] ?? null,
  }
}

export function isRefused(decoded: Decoded): decoded is RefusedEntry {
  return decoded !== 'passed-over' && 'reason' in decoded
}

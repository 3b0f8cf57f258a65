import { canonicalDatetime, isUtc } from './datetime.js'
import { EventError } from './errors.js'
import { canonicalUuid } from './uuid.js'

/** What an event says about itself beside its payload, as Open edX's `EventsMetadata`. */
export type EventsMetadata = {
  readonly eventType: string
  /** A UUID; what tells a repeated delivery from a second event. */
  readonly id: string
  readonly minorversion: number
  /** The sending service, for example `openedx/lms/web`. */
  readonly source: string
  readonly sourcehost: string
  /** When it happened, ISO 8601 in UTC with `+00:00`. */
  readonly time: string
  /** The version of the sender's event library, for example `[11, 2, 0]`. */
  readonly sourcelib: readonly number[]
}

type NewMetadata = Pick<EventsMetadata, 'eventType' | 'id' | 'time'> & Partial<EventsMetadata>

/** What Open edX calls a service without a name. */
export const DEFAULT_SOURCE = 'openedx/SERVICE_NAME_UNSET/web'

/** The version of openedx-events whose formats this package follows; sent as `sourcelib`. */
export const SOURCELIB: readonly number[] = [11, 2, 0]

/** Metadata with Open edX's defaults; refuses an id that is no UUID and a time that is not in UTC. */
export function createMetadata(given: NewMetadata): EventsMetadata {
  return {
    eventType: given.eventType,
    id: toId(given.id),
    minorversion: given.minorversion ?? 0,
    source: given.source ?? DEFAULT_SOURCE,
    sourcehost: given.sourcehost ?? '',
    time: toTime(given.time),
    sourcelib: given.sourcelib ?? SOURCELIB,
  }
}

function toId(text: string): string {
  const id = canonicalUuid(text)
  if (id === null) throw new EventError('ERR_EVENT_HEADERS', `id: "${text}" is no UUID`)
  return id
}

function toTime(text: string): string {
  const time = canonicalDatetime(text)
  if (time === null) {
    throw new EventError('ERR_EVENT_HEADERS', `time: "${text}" is no ISO 8601 datetime`)
  }
  if (isUtc(time)) return time
  const reason = /[+-]\d\d:\d\d\S*$/.test(time) ? 'is not in UTC' : 'has no offset'
  throw new EventError('ERR_EVENT_HEADERS', `time: "${text}" ${reason}; it must end in +00:00 or Z`)
}

import type { EventTime } from './event-time.js'

/** One thing that happened elsewhere; `payload` is the value of the signal's one named argument. */
export type LearningEvent = {
  readonly id: string
  readonly type: string
  readonly time: EventTime
  readonly payload: unknown
}

/** How a field is compared; `key` is an opaque key in its canonical text. */
export type FieldType = 'boolean' | 'number' | 'datetime' | 'key' | 'text' | 'list' | 'map'

/** The declared type at a key path of an event type, or undefined when there is no such field. */
export type FieldTypes = (eventType: string, keyPath: string) => FieldType | undefined

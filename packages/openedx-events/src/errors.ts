/** Why an event could not be read or written; the words in the message name the field and the remedy. */
export type EventErrorCode =
  | 'ERR_EVENT_TRUNCATED'
  | 'ERR_EVENT_CORRUPT'
  | 'ERR_EVENT_FIELD'
  | 'ERR_EVENT_KEY'
  | 'ERR_EVENT_HEADERS'
  | 'ERR_EVENT_SCHEMA'
  | 'ERR_EVENT_UNKNOWN_TYPE'

/** The only error this package throws on purpose; `code` tells the kinds apart. */
export class EventError extends Error {
  override readonly name = 'EventError'
  readonly code: EventErrorCode

  constructor(code: EventErrorCode, message: string) {
    super(message)
    this.code = code
  }
}

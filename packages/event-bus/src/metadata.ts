/** What travels beside every payload, as the Open edX events define it. */
export type EventsMetadata = {
  readonly eventType: string
  readonly id: string
  readonly minorversion: number
  readonly source: string
  readonly sourcehost: string
  readonly time: string
  readonly sourcelib: readonly number[]
}

/** The headers of a message, in the order in which the Redis bus writes them. */
export function toHeaders(metadata: EventsMetadata): [string, string][] {
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

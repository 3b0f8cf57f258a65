const DATE_TIME =
  /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/

/** True for a date-time with a time zone (XML Schema dateTimeStamp; VC Data Model 2.0, 4.9). */
export function isDateTime(value: unknown): value is string {
  return typeof value === 'string' && DATE_TIME.test(value) && !Number.isNaN(Date.parse(value))
}

/** Milliseconds since 1970 of a value known to be a date-time. */
export function toMilliseconds(value: string): number {
  return Date.parse(value)
}

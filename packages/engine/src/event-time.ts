/** Microseconds since the Unix epoch, UTC: a safe integer, so years 1685 to 2255. */
export type EventTime = number

const iso =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,6}))?)?(?:([Zz])|([+-])(\d{2})(?::?(\d{2}))?)$/

/** Reads ISO 8601 text with an offset or `Z` (separator `T` or a space), else null; event times of CloudEvents. */
export function parseEventTime(text: string): EventTime | null {
  const instant = parseInstant(text)
  return instant !== null && Number.isSafeInteger(instant) ? instant : null
}

/**
 * The same for a datetime inside a payload, in microseconds. Beyond the year 2255 the last microseconds are
 * rounded: `9999-12-31`, a usual "never expires", still compares.
 */
export function parseInstant(text: string): number | null {
  const parts = iso.exec(text)
  if (parts === null) return null
  const [, year, month, day, hour, minute, second, fraction, zulu, sign, offHour, offMinute] = parts
  const date = dayOf(Number(year), Number(month), Number(day))
  const clock = secondsOf(Number(hour), Number(minute), Number(second ?? 0))
  const offset = zulu === undefined ? secondsOf(Number(offHour), Number(offMinute ?? 0), 0) : 0
  if (date === null || clock === null || offset === null) return null
  const seconds = date / 1000 + clock - (sign === '-' ? -offset : offset)
  return seconds * 1_000_000 + Number((fraction ?? '').padEnd(6, '0'))
}

/** Writes a time as `2026-11-22T00:09:25.200267Z`; the fraction is left out when it is zero. */
export function formatEventTime(time: EventTime): string {
  const seconds = Math.floor(time / 1_000_000)
  const micros = time - seconds * 1_000_000
  const text = new Date(seconds * 1000).toISOString().slice(0, -5)
  return micros === 0 ? `${text}Z` : `${text}.${String(micros).padStart(6, '0')}Z`
}

/** Milliseconds of midnight, or null for a day that the calendar does not have (31 April). */
function dayOf(year: number, month: number, day: number): number | null {
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() : null
}

function secondsOf(hour: number, minute: number, second: number): number | null {
  return hour < 24 && minute < 60 && second < 60 ? hour * 3600 + minute * 60 + second : null
}

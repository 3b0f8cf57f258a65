const DATE = /(?<year>\d{4})(?:-(?<month>\d\d)-(?<day>\d\d)|(?<month2>\d\d)(?<day2>\d\d))/
const TIME = /(?<hour>\d\d)(?::?(?<minute>\d\d)(?::?(?<second>\d\d)(?:[.,](?<fraction>\d+))?)?)?/
const ZONE =
  /(?<zulu>Z)|(?<sign>[+-])(?<zoneHour>\d\d):?(?<zoneMinute>\d\d)(?::?(?<zoneSecond>\d\d)(?:\.(?<zoneFraction>\d{6}))?)?/
const DATETIME = new RegExp(`^${DATE.source}(?:[^0-9](?:${TIME.source})(?:${ZONE.source})?)?$`)

// What producers write is already canonical: every day but 29 February, and no zero that Python
// would leave out. On the hot path this one test replaces taking the text apart.
const USUAL = new RegExp(
  '^(?!0000)\\d{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)' +
    '|(?:0[13578]|1[02])-31)T(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.(?!0{6})\\d{6})?' +
    '(?:\\+(?:[01]\\d|2[0-3]):[0-5]\\d)?$',
)

type Groups = Readonly<Record<string, string | undefined>>

/**
 * The datetime as Open edX writes it, `YYYY-MM-DDTHH:MM:SS[.ffffff][±HH:MM]`, or null when the text
 * is none. The offset is kept: a time without one stays without one, and `Z` becomes `+00:00`.
 */
export function canonicalDatetime(text: string): string | null {
  if (USUAL.test(text)) return text
  const groups: Groups | undefined = DATETIME.exec(text)?.groups
  if (groups === undefined || !isOnTheCalendar(groups) || !isOnTheClock(groups)) return null
  return `${writeDate(groups)}T${writeTime(groups)}${writeZone(groups)}`
}

/** Whether a canonical datetime is in UTC; one without an offset is not. */
export function isUtc(datetime: string): boolean {
  return datetime.endsWith('+00:00')
}

function isOnTheCalendar({ year, month, month2, day, day2 }: Groups): boolean {
  const [y, m, d] = [Number(year), Number(month ?? month2), Number(day ?? day2)]
  if (y < 1 || m < 1 || m > 12 || d < 1) return false
  // Day 0 of the next month is the last of this one; year 2000 + y % 400 has the same leap days.
  return d <= new Date(Date.UTC(2000 + (y % 400), m, 0)).getUTCDate()
}

function isOnTheClock({ hour, minute, second, zoneHour, zoneMinute, zoneSecond }: Groups): boolean {
  const below = (text: string | undefined, limit: number) => Number(text ?? 0) < limit
  return (
    below(hour, 24) &&
    below(minute, 60) &&
    below(second, 60) &&
    below(zoneHour, 24) &&
    below(zoneMinute, 60) &&
    below(zoneSecond, 60)
  )
}

function writeDate({ year, month, month2, day, day2 }: Groups): string {
  return `${year}-${month ?? month2}-${day ?? day2}`
}

// Python keeps microseconds and drops finer digits.
function writeTime({ hour = '00', minute = '00', second = '00', fraction = '' }: Groups): string {
  const micros = fraction.slice(0, 6).padEnd(6, '0')
  return `${hour}:${minute}:${second}${micros === '000000' ? '' : `.${micros}`}`
}

function writeZone({ zulu, sign, zoneHour, zoneMinute, zoneSecond, zoneFraction }: Groups): string {
  if (zulu !== undefined) return '+00:00'
  if (sign === undefined) return ''
  const fraction = zoneFraction === undefined || zoneFraction === '000000' ? '' : `.${zoneFraction}`
  const seconds = `${zoneSecond ?? '00'}${fraction}`
  const offset = `${zoneHour}:${zoneMinute}${seconds === '00' ? '' : `:${seconds}`}`
  return offset === '00:00' ? '+00:00' : sign + offset
}

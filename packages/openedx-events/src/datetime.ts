// ISO 8601 with separators or without, but not mixed; any character may stand before the time.
const DATE = String.raw`(?<year>\d{4})(?<dash>-?)(?<month>\d\d)\k<dash>(?<day>\d\d)`
const SECONDS = String.raw`\k<colon>(?<second>\d\d)(?:[.,](?<fraction>\d+))?`
const TIME = String.raw`(?<hour>\d\d)(?:(?<colon>:?)(?<minute>\d\d)(?:${SECONDS})?)?`
const ZONE_SECONDS = String.raw`\k<zoneColon>(?<zoneSecond>\d\d)(?:[.,](?<zoneFraction>\d+))?`
const OFFSET = String.raw`(?<sign>[+-])(?<zoneHour>\d\d)(?:(?<zoneColon>:?)(?<zoneMinute>\d\d)(?:${ZONE_SECONDS})?)?`
const DATETIME = new RegExp(`^${DATE}(?:[^0-9]${TIME}(?:(?<zulu>Z)|${OFFSET})?)?$`, 'u')

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

function isOnTheCalendar({ year, month, day }: Groups): boolean {
  const [y, m, d] = [Number(year), Number(month), Number(day)]
  if (y < 1 || m < 1 || m > 12 || d < 1) return false
  // Day 0 of the next month is the last of this one; year 2000 + y % 400 has the same leap days.
  return d <= new Date(Date.UTC(2000 + (y % 400), m, 0)).getUTCDate()
}

function isOnTheClock({ hour, minute, second, zoneHour, zoneMinute, zoneSecond }: Groups): boolean {
  const isBelow = (limit: number) => (text: string | undefined) => Number(text ?? 0) < limit
  return (
    [hour, zoneHour].every(isBelow(24)) &&
    [minute, second, zoneMinute, zoneSecond].every(isBelow(60))
  )
}

function writeDate({ year, month, day }: Groups): string {
  return `${year}-${month}-${day}`
}

function writeTime({ hour = '00', minute = '00', second = '00', fraction }: Groups): string {
  return `${hour}:${minute}:${second}${writeFraction(fraction)}`
}

function writeZone({
  zulu,
  sign,
  zoneHour = '00',
  zoneMinute = '00',
  zoneSecond = '00',
  zoneFraction,
}: Groups): string {
  if (zulu !== undefined) return '+00:00'
  if (sign === undefined) return ''
  const seconds = `:${zoneSecond}${writeFraction(zoneFraction)}`
  const offset = `${zoneHour}:${zoneMinute}${seconds === ':00' ? '' : seconds}`
  return offset === '00:00' ? '+00:00' : `${sign}${offset}`
}

// Python keeps microseconds, drops finer digits, and leaves out a zero.
function writeFraction(digits = ''): string {
  const micros = digits.slice(0, 6).padEnd(6, '0')
  return micros === '000000' ? '' : `.${micros}`
}

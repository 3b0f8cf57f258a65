import { parsePublicId } from '../../http/public-id.js'

/** What somebody typed or pasted, as all that it may mean. */
export type Query = {
  readonly text: string
  /** It names one thing by its id, alone or within an address. */
  readonly id: string | undefined
  /** It may be the id of a learner at the LMS. */
  readonly lmsUserId: number | undefined
}

const dayMs = 86_400_000
/** Between the beginning of the Gregorian calendar, from which such ids count, and that of Unix time. */
const gregorianMs = 12_219_292_800_000

export function readQuery(q: string): Query {
  const text = q.trim()
  const number = /^\d{1,15}$/.test(text) ? Number(text) : undefined
  return { text, id: idIn(text), lmsUserId: number }
}

/** The last part of a path that is an id: addresses of credentials have more behind it. */
function idIn(text: string): string | undefined {
  const whole = parsePublicId(text)
  if (whole !== undefined || !/[/:]/.test(text)) return whole
  const parts = text.split(/[/?#:]/)
  return parts.map(parsePublicId).findLast((part) => part !== undefined)
}

/** When an id was made, for those that tell: a day before and after. Open edX gives such to its events. */
export function madeWithin(id: string): { from: string; until: string } | undefined {
  const time = timeOf(id)
  if (time === undefined || time < 0 || time > 4_102_444_800_000) return undefined
  return {
    from: new Date(time - dayMs).toISOString(),
    until: new Date(time + dayMs).toISOString(),
  }
}

function timeOf(id: string): number | undefined {
  const [low = '', middle = '', high = ''] = id.split('-')
  if (high.startsWith('1')) {
    const ticks = BigInt(`0x${high.slice(1)}${middle}${low}`)
    return Number(ticks / 10_000n) - gregorianMs
  }
  return high.startsWith('7') ? Number.parseInt(`${low}${middle}`, 16) : undefined
}

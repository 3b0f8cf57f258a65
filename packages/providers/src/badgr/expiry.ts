import type { BadgeClass } from './entities.js'

type Rule = NonNullable<BadgeClass['expires']>

/** The end that a badge class gives to its badges. The last day of a month stays one: 31 January and a month is 28 February. */
export function endOf(issuedAt: Date, { amount, duration }: Rule): Date {
  const end = new Date(issuedAt)
  if (duration === 'days' || duration === 'weeks') {
    end.setUTCDate(end.getUTCDate() + amount * (duration === 'weeks' ? 7 : 1))
    return end
  }
  const day = end.getUTCDate()
  end.setUTCDate(1)
  end.setUTCMonth(end.getUTCMonth() + amount * (duration === 'years' ? 12 : 1))
  const lastDay = new Date(Date.UTC(end.getUTCFullYear(), end.getUTCMonth() + 1, 0)).getUTCDate()
  end.setUTCDate(Math.min(day, lastDay))
  return end
}

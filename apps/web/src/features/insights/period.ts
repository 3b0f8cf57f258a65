export const usualPeriod = '90d'

export const insightPeriods = ['30d', '90d', '365d'] as const
export const insightIntervals = ['day', 'week', 'month'] as const
export type PeriodName = (typeof insightPeriods)[number]

const days = { '30d': 30, '90d': 90, '365d': 365 } as const
const intervals = { '30d': 'day', '90d': 'week', '365d': 'month' } as const

/** Whole days in the zone of the reader, today included: the same question all day long. */
export function periodFrom(name: PeriodName, now: Date): { from: string; until: string } {
  const until = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1)
  const from = new Date(until.getFullYear(), until.getMonth(), until.getDate() - days[name])
  return { from: from.toISOString(), until: until.toISOString() }
}

/** What a period is cut into unless it is said. */
export function usualInterval(name: PeriodName): 'day' | 'week' | 'month' {
  return intervals[name]
}

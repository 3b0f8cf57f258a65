import { describe, expect, it } from 'vitest'
import { dayOf, lastDayOf } from './days.js'

describe('a day at Accredible', () => {
  it.each([
    ['2026-03-01T00:00:00Z', '2026-03-01'],
    ['2026-02-28T23:59:59.999Z', '2026-02-28'],
    ['2026-03-01T01:30:00+02:00', '2026-02-28'],
    ['2026-02-28T22:30:00-05:00', '2026-03-01'],
    ['2028-02-29', '2028-02-29'],
  ])('for %s is %s, in UTC', (time, day) => {
    expect(dayOf(time)).toBe(day)
  })

  it.each([
    { revokedAt: '2026-03-01T12:00:00Z', now: '2026-03-01T12:00:00Z', day: '2026-02-28' },
    { revokedAt: '2026-03-01T00:00:01Z', now: '2026-03-01T00:00:01Z', day: '2026-02-28' },
    { revokedAt: '2026-02-28T23:59:59Z', now: '2026-02-28T23:59:59Z', day: '2026-02-27' },
    { revokedAt: '2026-02-28T23:59:59Z', now: '2026-03-01T00:00:05Z', day: '2026-02-28' },
    { revokedAt: '2025-12-24T23:30:00-02:00', now: '2026-03-01T12:00:00Z', day: '2025-12-25' },
    // By a clock that is wrong.
    { revokedAt: '2027-01-01T00:00:00Z', now: '2026-03-01T12:00:00Z', day: '2026-02-28' },
  ])(
    'that is the last of what was revoked at $revokedAt is over at $now',
    ({ revokedAt, now, day }) => {
      expect(lastDayOf(revokedAt, new Date(now))).toBe(day)
      expect(day < dayOf(now)).toBe(true)
    },
  )
})

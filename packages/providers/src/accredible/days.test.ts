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
    ['just now', '2026-03-01T12:00:00Z', '2026-03-01T12:00:00Z', '2026-02-28'],
    ['right after midnight', '2026-03-01T00:00:01Z', '2026-03-01T00:00:01Z', '2026-02-28'],
    ['right before midnight', '2026-02-28T23:59:59Z', '2026-02-28T23:59:59Z', '2026-02-27'],
    [
      'before midnight, told after it',
      '2026-02-28T23:59:59Z',
      '2026-03-01T00:00:05Z',
      '2026-02-28',
    ],
    ['long ago', '2025-12-24T10:00:00Z', '2026-03-01T12:00:00Z', '2025-12-24'],
    [
      'in the future, by a wrong clock',
      '2027-01-01T00:00:00Z',
      '2026-03-01T12:00:00Z',
      '2026-02-28',
    ],
  ])('is the last one of what was revoked %s, and over', (_when, revokedAt, now, day) => {
    expect(lastDayOf(revokedAt, new Date(now))).toBe(day)
    expect(day < dayOf(now)).toBe(true)
  })
})

import { describe, expect, it } from 'vitest'
import { inWords } from './duration.js'
import { periodFrom } from './period.js'

describe('a length of time', () => {
  it.each([
    [0, '0 seconds'],
    [0.44, '0.4 seconds'],
    [12.3, '12 seconds'],
    [90, '1.5 minutes'],
    [7200, '2 hours'],
    [86_400 * 3, '3 days'],
  ])('of %d seconds is told in its largest unit', (seconds, words) => {
    expect(inWords(seconds, 'en')).toBe(words)
  })
})

describe('a period', () => {
  it('is whole days, today included', () => {
    const { from, until } = periodFrom('30d', new Date(2026, 2, 15, 14, 30))
    expect(new Date(until)).toEqual(new Date(2026, 2, 16))
    expect(new Date(from)).toEqual(new Date(2026, 1, 14))
  })
})

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assertLaw } from './builders.features.js'
import { parseInstant } from './event-time.js'
import { formatEventTime, parseEventTime } from './index.js'

describe('event times', () => {
  it.each([
    ['2026-11-22T00:09:25.200267Z', 1795306165200267],
    ['2026-11-22 00:09:25.200267+00:00', 1795306165200267],
    ['2026-11-22T02:09:25.200267+02:00', 1795306165200267],
    ['2026-11-21T18:39:25.200267-05:30', 1795306165200267],
    ['2026-11-22T00:09:25.2Z', 1795306165200000],
    ['2026-11-22T00:09:25Z', 1795306165000000],
    ['1970-01-01T00:00Z', 0],
    ['1969-12-31T23:59:59.999999Z', -1],
    ['2024-02-29T00:00:00+0000', 1709164800000000],
  ])('reads %s', (text, time) => {
    expect(parseEventTime(text)).toBe(time)
  })

  it.each([
    ['no offset', '2026-11-22T00:09:25'],
    ['a date alone', '2026-11-22'],
    ['a day that does not exist', '2026-02-30T00:00:00Z'],
    ['a month that does not exist', '2026-13-01T00:00:00Z'],
    ['an hour that does not exist', '2026-11-22T24:00:00Z'],
    ['more than microseconds', '2026-11-22T00:09:25.2002671Z'],
    ['text around it', ' 2026-11-22T00:09:25Z '],
    ['a year beyond safe integers', '9999-12-31T00:00:00Z'],
    ['no time at all', ''],
  ])('does not read %s', (_, text) => {
    expect(parseEventTime(text)).toBeNull()
  })

  it('compares a payload datetime that is beyond the range of event times', () => {
    expect(parseInstant('9999-12-31T00:00:00Z')).toBeGreaterThan(Number.MAX_SAFE_INTEGER)
  })

  it('leaves out a fraction of zero when writing', () => {
    expect(formatEventTime(1795306165000000)).toBe('2026-11-22T00:09:25Z')
  })

  it('reads back what it writes, to the microsecond', () => {
    assertLaw(
      fc.property(fc.integer({ min: -9e15, max: 9e15 }), (time) => {
        expect(parseEventTime(formatEventTime(time))).toBe(time)
      }),
    )
  })
})

import { describe, expect, it } from 'vitest'
import { createAccredible } from '../accredible/accredible.js'
import { createAccredibleLimits } from './accredible-limits.js'

describe('the limit of an address', () => {
  const begin = Date.parse('2026-03-10T12:00:00Z')
  let now = begin
  const limits = createAccredibleLimits(() => new Date(now))
  const ask = (times: number) => Array.from({ length: times }, () => limits.admit('::1'))
  const at = (seconds: number) => {
    now = begin + seconds * 1000
  }

  it('is 2,000 requests in five minutes, counted in periods of 30 seconds', () => {
    at(29)
    expect(ask(1000)).not.toContain(false)
    at(150)
    expect(ask(1000)).not.toContain(false)
    expect(ask(1)).toEqual([false])
    expect(limits.admit('127.0.0.2')).toBe(true)
    at(299)
    expect(ask(1)).toEqual([false])
    // The first period is over five minutes old now, though its requests are not.
    at(300)
    expect(ask(1000)).not.toContain(false)
    expect(ask(1)).toEqual([false])
    limits.clear()
    expect(ask(1)).toEqual([true])
  })

  it('is never met at the rate that the client allows itself', () => {
    limits.clear()
    const options = {
      apiBaseUrl: 'https://api.test/',
      webBaseUrl: 'https://web.test/',
      apiKey: 'k',
    }
    const { burst, perSecond } = createAccredible(options).capabilities.rateLimit
    at(29)
    expect(ask(burst)).not.toContain(false)
    for (let second = 30; second < 1800; second++) {
      at(second)
      expect(ask(perSecond)).not.toContain(false)
    }
  })
})

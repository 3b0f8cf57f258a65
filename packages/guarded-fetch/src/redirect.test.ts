import { describe, expect, it } from 'vitest'
import { parseRedirect } from './redirect.js'

const from = new URL('https://badges.example/a/b?c=1')
const leadTo = (location: string) => parseRedirect({ status: 302, headers: { location } }, from)

describe('a redirect', () => {
  it.each([
    ['/d', 'https://badges.example/d'],
    ['d#e', 'https://badges.example/a/d'],
    ['//other.example', 'https://other.example/'],
    ['https://other.example:8443/x', 'https://other.example:8443/x'],
  ])('to %s leads to %s', (location, url) => expect(leadTo(location)?.href).toBe(url))

  it('does not lead from https to http', () => {
    expect(() => leadTo('http://badges.example/a')).toThrow(
      expect.objectContaining({ code: 'ERR_GUARD_REDIRECTS' }),
    )
  })

  it.each(['javascript:1', 'https://u:p@badges.example/', 'https://['])(
    'does not lead to %s',
    (location) => {
      const refused = expect.objectContaining({ code: 'ERR_GUARD_ADDRESS' })
      expect(() => leadTo(location)).toThrow(refused)
    },
  )
})

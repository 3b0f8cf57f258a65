import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Order } from '../provider.js'
import { ProviderError } from '../provider-error.js'
import { toIssueBody, toReplaceBody } from './credly-order.js'

const order: Order = {
  templateId: 't1',
  awardId: 'award-1',
  recipient: { email: ' ada@example.org ', name: 'Ada Lovelace', id: '' },
  issuedAt: '2026-03-01T09:30:15Z',
  expiresAt: null,
  evidence: [],
  narrative: null,
  locale: 'fr',
  notify: false,
}
const years = { min: new Date('0000-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z') }

describe('an order for Credly', () => {
  it('keeps every point in time to the second, whatever its zone', () => {
    fc.assert(
      fc.property(fc.date({ ...years, noInvalidDate: true }), (date) => {
        const body = toIssueBody({ ...order, expiresAt: date.toISOString() })
        const time = 'expires_at' in body ? String(body.expires_at) : ''
        expect(time).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \+0000$/)
        const iso = time.replace(' ', 'T').replace(' +0000', 'Z')
        expect(Date.parse(iso)).toBe(Math.floor(date.getTime() / 1000) * 1000)
      }),
    )
  })

  it.each(['', 'soon', '+012345-01-01T00:00:00Z', '-000001-01-01T00:00:00Z'])(
    'has no room for the time %j',
    (issuedAt) => {
      expect(() => toIssueBody({ ...order, issuedAt })).toThrow(ProviderError)
    },
  )

  it('says nothing that is not known', () => {
    expect(toIssueBody({ ...order, locale: 'uk', notify: true })).toEqual({
      recipient_email: 'ada@example.org',
      issued_to_first_name: 'Ada',
      issued_to_last_name: 'Lovelace',
      badge_template_id: 't1',
      issued_at: '2026-03-01 09:30:15 +0000',
    })
  })

  it('that replaces a badge says nothing of language and silence', () => {
    const { locale, suppress_badge_notification_email, ...rest } = Object.assign(
      { locale: undefined, suppress_badge_notification_email: undefined },
      toIssueBody(order),
    )
    expect([locale, suppress_badge_notification_email]).toEqual(['fr', true])
    expect(toReplaceBody(order)).toEqual(rest)
  })
})

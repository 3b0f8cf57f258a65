import { describe, expect, it } from 'vitest'
import type { Evidence, Order } from '../provider.js'
import { endOf } from './expiry.js'
import { toNewAssertion } from './new-assertion.js'

const now = new Date('2026-03-01T12:00:00Z')

function bodyOf(changes: Partial<Order>) {
  const order = {
    awardId: 'award-1',
    recipient: { email: ' Ada@Example.org ', name: 'Ada', id: 'learner-1' },
    issuedAt: '2026-01-31T00:00:00Z',
    expiresAt: null,
    evidence: [],
    narrative: null,
    locale: null,
    notify: false,
    ...changes,
  }
  return toNewAssertion(order, { amount: 2, duration: 'weeks' }, now)
}

describe('an order', () => {
  it('is sent with the address in lower case, and never twice', () => {
    expect(bodyOf({})).toEqual({
      recipient: { identity: 'ada@example.org', type: 'email', hashed: true },
      issuedOn: '2026-01-31T00:00:00.000Z',
      expires: '2026-02-14T00:00:00.000Z',
      evidence: [],
      notify: false,
      allowDuplicateAwards: false,
    })
  })

  it.each([
    ['2026-03-01T11:58:59Z', '2026-03-01T11:58:59.000Z'],
    ['2026-03-01T11:59:30Z', undefined],
    ['2026-03-01T12:00:10Z', undefined],
    ['2027-01-01T00:00:00Z', '2027-01-01T00:00:00.000Z'],
  ])('of %s is dated %s', (issuedAt, issuedOn) => {
    expect(bodyOf({ issuedAt })).toHaveProperty('expires')
    expect(new Map(Object.entries(bodyOf({ issuedAt }))).get('issuedOn')).toBe(issuedOn)
  })

  it.each<[Evidence, readonly object[]]>([
    [{}, []],
    [{ url: '', name: '' }, []],
    [{ url: 'https://a.example' }, [{ url: 'https://a.example' }]],
    [{ name: 'Essay' }, [{ narrative: 'Essay' }]],
    [{ name: 'Essay', narrative: 'On x' }, [{ narrative: 'Essay\n\nOn x' }]],
  ])('with the evidence %o', (evidence, sent) => {
    expect(bodyOf({ evidence: [evidence] })).toMatchObject({ evidence: sent })
  })

  it('keeps an end of its own', () => {
    const expires = '2031-01-01T00:00:00.000Z'
    expect(bodyOf({ expiresAt: '2031-01-01' })).toMatchObject({ expires })
  })
})

describe('the end of a badge', () => {
  it.each([
    ['2026-01-31', { amount: 1, duration: 'months' }, '2026-02-28'],
    ['2024-02-29', { amount: 1, duration: 'years' }, '2025-02-28'],
    ['2024-02-29', { amount: 4, duration: 'years' }, '2028-02-29'],
    ['2026-10-31', { amount: 4, duration: 'months' }, '2027-02-28'],
    ['2026-12-30', { amount: 3, duration: 'days' }, '2027-01-02'],
    ['2026-12-30', { amount: 1, duration: 'weeks' }, '2027-01-06'],
  ] as const)('from %s after %o is %s', (from, rule, end) => {
    expect(endOf(new Date(from), rule)).toEqual(new Date(end))
  })
})

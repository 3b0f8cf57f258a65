import { describe, expect, it } from 'vitest'
import type { BadgeTemplate } from '../../lib/badge-templates.js'
import { changeBetween, toDays, toExpiry, toLookValues } from './look-values.js'

const template: BadgeTemplate = {
  id: '9f3f2b62-6b1c-4a2e-8a4e-6d2f3b0a1c55',
  organizationId: '5f0c2d3e-7a41-4c58-9d0b-0d6a3c1f2b10',
  issuerId: '3a0c2d3e-7a41-4c58-9d0b-0d6a3c1f2b10',
  name: 'Data',
  description: '',
  criteria: '',
  tags: ['a'],
  language: null,
  achievementType: 'Badge',
  fieldOfStudy: null,
  alignments: [{ name: 'Skill', url: 'https://a.example/1', code: 'S1' }],
  results: [{ id: 'grade', name: 'Grade', type: 'Percent', min: 0, max: 100 }],
  state: 'draft',
  image: null,
  reaward: 'allowed',
  repeat: null,
  expiresAfterDays: 730,
  issuing: { target: 'native' },
  notifies: true,
  locale: null,
  requirements: [],
  penalties: [],
  awarded: 0,
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
  activatedAt: null,
}

describe('the form of a badge', () => {
  it('changes nothing when nothing was changed', () => {
    const values = toLookValues(template)
    expect(changeBetween(values, { ...values, name: ' Data ' })).toBeUndefined()
  })

  it('sends what was changed, and only that', () => {
    const values = toLookValues(template)
    const changed = {
      ...values,
      language: 'pt-BR',
      expiry: null,
      results: values.results.map((result) => ({ ...result, max: '', requiredValue: ' 50 ' })),
    }
    expect(changeBetween(values, changed)).toEqual({
      language: 'pt-BR',
      expiresAfterDays: null,
      results: [{ id: 'grade', name: 'Grade', type: 'Percent', min: 0, requiredValue: '50' }],
    })
  })

  it.each([
    [null, null],
    [730, { amount: 2, unit: 'years' }],
    [90, { amount: 3, unit: 'months' }],
    [45, { amount: 45, unit: 'days' }],
  ] as const)('says %j days as %j', (days, expiry) => {
    expect(toExpiry(days)).toEqual(expiry)
    expect(toDays(expiry)).toBe(days)
  })
})

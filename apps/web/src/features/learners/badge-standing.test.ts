import { describe, expect, it } from 'vitest'
import { standingOf } from './badge-standing.js'
import type { Award, Progress } from './learner-queries.js'

const base = {
  learner: { id: 'l', username: 'ada', name: 'Ada', email: 'ada@x.example' },
  instance: null,
  expired: false,
  source: 'rules',
  awardedAt: '2026-03-01T00:00:00Z',
  expiresAt: null,
  revokedAt: null,
  revokedBy: null,
  revocationReason: null,
  narrative: null,
  evidence: [],
  results: [],
  showsName: false,
} as const

function award(
  id: string,
  of: Pick<Award, 'status'> & { template: string; instance?: string },
): Award {
  const { template, status, instance = null } = of
  return {
    ...base,
    evidence: [],
    results: [],
    id,
    status,
    instance,
    template: { id: template, name: template },
  }
}

function way(template: string, ratio: number, state: 'active' | 'archived' = 'active'): Progress {
  const { learner, instance } = base
  return {
    learner,
    instance,
    ratio,
    complete: ratio === 1,
    groups: [],
    award: null,
    template: { id: template, name: template, state },
  }
}

describe('the badges of a learner', () => {
  it('are told once each, by what is newest', () => {
    const awards = [
      award('2', { template: 'a', status: 'awarded' }),
      award('1', { template: 'a', status: 'revoked' }),
      award('0', { template: 'b', status: 'revoked' }),
    ]
    const { earned, lost } = standingOf({ awards, progress: [] })
    expect(earned.map(({ id }) => id)).toEqual(['2'])
    expect(lost.map(({ id }) => id)).toEqual(['0'])
  })

  it('that repeat count by what they were earned for', () => {
    const awards = [
      award('1', { template: 'a', status: 'awarded', instance: 'x' }),
      award('0', { template: 'a', status: 'revoked', instance: 'y' }),
    ]
    expect(standingOf({ awards, progress: [] }).lost).toHaveLength(1)
  })

  it('on the way come the nearest first, without those held or archived', () => {
    const progress = [way('a', 1), way('b', 0.25), way('c', 0.5), way('d', 0.5, 'archived')]
    const { onTheWay } = standingOf({
      awards: [award('1', { template: 'a', status: 'awarded' })],
      progress,
    })
    expect(onTheWay.map(({ template }) => template.id)).toEqual(['c', 'b'])
  })
})

import { describe, expect, it } from 'vitest'
import { aPenalty, aTemplate, failing, marksOf, passing } from './builders.features.js'
import { type AwardState, decideAward, EVERY, type LearningEvent, progressOf } from './index.js'

const template = aTemplate({ penalties: [aPenalty()] })
const at = (time: number) => ({ time, eventId: `e${time}` })
const none: AwardState = { status: 'none' }
const byRules: AwardState = { status: 'awarded', source: 'rules', at: at(1) }
const byHand: AwardState = { status: 'awarded', source: 'hand' }
const taken: AwardState = { status: 'revoked', source: 'rules', at: at(2) }

function decide(
  events: LearningEvent[],
  award: AwardState,
  reaward: 'allowed' | 'never' = 'allowed',
) {
  const progress = progressOf(template, marksOf(template, events), EVERY)
  return decideAward({ template: { reaward }, progress, award })
}

const complete = [passing('a', 1)]
const incomplete = [passing('a', 1), failing('a', 2)]
const again = [...incomplete, passing('a', 3)]

describe('an award', () => {
  it.each([
    { given: 'complete, no award', events: complete, award: none, change: 'grant' },
    { given: 'complete, awarded', events: complete, award: byRules, change: null },
    { given: 'complete, by hand', events: complete, award: byHand, change: null },
    { given: 'complete, revoked', events: again, award: taken, change: 'grant' },
    { given: 'incomplete, no award', events: incomplete, award: none, change: null },
    { given: 'incomplete, awarded', events: incomplete, award: byRules, change: 'revoke' },
    { given: 'incomplete, by hand', events: incomplete, award: byHand, change: null },
    { given: 'incomplete, revoked', events: incomplete, award: taken, change: null },
    { given: 'no events, awarded', events: [], award: byRules, change: 'revoke' },
  ])('$given: $change', ({ events, award, change }) => {
    expect(decide(events, award)?.change ?? null).toBe(change)
  })

  it('is not given again where the template says never', () => {
    expect(decide(again, taken, 'never')).toBeNull()
    expect(decide(complete, none, 'never')?.change).toBe('grant')
  })

  it('says since when it is earned and by which events', () => {
    expect(decide(complete, none)).toEqual({
      change: 'grant',
      at: at(1),
      fulfillments: [{ requirementId: 'r1', group: 'A', since: at(1), eventIds: ['e1'] }],
    })
  })

  it('says when it was lost and by which event', () => {
    expect(decide(incomplete, byRules)).toEqual({
      change: 'revoke',
      at: at(2),
      lost: [{ requirementId: 'r1', resetAt: at(2) }],
    })
  })

  it('is not revoked at a time before it was granted', () => {
    const awarded: AwardState = { status: 'awarded', source: 'rules', at: at(9) }
    expect(decide(incomplete, awarded)?.at).toEqual(at(9))
  })

  it('is given again at a time after it was revoked', () => {
    expect(decide(again, taken)?.at).toEqual(at(3))
    const revokedLater: AwardState = { status: 'revoked', source: 'rules', at: at(9) }
    expect(decide(again, revokedLater)?.at).toEqual({ time: 10, eventId: 'e3' })
  })

  it('has no moment of loss when the rules changed instead of the marks', () => {
    expect(decide([], { status: 'awarded', source: 'rules' })).toEqual({
      change: 'revoke',
      at: null,
      lost: [],
    })
  })
})

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  anEvent,
  assertLaw,
  catalogue,
  disturbed,
  marksOf,
  someHistory,
  someTemplate,
  stored,
} from './builders.features.js'
import {
  type BadgeTemplate,
  createRuleIndex,
  createTrial,
  instancesOf,
  type LearningEvent,
  progressOf,
  type StoredMark,
} from './index.js'

const templateAndHistory = fc.tuple(someTemplate, someHistory)
const disturbedHistory = templateAndHistory.chain(([template, history]) =>
  fc.tuple(fc.constant(template), fc.constant(history), disturbed(history)),
)

function sorted(marks: readonly StoredMark[]): string[] {
  return marks.map((mark) => JSON.stringify(mark)).sort()
}

function progressesOf(template: BadgeTemplate, marks: readonly StoredMark[]) {
  return instancesOf(template, marks).map((instance) => progressOf(template, marks, instance))
}

function trialOf(template: BadgeTemplate, history: readonly LearningEvent[]) {
  const trial = createTrial([template], catalogue.fieldTypes)
  const changes = history.flatMap((event) => [...trial.apply({ learner: 'alice', event })])
  return { changes, templates: trial.result()[0]?.templates ?? [] }
}

describe('whatever happens to the events on their way', () => {
  it('leaves the same marks and progress in any order and after any repetition', () => {
    assertLaw(
      fc.property(disturbedHistory, ([template, history, disturbance]) => {
        const marks = marksOf(template, history)
        const others = marksOf(template, disturbance)
        expect(sorted(others)).toEqual(sorted(marks))
        expect(progressesOf(template, others)).toEqual(progressesOf(template, marks))
      }),
    )
  })

  it('leaves the same marks when several consumers share the events and their marks are merged', () => {
    assertLaw(
      fc.property(templateAndHistory, fc.array(fc.nat({ max: 2 })), ([template, history], who) => {
        const index = createRuleIndex([template], catalogue.fieldTypes)
        const shares = [0, 1, 2].map((consumer) =>
          history.filter((_, at) => (who[at] ?? 0) === consumer),
        )
        const merged = shares
          .map((share) => stored(share.flatMap((event) => index.match(event))))
          .flatMap((marks) => marks.map((mark) => ({ templateId: template.id, ...mark })))
        expect(sorted(stored(merged))).toEqual(sorted(marksOf(template, history)))
      }),
    )
  })

  it('ends with an active award exactly where the progress is complete, in any order', () => {
    assertLaw(
      fc.property(disturbedHistory, ([template, , disturbance]) => {
        const { templates } = trialOf({ ...template, reaward: 'allowed' }, disturbance)
        for (const { complete, award } of templates) expect(award === 'awarded').toBe(complete)
      }),
    )
  })

  it('changes nothing when a delivered event is delivered again', () => {
    assertLaw(
      fc.property(templateAndHistory, ([template, history]) => {
        const trial = createTrial([template], catalogue.fieldTypes)
        for (const event of history) {
          trial.apply({ learner: 'alice', event })
          expect(trial.apply({ learner: 'alice', event })).toEqual([])
        }
      }),
    )
  })
})

describe('awards over time', () => {
  it('are granted first and then alternate: nothing is revoked that was not awarded', () => {
    assertLaw(
      fc.property(disturbedHistory, ([template, , disturbance]) => {
        for (const { history } of trialOf(template, disturbance).templates) {
          const expected = history.map((_, at) => (at % 2 === 0 ? 'awarded' : 'revoked'))
          expect(history.map(({ change }) => change)).toEqual(expected)
        }
      }),
    )
  })

  it('change at most once per event and instance', () => {
    assertLaw(
      fc.property(templateAndHistory, ([template, history]) => {
        const { changes } = trialOf(template, history)
        const addresses = changes.map(({ event, instance }) => JSON.stringify([event, instance]))
        expect(new Set(addresses).size).toBe(addresses.length)
      }),
    )
  })

  it('are granted once at most when they are never given again', () => {
    assertLaw(
      fc.property(disturbedHistory, ([template, , disturbance]) => {
        const { templates } = trialOf({ ...template, reaward: 'never' }, disturbance)
        for (const { history } of templates) expect(history.length).toBeLessThanOrEqual(2)
      }),
    )
  })

  it('do not change through events that no rule asks for', () => {
    assertLaw(
      fc.property(templateAndHistory, ([template, history]) => {
        const noise = history.map((event) => anEvent('something.else.v1', event.time, {}))
        const both = history.flatMap((event, at) => [event, ...noise.slice(at, at + 1)])
        expect(trialOf(template, both)).toEqual(trialOf(template, history))
      }),
    )
  })
})

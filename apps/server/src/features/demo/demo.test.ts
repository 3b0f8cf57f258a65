import { createTrial } from '@rosette/engine'
import { fieldTypeOf, payloadOf, signalOf } from '@rosette/openedx-events'
import { describe, expect, it } from 'vitest'
import { simulateCampus } from '../simulation/simulation.js'
import { campus } from './demo-campus.js'
import { demoTemplates } from './demo-templates.js'

describe('the story of the demo', () => {
  const story = tell(75)

  it('has the first badge within five seconds', () => {
    expect(Math.min(...story.map(({ at }) => at))).toBeLessThan(5)
  })

  it('shows within half a minute how each badge is earned', () => {
    const earned = story.filter(({ change }) => change === 'awarded').map(({ badge }) => badge)
    expect(new Set(earned).size).toBe(demoTemplates.length)
  })

  it('shows within half a minute how a badge is lost, and with it the one built on it', () => {
    expect(story.some(({ change }) => change === 'revoked')).toBe(true)
  })
})

function tell(events: number) {
  const trial = createTrial(
    demoTemplates.map(({ rules }) => rules),
    fieldTypeOf,
  )
  const days = simulateCampus({ ...campus, start: new Date(0) })
  return Array.from({ length: events }, (_, number) => {
    const { id, type, time, data } = days.next().value
    const signal = signalOf(type)!
    const payload = payloadOf(signal, data)
    const learner = JSON.stringify(Reflect.get(Object(payload), 'user'))
    const event = { id, type, time: Date.parse(time) * 1000, payload }
    return trial.apply({ learner, event }).map(({ template, change }) => {
      return { at: campus.secondsAt(number), badge: template, change }
    })
  }).flat()
}

import { encodeEvent, signalOf } from '@rosette/openedx-events'
import { describe, expect, it } from 'vitest'
import {
  createPeople,
  paced,
  type SimulatedEvent,
  simulateCampus,
  toMessage,
} from './simulation.js'

const options = {
  seed: 7,
  learners: 20,
  courses: 5,
  firstUserId: 100,
  start: new Date('2026-01-05T08:00:00Z'),
  secondsAt: (number: number) => number / 10,
}

describe('a simulated university', () => {
  it('lives the same life twice from the same seed', () => {
    expect(take(500)).toEqual(take(500))
  })

  it('lives another life from another seed', () => {
    expect(take(50, { seed: 8 })).not.toEqual(take(50))
  })

  it('never ends, however few learn however little', () => {
    const events = take(3000, { learners: 1, courses: 1 })
    expect(new Set(events.map(({ id }) => id)).size).toBe(3000)
  })

  it('sends only what fits the wire format', () => {
    for (const event of take(2000)) {
      expect(encodeEvent(signalOf(event.type)!, event.data).length).toBeGreaterThan(0)
      expect(toMessage(event, 'topic').metadata).toMatchObject({ id: event.id, time: event.time })
    }
  })

  it('sends every kind of event that it knows', () => {
    const types = new Set(take(3000).map(({ type }) => type.split('.').slice(3, -1).join('.')))
    expect([...types].sort()).toEqual([
      'ccx.course.passing.status.updated',
      'certificate.created',
      'course.enrollment.created',
      'course.passing.status.updated',
      'course.unenrollment.completed',
    ])
  })

  it('sends failing grades before a passing one, and sometimes after it', () => {
    const shapes = new Map<string, string>()
    for (const { data } of take(3000, { gradesOnly: true })) {
      const status = Object(data['course_passing_status'])
      const of = `${status.user.id} ${JSON.stringify(status.course)}`
      shapes.set(of, (shapes.get(of) ?? '') + (status.is_passing ? 'P' : 'f'))
    }
    expect([...shapes.values()].some((shape) => /^f+P+$/.test(shape))).toBe(true)
    expect([...shapes.values()].some((shape) => /Pf$/.test(shape))).toBe(true)
    expect([...shapes.values()].some((shape) => /PfP$/.test(shape))).toBe(true)
  })

  it('leaves everything but grades out when asked', () => {
    const types = take(500, { gradesOnly: true }).map(({ type }) => type)
    expect(types.every((type) => type.includes('passing.status'))).toBe(true)
  })
})

describe('the people of a simulated university', () => {
  const people = createPeople(1000, 1)

  it('have user names of their own', () => {
    expect(new Set(people.map(({ username }) => username)).size).toBe(1000)
  })

  it('have plain user names and addresses that reach nobody', () => {
    for (const { username, email } of people) {
      expect(username).toMatch(/^[a-z_]+\d*$/)
      expect(email).toBe(`${username}@example.org`)
    }
  })
})

describe('the pace of a simulation', () => {
  it('hands everything out at once where the clock is always ahead', async () => {
    const sent = await collect({ most: 25, until: Number.POSITIVE_INFINITY })
    expect(sent).toHaveLength(25)
  })

  it('stops when the time is up', async () => {
    const sent = await collect({ most: 1000, until: options.start.getTime() + 1000 })
    expect(sent).toHaveLength(11)
  })

  it('stops at once at the signal, also while it waits', async () => {
    const stop = new AbortController()
    const start = new Date(Date.now() + 3_600_000)
    const events = paced(simulateCampus({ ...options, start }), {
      stop: stop.signal,
      most: 10,
      until: Number.POSITIVE_INFINITY,
      now: Date.now,
    })
    const first = events.next()
    stop.abort()
    expect(await first).toEqual({ done: true, value: undefined })
  })
})

function take(count: number, more: Partial<Parameters<typeof simulateCampus>[0]> = {}) {
  const events = simulateCampus({ ...options, ...more })
  return Array.from({ length: count }, (): SimulatedEvent => events.next().value)
}

async function collect(limits: { most: number; until: number }): Promise<SimulatedEvent[]> {
  const stop = new AbortController().signal
  const now = () => Number.POSITIVE_INFINITY
  const all: SimulatedEvent[] = []
  for await (const batch of paced(simulateCampus(options), { ...limits, stop, now })) {
    all.push(...batch)
  }
  return all
}

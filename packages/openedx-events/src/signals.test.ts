import { describe, expect, it } from 'vitest'
import {
  findSignal,
  isKnownWithoutLearner,
  learnerOf,
  payloadOf,
  requireSignal,
  signalOf,
  signals,
} from './index.js'

const user = (id: number) => ({
  id,
  is_active: true,
  pii: { username: `u${id}`, email: `u${id}@example.com`, name: '' },
})

describe('the signal catalogue', () => {
  it('has the thirty signals that carry a learner, each under names of its own', () => {
    expect(signals).toHaveLength(30)
    expect(new Set(signals.map((signal) => signal.eventType)).size).toBe(30)
    expect(new Set(signals.map((signal) => signal.pythonName)).size).toBe(30)
  })

  it.each([
    ['SESSION_LOGIN_COMPLETED', 'auth.session.login.completed', 'Session login completed'],
    [
      'COURSE_PASSING_STATUS_UPDATED',
      'course.passing.status.updated',
      'Course passing status updated',
    ],
    [
      'CCX_COURSE_PASSING_STATUS_UPDATED',
      'ccx.course.passing.status.updated',
      'CCX course passing status updated',
    ],
    [
      'FORUM_RESPONSE_COMMENT_CREATED',
      'forum.thread.response.comment.created',
      'Forum response comment created',
    ],
    ['IDV_ATTEMPT_APPROVED', 'idv_attempt.approved', 'IDV attempt approved'],
  ])('finds %s by its Python name and by its event type', (pythonName, suffix, title) => {
    const signal = signalOf(`org.openedx.learning.${suffix}.v1`)
    expect(signal).toMatchObject({ title })
    expect(findSignal(`openedx_events.learning.signals.${pythonName}`)).toBe(signal)
    expect(findSignal(`org.openedx.learning.${suffix}.v1`)).toBe(signal)
  })

  it('tells signals without a learner from types it has never heard of', () => {
    expect(isKnownWithoutLearner('org.openedx.content_authoring.course.created.v1')).toBe(true)
    expect(isKnownWithoutLearner('org.openedx.learning.external_grader.score.submitted.v1')).toBe(
      true,
    )
    expect(isKnownWithoutLearner('org.openedx.learning.badge.awarded.v1')).toBe(false)
    expect(isKnownWithoutLearner('com.example.thing.happened.v1')).toBe(false)
    expect(findSignal('com.example.thing.happened.v1')).toBeUndefined()
  })
})

describe('a signal that must be known', () => {
  it('is given under either name', () => {
    const signal = requireSignal('openedx_events.learning.signals.BADGE_AWARDED')
    expect(requireSignal('org.openedx.learning.badge.awarded.v1')).toBe(signal)
  })

  it.each([
    ['org.openedx.content_authoring.course.created.v1', 'carries no learner'],
    ['com.example.thing', 'is not the name of an Open edX event'],
  ])('is refused for %s: it %s', (name, reason) => {
    expect(() => requireSignal(name)).toThrow(reason)
    expect(() => requireSignal(name)).toThrow(
      expect.objectContaining({ code: 'ERR_EVENT_UNKNOWN_TYPE' }),
    )
  })
})

describe('the learner of an event', () => {
  it.each([
    ['student.registration.completed', { user: user(1) }],
    ['course.enrollment.created', { enrollment: { created_by: user(9), user: user(1) } }],
    [
      'exam.attempt.verified',
      { exam_attempt: { requesting_user: user(9), student_user: user(1) } },
    ],
    ['badge.awarded', { badge: { user: user(1) } }],
  ])('is the one declared for %s, never another person in it', (suffix, data) => {
    const signal = signalOf(`org.openedx.learning.${suffix}.v1`)!
    expect(learnerOf(signal, data)).toEqual({
      lmsUserId: 1,
      isActive: true,
      username: 'u1',
      email: 'u1@example.com',
      name: '',
    })
  })

  it('is null when the payload has none', () => {
    const signal = signalOf('org.openedx.learning.badge.awarded.v1')!
    expect(learnerOf(signal, { badge: { user: null } })).toBeNull()
    expect(learnerOf(signal, {})).toBeNull()
  })

  it('stands in the payload, which is what the keyword argument holds', () => {
    const signal = signalOf('org.openedx.learning.student.registration.completed.v1')!
    expect(payloadOf(signal, { user: 'payload' })).toBe('payload')
  })
})

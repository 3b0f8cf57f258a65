import { describe, expect, it } from 'vitest'
import { allKeyPathsOf, fieldTypeOf, keyFaultOf, keyPathsOf, signalOf, signals } from './index.js'

const learning = (suffix: string) => signalOf(`org.openedx.learning.${suffix}.v1`)!
const person = (at: string) =>
  ['id', 'is_active', 'pii.username', 'pii.email', 'pii.name'].map((leaf) => at + leaf)

describe('the key paths offered for data rules', () => {
  it.each([
    ['course.passing.status.updated', ['is_passing', 'course.course_key']],
    [
      'ccx.course.passing.status.updated',
      [
        'is_passing',
        'course.ccx_course_key',
        'course.master_course_key',
        'course.coach_email',
        'course.max_students_allowed',
      ],
    ],
    ['auth.session.login.completed', person('')],
    [
      'course.enrollment.changed',
      ['course.course_key', 'mode', 'is_active', 'creation_date', ...person('created_by.')],
    ],
    [
      'exam.attempt.reset',
      [
        ...person('student_user.'),
        'course_key',
        'usage_key',
        'exam_type',
        ...person('requesting_user.'),
      ],
    ],
    ['cohort_membership.changed', ['course.course_key', 'name']],
    [
      'badge.awarded',
      [
        'uuid',
        'template.uuid',
        'template.origin',
        'template.name',
        'template.description',
        'template.image_url',
      ],
    ],
    ['idv_attempt.denied', ['attempt_id', 'status', 'name', 'expiration_date']],
    [
      'lti_provider.launch.success',
      [
        'course_key',
        'usage_key',
        'launch_params.roles',
        'launch_params.context_id',
        'launch_params.user_id',
        'launch_params.extra_params',
      ],
    ],
  ])('of %s are those of Open edX', (suffix, expected) => {
    expect(keyPathsOf(learning(suffix)).map(({ path }) => path)).toEqual(expected)
  })

  it('are nineteen for a forum thread, lists and maps as one each', () => {
    const paths = keyPathsOf(learning('forum.thread.created'))
    expect(paths).toHaveLength(19)
    expect(paths.slice(-3).map(({ path, type }) => [path, type])).toEqual([
      ['user_course_roles', 'list'],
      ['user_forums_roles', 'list'],
      ['options', 'map'],
    ])
  })

  it('are all of them when nothing is ignored', () => {
    const signal = learning('course.passing.status.updated')
    expect(keyPathsOf(signal, [])).toEqual(allKeyPathsOf(signal))
    expect(allKeyPathsOf(signal)).toHaveLength(10)
  })

  it('keep what stands directly under the payload, whatever is ignored', () => {
    const paths = keyPathsOf(learning('course.passing.status.updated'), [
      'is_passing',
      'course.course_key',
    ])
    expect(paths[0]?.path).toBe('is_passing')
    expect(paths.map(({ path }) => path)).not.toContain('course.course_key')
  })

  it('say their type, whether they may be missing, and what to call them', () => {
    const described = Object.fromEntries(
      keyPathsOf(learning('course.enrollment.created')).map(({ path, ...rest }) => [path, rest]),
    )
    expect(described).toMatchObject({
      'course.course_key': { type: 'key', nullable: false, label: 'Course key' },
      is_active: { type: 'boolean', nullable: false, label: 'Is active' },
      creation_date: { type: 'datetime', nullable: false, label: 'Creation date' },
      'created_by.id': { type: 'number', nullable: true, label: 'Created by ID' },
      'created_by.pii.email': { type: 'text', nullable: true, label: 'Created by email' },
    })
  })

  it('have a type to compare by, ignored or not', () => {
    const type = 'org.openedx.learning.course.passing.status.updated.v1'
    expect(fieldTypeOf(type, 'is_passing')).toBe('boolean')
    expect(fieldTypeOf(type, 'user.pii.email')).toBe('text')
    expect(fieldTypeOf(type, 'course.start')).toBe('datetime')
    expect(fieldTypeOf(type, 'course')).toBeUndefined()
    expect(fieldTypeOf('com.example.unknown', 'is_passing')).toBeUndefined()
    for (const signal of signals) {
      for (const { path, type: of } of allKeyPathsOf(signal)) {
        expect(fieldTypeOf(signal.eventType, path)).toBe(of)
      }
    }
  })

  it('say what is wrong with a text that their key can never be', () => {
    const type = 'org.openedx.learning.course.passing.status.updated.v1'
    const fault = (text: string, path = 'course.course_key') => keyFaultOf(type, path, text)
    expect(fault('course-v1:a+b+c')).toBeNull()
    expect(fault('Demo Course')).toMatch(/^"Demo Course" is no CourseKey: it /)
    expect(fault('slashes:a+b+c')).toContain('course-v1:a+b+c')
    expect(fault('anything', 'course.display_name')).toBeNull()
  })
})

import type { LearnerData } from '@rosette/openedx-events'
import { type Course, courseKeyOf, runNamed, universityKey } from './courses.js'
import type { Random } from './random.js'

/** What happens to one learner in one course, one event after the other. */
export type Study = Generator<Happening, void>

export type Happening = {
  /** The event type without what all of them share. */
  readonly signal: string
  readonly isGrade: boolean
  readonly data: Readonly<Record<string, unknown>>
}

type Enrolment = {
  readonly learner: LearnerData
  readonly course: Course
  readonly term: number
  /** The number of the custom course (CCX) that a coach runs for a group, or null. */
  readonly ccx: number | null
  readonly units: number
  /** How good the learner is, from 0 to 1. */
  readonly ability: number
  readonly enrolledAt: string
}

const passMark = 0.6

/** Enrols, works through the units, passes or fails, sometimes is graded again later. */
export function* study(enrolment: Enrolment, random: Random): Study {
  yield happening('course.enrollment.created', { enrollment: enrollmentOf(enrolment) })
  let score = 0
  for (let unit = 0; unit < enrolment.units; unit += 1) {
    score += Math.min(1, enrolment.ability + random.next() * 0.3)
    yield passingStatus(enrolment, score / enrolment.units >= passMark)
  }
  if (score / enrolment.units < passMark) {
    if (random.chance(0.3)) {
      const enrollment = { ...enrollmentOf(enrolment), is_active: false }
      yield happening('course.unenrollment.completed', { enrollment })
    }
    return
  }
  yield happening('certificate.created', { certificate: certificateOf(enrolment, score) })
  if (!random.chance(0.15)) return
  // A rescored exam takes the learner below the mark; half of them come back.
  yield passingStatus(enrolment, false)
  if (random.chance(0.5)) yield passingStatus(enrolment, true)
}

function happening(signal: string, data: Happening['data'], isGrade = false): Happening {
  return { signal, data, isGrade }
}

function passingStatus(enrolment: Enrolment, isPassing: boolean): Happening {
  const { learner, course, term, ccx } = enrolment
  const user = userOf(learner)
  if (ccx === null) {
    const status = { is_passing: isPassing, course: courseOf(enrolment), user }
    return happening('course.passing.status.updated', { course_passing_status: status }, true)
  }
  const of = {
    ccx_course_key: `ccx-v1:${universityKey}+${course.number}+${runNamed(term)}+ccx@${ccx}`,
    master_course_key: courseKeyOf(course, term),
    display_name: '',
    coach_email: '',
    start: null,
    end: null,
    max_students_allowed: null,
  }
  const status = { is_passing: isPassing, user, course: of }
  return happening('ccx.course.passing.status.updated', { course_passing_status: status }, true)
}

// Like the LMS, which sends a course with its key alone.
function courseOf({ course, term }: Enrolment) {
  return { course_key: courseKeyOf(course, term), display_name: '', start: null, end: null }
}

function userOf({ lmsUserId, isActive, username, email, name }: LearnerData) {
  return { id: lmsUserId, is_active: isActive, pii: { username, email, name } }
}

function enrollmentOf(enrolment: Enrolment) {
  return {
    user: userOf(enrolment.learner),
    course: courseOf(enrolment),
    mode: 'audit',
    is_active: true,
    creation_date: enrolment.enrolledAt,
    created_by: null,
  }
}

function certificateOf(enrolment: Enrolment, score: number) {
  return {
    user: userOf(enrolment.learner),
    course: courseOf(enrolment),
    mode: 'honor',
    grade: (score / enrolment.units).toFixed(2),
    download_url: '',
    name: enrolment.learner.name,
    current_status: 'downloadable',
    previous_status: '',
  }
}

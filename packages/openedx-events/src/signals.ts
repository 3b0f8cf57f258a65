import type { DataClass } from './data-class.js'
import {
  badgeData,
  ccxCoursePassingStatusData,
  certificateData,
  cohortData,
  courseAccessRoleData,
  courseEnrollmentData,
  coursePassingStatusData,
  discussionThreadData,
  examAttemptData,
  ltiProviderLaunchData,
  programCertificateData,
  userData,
  verificationAttemptData,
} from './data-classes.js'
import { EventError } from './errors.js'
import { signalsWithoutLearner } from './signals-without-learner.js'

/** The definition of one kind of Open edX event: its names, its payload class and where its learner is. */
export type Signal = {
  /** On the wire, for example `org.openedx.learning.badge.awarded.v1`. */
  readonly eventType: string
  /** In Python, for example `openedx_events.learning.signals.BADGE_AWARDED`. */
  readonly pythonName: string
  /** The one keyword argument that carries the payload; the only field at the top of the event's data. */
  readonly kwarg: string
  readonly dataClass: DataClass
  /** Where the learner is, under the payload; empty when the payload is the learner. */
  readonly learnerPath: readonly string[]
  /** For people, for example `Course passing status updated`. */
  readonly title: string
}

type Payload = Pick<Signal, 'kwarg' | 'dataClass' | 'learnerPath'>

const underUser = (kwarg: string, of: DataClass): Payload => ({
  kwarg,
  dataClass: of,
  learnerPath: ['user'],
})

const account: Payload = { kwarg: 'user', dataClass: userData, learnerPath: [] }
// Enrolment and exam events name a second person, often staff. The learner's path is declared here
// and never searched for, so that nobody else can be given the badge.
const enrollment = underUser('enrollment', courseEnrollmentData)
const examAttempt: Payload = {
  kwarg: 'exam_attempt',
  dataClass: examAttemptData,
  learnerPath: ['student_user'],
}
const certificate = underUser('certificate', certificateData)
const programCertificate = underUser('program_certificate', programCertificateData)
const accessRole = underUser('course_access_role_data', courseAccessRoleData)
const thread = underUser('thread', discussionThreadData)
const badge = underUser('badge', badgeData)
const idvAttempt = underUser('idv_attempt', verificationAttemptData)

const catalogue: readonly (readonly [type: string, pythonName: string, Payload])[] = [
  ['student.registration.completed', 'STUDENT_REGISTRATION_COMPLETED', account],
  ['auth.session.login.completed', 'SESSION_LOGIN_COMPLETED', account],
  ['course.enrollment.created', 'COURSE_ENROLLMENT_CREATED', enrollment],
  ['course.enrollment.changed', 'COURSE_ENROLLMENT_CHANGED', enrollment],
  ['course.unenrollment.completed', 'COURSE_UNENROLLMENT_COMPLETED', enrollment],
  ['certificate.created', 'CERTIFICATE_CREATED', certificate],
  ['certificate.changed', 'CERTIFICATE_CHANGED', certificate],
  ['certificate.revoked', 'CERTIFICATE_REVOKED', certificate],
  ['program.certificate.awarded', 'PROGRAM_CERTIFICATE_AWARDED', programCertificate],
  ['program.certificate.revoked', 'PROGRAM_CERTIFICATE_REVOKED', programCertificate],
  ['cohort_membership.changed', 'COHORT_MEMBERSHIP_CHANGED', underUser('cohort', cohortData)],
  ['exam.attempt.submitted', 'EXAM_ATTEMPT_SUBMITTED', examAttempt],
  ['exam.attempt.rejected', 'EXAM_ATTEMPT_REJECTED', examAttempt],
  ['exam.attempt.verified', 'EXAM_ATTEMPT_VERIFIED', examAttempt],
  ['exam.attempt.errored', 'EXAM_ATTEMPT_ERRORED', examAttempt],
  ['exam.attempt.reset', 'EXAM_ATTEMPT_RESET', examAttempt],
  ['user.course_access_role.added', 'COURSE_ACCESS_ROLE_ADDED', accessRole],
  ['user.course_access_role.removed', 'COURSE_ACCESS_ROLE_REMOVED', accessRole],
  ['forum.thread.created', 'FORUM_THREAD_CREATED', thread],
  ['forum.thread.response.created', 'FORUM_THREAD_RESPONSE_CREATED', thread],
  ['forum.thread.response.comment.created', 'FORUM_RESPONSE_COMMENT_CREATED', thread],
  [
    'course.passing.status.updated',
    'COURSE_PASSING_STATUS_UPDATED',
    underUser('course_passing_status', coursePassingStatusData),
  ],
  [
    'ccx.course.passing.status.updated',
    'CCX_COURSE_PASSING_STATUS_UPDATED',
    underUser('course_passing_status', ccxCoursePassingStatusData),
  ],
  ['badge.awarded', 'BADGE_AWARDED', badge],
  ['badge.revoked', 'BADGE_REVOKED', badge],
  ['idv_attempt.created', 'IDV_ATTEMPT_CREATED', idvAttempt],
  ['idv_attempt.pending', 'IDV_ATTEMPT_PENDING', idvAttempt],
  ['idv_attempt.approved', 'IDV_ATTEMPT_APPROVED', idvAttempt],
  ['idv_attempt.denied', 'IDV_ATTEMPT_DENIED', idvAttempt],
  [
    'lti_provider.launch.success',
    'LTI_PROVIDER_LAUNCH_SUCCESS',
    underUser('launch_data', ltiProviderLaunchData),
  ],
]

/** The thirty Open edX signals whose payload carries a learner: the ones that can earn a badge. */
export const signals: readonly Signal[] = catalogue.map(([type, pythonName, payload]) => ({
  eventType: `org.openedx.learning.${type}.v1`,
  pythonName: `openedx_events.learning.signals.${pythonName}`,
  title: toTitle(pythonName),
  ...payload,
}))

const byType = new Map(signals.map((signal) => [signal.eventType, signal]))
const byPythonName = new Map(signals.map((signal) => [signal.pythonName, signal]))

/** The signal of an event type, or undefined when it is not in the catalogue. */
export function signalOf(eventType: string): Signal | undefined {
  return byType.get(eventType)
}

/** The signal named by an event type or by a dotted Python name. */
export function findSignal(nameOrType: string): Signal | undefined {
  return byType.get(nameOrType) ?? byPythonName.get(nameOrType)
}

/** The signal named by an event type or by a dotted Python name; refuses any other name. */
export function requireSignal(nameOrType: string): Signal {
  const signal = findSignal(nameOrType)
  if (signal !== undefined) return signal
  const reason = isKnownWithoutLearner(nameOrType)
    ? 'is an Open edX event that carries no learner'
    : 'is not the name of an Open edX event'
  throw new EventError('ERR_EVENT_UNKNOWN_TYPE', `"${nameOrType}" ${reason}`)
}

/** Whether the type is one of the other public Open edX signals, which carry no learner. */
export function isKnownWithoutLearner(eventType: string): boolean {
  return signalsWithoutLearner.has(eventType)
}

function toTitle(pythonName: string): string {
  const words = pythonName.toLowerCase().replaceAll('_', ' ')
  const acronyms = words.replace(/\b(?:ccx|idv|lti)\b/g, (word) => word.toUpperCase())
  return acronyms.charAt(0).toUpperCase() + acronyms.slice(1)
}

/** What the console says of the event types that it has words for; others keep the title that the server has. */
const known = {
  'course.passing.status.updated': ['coursePassing', 'results'],
  'ccx.course.passing.status.updated': ['ccxPassing', 'results'],
  'certificate.created': ['certificate', 'results'],
  'certificate.changed': ['certificateChanged', 'results'],
  'certificate.revoked': ['certificateRevoked', 'results'],
  'program.certificate.awarded': ['programme', 'results'],
  'program.certificate.revoked': ['programmeRevoked', 'results'],
  'course.enrollment.created': ['enrols', 'enrolment'],
  'course.enrollment.changed': ['enrolmentChanged', 'enrolment'],
  'course.unenrollment.completed': ['leaves', 'enrolment'],
  'cohort_membership.changed': ['cohort', 'enrolment'],
  'exam.attempt.submitted': ['examSubmitted', 'exams'],
  'exam.attempt.rejected': ['examRejected', 'exams'],
  'exam.attempt.verified': ['examVerified', 'exams'],
  'exam.attempt.errored': ['examErrored', 'exams'],
  'exam.attempt.reset': ['examReset', 'exams'],
  'forum.thread.created': ['thread', 'discussion'],
  'forum.thread.response.created': ['response', 'discussion'],
  'forum.thread.response.comment.created': ['comment', 'discussion'],
  'badge.awarded': ['badge', 'badges'],
  'badge.revoked': ['badgeLost', 'badges'],
  'student.registration.completed': ['registered', 'person'],
  'auth.session.login.completed': ['login', 'person'],
  'idv_attempt.created': ['idvCreated', 'person'],
  'idv_attempt.pending': ['idvPending', 'person'],
  'idv_attempt.approved': ['idvApproved', 'person'],
  'idv_attempt.denied': ['idvDenied', 'person'],
  'user.course_access_role.added': ['roleAdded', 'staff'],
  'user.course_access_role.removed': ['roleRemoved', 'staff'],
  'lti_provider.launch.success': ['lti', 'staff'],
} as const

type Known = typeof known
export type EventName = Known[keyof Known][0]
export type Subject = Known[keyof Known][1]

/** In the order in which they are offered. */
export const subjects = [
  'results',
  'badges',
  'enrolment',
  'exams',
  'discussion',
  'person',
  'staff',
] as const satisfies readonly Subject[]

const names = new Map<string, { readonly name: EventName; readonly subject: Subject }>(
  Object.entries(known).map(([type, [name, subject]]) => [typeOf(type), { name, subject }]),
)

/** The name under which the texts have words for an event type. */
export function eventNameOf(eventType: string): EventName | undefined {
  return names.get(eventType)?.name
}

export function subjectOf(eventType: string): Subject | undefined {
  return names.get(eventType)?.subject
}

export const eventTypes = {
  coursePassing: typeOf('course.passing.status.updated'),
  ccxPassing: typeOf('ccx.course.passing.status.updated'),
  certificate: typeOf('certificate.created'),
  certificateRevoked: typeOf('certificate.revoked'),
  programme: typeOf('program.certificate.awarded'),
  programmeRevoked: typeOf('program.certificate.revoked'),
  enrols: typeOf('course.enrollment.created'),
  leaves: typeOf('course.unenrollment.completed'),
  examVerified: typeOf('exam.attempt.verified'),
  thread: typeOf('forum.thread.created'),
  response: typeOf('forum.thread.response.created'),
  badge: typeOf('badge.awarded'),
  badgeLost: typeOf('badge.revoked'),
  idvApproved: typeOf('idv_attempt.approved'),
} as const

function typeOf(name: string): string {
  return `org.openedx.learning.${name}.v1`
}

/** Fields that the console has words for, by their key path. */
const fields = {
  is_passing: 'passed',
  'course.course_key': 'course',
  'course.display_name': 'courseName',
  'course.start': 'courseStart',
  'course.end': 'courseEnd',
  'course.ccx_course_key': 'ccx',
  'course.master_course_key': 'masterCourse',
  'course.coach_email': 'coachEmail',
  'course.max_students_allowed': 'seats',
  course_key: 'course',
  course_id: 'course',
  usage_key: 'unit',
  org_key: 'organization',
  mode: 'track',
  is_active: 'active',
  creation_date: 'createdOn',
  grade: 'grade',
  download_url: 'downloadUrl',
  url: 'url',
  name: 'name',
  current_status: 'currentStatus',
  previous_status: 'previousStatus',
  status: 'status',
  uuid: 'uuid',
  id: 'id',
  'program.uuid': 'programme',
  'program.title': 'programmeTitle',
  'program.program_type': 'programmeType',
  certificate_available_date: 'availableOn',
  exam_type: 'examType',
  role: 'role',
  body: 'text',
  title: 'title',
  thread_type: 'threadType',
  commentable_id: 'topic',
  category_name: 'category',
  anonymous: 'anonymous',
  team_id: 'team',
  group_id: 'cohortNumber',
  user_course_roles: 'courseRoles',
  user_forums_roles: 'forumRoles',
  'template.uuid': 'badge',
  'template.name': 'badgeName',
  'template.origin': 'badgeOrigin',
  expiration_date: 'expiresOn',
  attempt_id: 'attempt',
  'user.pii.email': 'email',
  'user.pii.username': 'username',
  'user.pii.name': 'personName',
  'user.is_active': 'personActive',
} as const

export type FieldName = (typeof fields)[keyof typeof fields]

const fieldNames = new Map<string, FieldName>(Object.entries(fields))

export function fieldNameOf(keyPath: string): FieldName | undefined {
  return fieldNames.get(keyPath)
}

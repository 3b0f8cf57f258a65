import {
  boolean,
  dataClass,
  datetime,
  instanceOf,
  key,
  listOf,
  long,
  mapOf,
  nullable,
  text,
} from './data-class.js'

// Attributes stand in wire order. `start` and `end` of a CCX course are plain text upstream, not
// datetimes, and its passing status has the user before the course; both are easy to get wrong.

const userPersonalData = dataClass('UserPersonalData', { username: text, email: text, name: text })

/** A person, as the LMS knows them. */
export const userData = dataClass('UserData', {
  id: long,
  is_active: boolean,
  pii: instanceOf(userPersonalData),
})

const user = instanceOf(userData)

const course = instanceOf(
  dataClass('CourseData', {
    course_key: key('CourseKey'),
    display_name: text,
    start: nullable(datetime),
    end: nullable(datetime),
  }),
)

const ccxCourseData = dataClass('CcxCourseData', {
  ccx_course_key: key('CCXLocator'),
  master_course_key: key('CourseKey'),
  display_name: text,
  coach_email: text,
  start: nullable(text),
  end: nullable(text),
  max_students_allowed: nullable(long),
})

/** A person's place in a course, and who put them there. */
export const courseEnrollmentData = dataClass('CourseEnrollmentData', {
  user,
  course,
  mode: text,
  is_active: boolean,
  creation_date: datetime,
  created_by: nullable(user),
})

/** A course certificate. */
export const certificateData = dataClass('CertificateData', {
  user,
  course,
  mode: text,
  grade: text,
  download_url: text,
  name: text,
  current_status: text,
  previous_status: text,
})

/** A certificate for a program of courses. */
export const programCertificateData = dataClass('ProgramCertificateData', {
  user,
  program: instanceOf(dataClass('ProgramData', { uuid: text, title: text, program_type: text })),
  uuid: text,
  status: text,
  url: text,
  certificate_available_date: nullable(datetime),
})

/** A person's cohort in a course. */
export const cohortData = dataClass('CohortData', { user, course, name: text })

/** An attempt at a special exam, and who acted on it. */
export const examAttemptData = dataClass('ExamAttemptData', {
  student_user: user,
  course_key: key('CourseKey'),
  usage_key: key('UsageKey'),
  exam_type: text,
  requesting_user: nullable(user),
})

/** A role in the staff of a course. */
export const courseAccessRoleData = dataClass('CourseAccessRoleData', {
  user,
  org_key: text,
  course_key: key('CourseKey'),
  role: text,
})

/** A thread, response or comment in a course's forum. */
export const discussionThreadData = dataClass('DiscussionThreadData', {
  body: text,
  commentable_id: text,
  id: text,
  truncated: boolean,
  url: text,
  user,
  course_id: key('CourseKey'),
  thread_type: nullable(text),
  anonymous: nullable(boolean),
  anonymous_to_peers: nullable(boolean),
  title: nullable(text),
  title_truncated: nullable(boolean),
  group_id: nullable(long),
  team_id: nullable(long),
  category_id: nullable(long),
  category_name: nullable(text),
  discussion: nullable(mapOf(text)),
  user_course_roles: listOf(text),
  user_forums_roles: listOf(text),
  options: mapOf(boolean),
})

/** Whether a learner's grade passes a course; sent at every recomputation. */
export const coursePassingStatusData = dataClass('CoursePassingStatusData', {
  is_passing: boolean,
  course,
  user,
})

/** The same for a custom course. */
export const ccxCoursePassingStatusData = dataClass('CcxCoursePassingStatusData', {
  is_passing: boolean,
  user,
  course: instanceOf(ccxCourseData),
})

const badgeTemplateData = dataClass('BadgeTemplateData', {
  uuid: text,
  origin: text,
  name: nullable(text),
  description: nullable(text),
  image_url: nullable(text),
})

/** A badge of a person and the template it was made from. */
export const badgeData = dataClass('BadgeData', {
  uuid: text,
  user,
  template: instanceOf(badgeTemplateData),
})

/** An attempt at verifying who a person is. */
export const verificationAttemptData = dataClass('VerificationAttemptData', {
  attempt_id: long,
  user,
  status: text,
  name: nullable(text),
  expiration_date: nullable(datetime),
})

const ltiProviderLaunchParamsData = dataClass('LtiProviderLaunchParamsData', {
  roles: text,
  context_id: text,
  user_id: text,
  extra_params: mapOf(text),
})

/** A launch of course content from another platform. */
export const ltiProviderLaunchData = dataClass('LtiProviderLaunchData', {
  user,
  course_key: key('CourseKey'),
  usage_key: key('UsageKey'),
  launch_params: instanceOf(ltiProviderLaunchParamsData),
})

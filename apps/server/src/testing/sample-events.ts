import { createHash } from 'node:crypto'
import type { RawEntry } from '@rosette/event-bus'
import { createMetadata, encodeEvent, signalOf, toHeaders } from '@rosette/openedx-events'

export const passingType = 'org.openedx.learning.course.passing.status.updated.v1'

type Grade = {
  readonly learner?: number
  readonly course?: string
  readonly passing?: boolean
  readonly at?: string
  readonly id?: string
  readonly username?: string
  readonly email?: string
}

let sent = 0

/** An entry as a real LMS puts it on the bus: a grade that passes or fails a course. */
export function aGrade(grade: Grade = {}): RawEntry {
  const { learner = 42, course = 'course-v1:OpenedX+DemoX+Demo_Course', passing = true } = grade
  const data = {
    course_passing_status: {
      is_passing: passing,
      course: { course_key: course, display_name: '', start: null, end: null },
      user: {
        id: learner,
        is_active: true,
        pii: {
          username: grade.username ?? `learner${learner}`,
          email: grade.email ?? `learner${learner}@example.com`,
          name: `Learner ${learner}`,
        },
      },
    },
  }
  const time = grade.at ?? '2026-03-01T10:00:00+00:00'
  return anEntry(passingType, data, { time, id: grade.id ?? uuidOf(JSON.stringify([time, data])) })
}

/** Any event as an entry of the bus. */
export function anEntry(
  eventType: string,
  data: Record<string, unknown>,
  { time, id }: { readonly time: string; readonly id: string },
): RawEntry {
  const signal = signalOf(eventType)
  if (signal === undefined) throw new Error(`no such signal: ${eventType}`)
  sent += 1
  return {
    topic: 'learning-badges-lifecycle',
    position: `${sent}-0`,
    headers: Object.fromEntries(
      toHeaders(createMetadata({ eventType, id, time, source: 'openedx/lms/web' })),
    ),
    value: encodeEvent(signal, data),
  }
}

/** The same text gives the same UUID, so that a test may deliver an event again. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

import { createHash } from 'node:crypto'
import type { OutgoingMessage } from '@rosette/event-bus'
import { createMetadata, encodeEvent, signalOf } from '@rosette/openedx-events'

export const passingType = 'org.openedx.learning.course.passing.status.updated.v1'
export const courses = ['Algebra', 'Biology', 'Chemistry', 'Drawing', 'Ethics'].map(
  (name) => `course-v1:Proof+${name}+2026`,
)

type Size = { readonly events: number; readonly learners: number; readonly seed: number }

/** Grades of many learners in several courses, passing and failing, the same for the same seed. */
export function gradeHistory({ events, learners, seed }: Size): Omit<OutgoingMessage, 'topic'>[] {
  const random = generator(seed)
  const pick = (n: number) => Math.floor(random() * n)
  return Array.from({ length: events }, (_, i) =>
    grade({
      number: i,
      learner: 1 + pick(learners),
      course: courses[pick(courses.length)] ?? '',
      passing: random() < 0.7,
    }),
  )
}

type Grade = {
  readonly number: number
  readonly learner: number
  readonly course: string
  readonly passing: boolean
  readonly name?: string
}

export function grade({
  number,
  learner,
  course,
  passing,
  name = '',
}: Grade): Omit<OutgoingMessage, 'topic'> {
  const signal = signalOf(passingType)
  if (signal === undefined) throw new Error('the signal is not in the catalogue')
  const id = uuidOf(`grade ${number}`)
  const time = new Date(Date.UTC(2026, 0, 1) + number * 1000).toISOString()
  const pii = { username: `learner${learner}`, email: `learner${learner}@example.org`, name }
  const value = encodeEvent(signal, {
    course_passing_status: {
      is_passing: passing,
      course: { course_key: course, display_name: '', start: null, end: null },
      user: { id: learner, is_active: true, pii },
    },
  })
  const source = 'openedx/lms/web'
  return { metadata: createMetadata({ eventType: passingType, id, time, source }), value }
}

function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** Mulberry32: small, and the same everywhere. */
export function generator(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

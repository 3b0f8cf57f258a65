import { type LearnerData, uuidV5 } from '@rosette/openedx-events'
import { createCourses } from './courses.js'
import { createPeople } from './people.js'
import { createRandom, type Random } from './random.js'
import { type Study, study } from './study.js'

export type CampusOptions = {
  readonly seed: number
  readonly learners: number
  readonly courses: number
  readonly firstUserId: number
  readonly start: Date
  /** Seconds from the start to the event of that number, never fewer than for the one before. */
  readonly secondsAt: (number: number) => number
  /** Leave out what is not a grade: only grades travel on the badge topic of a stock LMS. */
  readonly gradesOnly?: boolean
  /** How many courses are being worked on at the same time. */
  readonly atOnce?: number
  /** The fewest graded units of a course; the most are two and a half times as many. */
  readonly units?: number
}

/** An event in the form that `rosette try-rules` reads. */
export type SimulatedEvent = {
  readonly id: string
  readonly type: string
  readonly time: string
  readonly data: Readonly<Record<string, unknown>>
}

/** The life of a university without end; the same options always give the same events. */
export function* simulateCampus(options: CampusOptions): Generator<SimulatedEvent, never> {
  const random = createRandom(options.seed)
  const registrar = createRegistrar(options, random)
  const studies: Study[] = []
  const atOnce = options.atOnce ?? Math.min(200, options.learners * 2)
  for (let number = 0; ; ) {
    const time = timeAt(options, number)
    while (studies.length < atOnce) studies.push(registrar.enrolNext(time))
    const chosen = random.below(studies.length)
    const { value: happened } = studies[chosen]?.next() ?? {}
    if (happened === undefined || happened === null) {
      studies.splice(chosen, 1)
      continue
    }
    if (options.gradesOnly && !happened.isGrade) continue
    const id = uuidV5(eventIds, `${options.seed}/${options.start.toISOString()}/${number}`)
    yield { id, type: `org.openedx.learning.${happened.signal}.v1`, time, data: happened.data }
    number += 1
  }
}

// The namespace of simulated events; random, fixed for good.
const eventIds = '5b0f5a5e-4a5c-4f0e-9f57-8a3a0c2d6b11'

// Written as Open edX writes it: microseconds unless they are zero, and the offset in full.
function timeAt({ start, secondsAt }: CampusOptions, number: number): string {
  const time = new Date(start.getTime() + Math.floor(secondsAt(number) * 1000)).toISOString()
  return time.endsWith('.000Z') ? time.replace('.000Z', '+00:00') : time.replace('Z', '000+00:00')
}

type Student = {
  readonly learner: LearnerData
  readonly ability: number
  /** Places in the list of courses that are still to be taken in this term. */
  ahead: number[]
  term: number
}

/** Chooses who enrols in what next. Some learners are much keener than others. */
function createRegistrar(options: CampusOptions, random: Random) {
  const courses = createCourses(options.courses)
  const people = createPeople(options.learners, options.firstUserId)
  const allCourses = courses.map((_, index) => index)
  const students: Student[] = people.map((learner) => ({
    learner,
    ability: 0.25 + 0.55 * random.next(),
    ahead: random.shuffled(allCourses),
    term: 0,
  }))
  const units = options.units ?? 4

  function enrolNext(enrolledAt: string): Study {
    const student = students[Math.floor(random.next() ** 2 * students.length)]
    const place = student === undefined ? undefined : nextCourse(student)
    const course = courses[place ?? 0]
    if (student === undefined || course === undefined) throw new RangeError('nobody to enrol')
    const { learner, ability, term } = student
    const ccx = random.chance(0.15) ? 1 + random.below(3) : null
    const length = units + random.below(Math.ceil(units * 1.5))
    return study({ learner, course, term, ccx, units: length, ability, enrolledAt }, random)
  }

  function nextCourse(student: Student): number | undefined {
    if (student.ahead.length === 0) {
      student.ahead = random.shuffled(allCourses)
      student.term += 1
    }
    return student.ahead.shift()
  }

  return { enrolNext }
}

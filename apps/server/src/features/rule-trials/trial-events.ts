import { type LearningEvent, parseEventTime } from '@rosette/engine'
import {
  createMetadata,
  type DataClass,
  EventError,
  isKnownWithoutLearner,
  type LearnerData,
  learnerOf,
  parseEventData,
  payloadOf,
  type Signal,
  signalOf,
} from '@rosette/openedx-events'

export type TrialEvent = {
  readonly event: LearningEvent
  readonly learner: LearnerData
  /** The learner as the event describes one. */
  readonly user: unknown
}

/** Reads one line of the file format; throws `EventError` with the reason when it is no event. */
export function parseTrialEvent(line: string): TrialEvent {
  const { id, type, time, data } = parseMembers(line)
  const signal = signalOf(type)
  if (signal === undefined) throw refusal(unknownType(type))
  const filled = withDefaults(signal, data)
  const user = at(filled, [signal.kwarg, ...signal.learnerPath])
  if (!isRecord(user)) {
    const path = [signal.kwarg, ...signal.learnerPath].join('.')
    throw refusal(`The event carries no learner at ${path}.`)
  }
  const parsed = parseEventData(signal, filled)
  const learner = learnerOf(signal, parsed)
  if (learner === null) throw refusal('The event carries no learner with an id and a username.')
  const event = { id, type, time: parseTime(time, type), payload: payloadOf(signal, parsed) }
  return { event, learner, user: at(parsed, [signal.kwarg, ...signal.learnerPath]) }
}

function parseMembers(line: string) {
  const value = parseJson(line)
  if (!isRecord(value)) throw refusal('The line is not a JSON object.')
  const { id, type, time, data } = value
  for (const [name, member] of Object.entries({ id, type, time })) {
    if (typeof member !== 'string' || member === '') throw refusal(`${name}: must be a text`)
  }
  return { id: String(id), type: String(type), time: String(time), data }
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch (error) {
    throw refusal(`The line is not JSON: ${error instanceof Error ? error.message : error}.`)
  }
}

// The same rule for times as on the bus: an instant in UTC.
function parseTime(text: string, eventType: string): number {
  const { time } = createMetadata({ eventType, time: text, id: anyId })
  const parsed = parseEventTime(time)
  if (parsed === null) throw refusal(`time: "${text}" is too far away`)
  return parsed
}

const anyId = '00000000-0000-1000-8000-000000000000'

function unknownType(type: string): string {
  return isKnownWithoutLearner(type)
    ? `The event type "${type}" carries no learner.`
    : `The event type "${type}" is not known.`
}

function refusal(message: string): EventError {
  return new EventError('ERR_EVENT_FIELD', message)
}

/**
 * What a file written by hand may leave out, by data class: members with a default in Open edX, and
 * what the LMS always sends but no rule needs to know who the learner is.
 */
const defaults: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  UserData: { is_active: true },
  UserPersonalData: { email: '', name: '' },
  CourseData: { display_name: '' },
  CcxCourseData: { display_name: '', coach_email: '' },
  CertificateData: { previous_status: '' },
  DiscussionThreadData: { user_course_roles: [], user_forums_roles: [], options: {} },
  LtiProviderLaunchParamsData: { extra_params: {} },
}

function withDefaults({ kwarg, dataClass }: Signal, data: unknown): unknown {
  return isRecord(data) && isRecord(data[kwarg])
    ? { ...data, [kwarg]: fill(dataClass, data[kwarg]) }
    : data
}

function fill({ name, fields }: DataClass, value: Readonly<Record<string, unknown>>) {
  const filled: Record<string, unknown> = { ...defaults[name], ...value }
  for (const field of fields) {
    const member = filled[field.name]
    if (field.type.kind === 'class' && isRecord(member)) {
      filled[field.name] = fill(field.type.dataClass, member)
    }
  }
  return filled
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((here, name) => (isRecord(here) ? here[name] : undefined), value)
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

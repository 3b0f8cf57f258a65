import { type EventData, isRecord } from './event-data.js'
import type { Signal } from './signals.js'

/** The person an event is about, as the LMS knew them when it happened. */
export type LearnerData = {
  readonly lmsUserId: number
  readonly isActive: boolean
  readonly username: string
  readonly email: string
  readonly name: string
}

/** The payload: what stands under the signal's keyword argument. */
export function payloadOf(signal: Signal, data: EventData): unknown {
  return data[signal.kwarg]
}

/** The learner at the path that the catalogue declares, or null when there is none. */
export function learnerOf(signal: Signal, data: EventData): LearnerData | null {
  let at = data[signal.kwarg]
  for (const name of signal.learnerPath) at = memberOf(at, name)
  return toLearner(at)
}

function toLearner(user: unknown): LearnerData | null {
  const lmsUserId = memberOf(user, 'id')
  const pii = memberOf(user, 'pii')
  const username = memberOf(pii, 'username')
  if (typeof lmsUserId !== 'number' || typeof username !== 'string') return null
  return {
    lmsUserId,
    isActive: memberOf(user, 'is_active') === true,
    username,
    email: textOf(memberOf(pii, 'email')),
    name: textOf(memberOf(pii, 'name')),
  }
}

function memberOf(value: unknown, name: string): unknown {
  return isRecord(value) ? value[name] : undefined
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

import type { EventTime } from './event-time.js'

/** When something happened: the event's time, ties broken by the event's id. */
export type Moment = { readonly time: EventTime; readonly eventId: string }

/** What the events have said about one requirement for one learner, instance and distinct key. */
export type Mark = {
  readonly firstAt: Moment | null
  readonly lastAt: Moment | null
  readonly resetAt: Moment | null
}

/** An instance or key that stands for all of them; a real value is stored as `=` and the value. */
export const EVERY = '*'

/** A mark under its address inside one template, as it is stored for one learner. */
export type StoredMark = {
  readonly requirementId: string
  readonly instance: string
  readonly key: string
  readonly mark: Mark
}

/** What one event adds; several changes of one event may share an address and are then merged. */
export type MarkChange = StoredMark & { readonly templateId: string }

/** The mark about which no event has said anything: merging it changes nothing. */
export const emptyMark: Mark = Object.freeze({ firstAt: null, lastAt: null, resetAt: null })

/** Commutative, associative and idempotent: delivery order and repetition cannot change the result. */
export function mergeMarks(a: Mark, b: Mark): Mark {
  return {
    firstAt: earliest(a.firstAt, b.firstAt),
    lastAt: latest(a.lastAt, b.lastAt),
    resetAt: latest(a.resetAt, b.resetAt),
  }
}

/** Orders moments by time, then by event id, so that equal times are sorted the same everywhere. */
export function compareMoments(a: Moment, b: Moment): number {
  if (a.time !== b.time) return a.time - b.time
  return a.eventId < b.eventId ? -1 : a.eventId > b.eventId ? 1 : 0
}

/** The later of two moments, null counting as before all of them. */
export function latest(a: Moment | null, b: Moment | null): Moment | null {
  if (a === null || b === null) return a ?? b
  return compareMoments(a, b) >= 0 ? a : b
}

function earliest(a: Moment | null, b: Moment | null): Moment | null {
  if (a === null || b === null) return a ?? b
  return compareMoments(a, b) <= 0 ? a : b
}

/** Since when the mark holds, or null. Only times are compared, so at equal times the penalty wins. */
export function heldSince({ firstAt, lastAt, resetAt }: Mark): Moment | null {
  if (firstAt === null || lastAt === null) return null
  if (resetAt === null || firstAt.time > resetAt.time) return firstAt
  return lastAt.time > resetAt.time ? lastAt : null
}

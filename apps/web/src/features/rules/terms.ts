import type { EventType } from '@rosette/contract'
import i18next, { type TFunction } from 'i18next'
import { directionOf } from '../../i18n/texts.js'
import { eventNameOf, fieldNameOf } from './event-words.js'

export type Say = TFunction<'rules'>
export type { EventType }
export type Field = EventType['keyPaths'][number]

/** The names of what rules speak of: event types, fields, and the courses and badges behind keys. */
export type Terms = {
  readonly say: Say
  readonly titleOf: (eventType: string) => string
  readonly labelOf: (eventType: string, keyPath: string) => string
  readonly typeOf: (eventType: string, keyPath: string) => Field['type'] | undefined
  /** A value as people know it: the name of a course or badge; itself where nobody has named it. */
  readonly nameOf: (value: string) => string
}

export function createTerms(
  say: Say,
  given: { readonly types: readonly EventType[]; readonly names: ReadonlyMap<string, string> },
): Terms {
  const byType = new Map(given.types.map((type) => [type.eventType, type]))
  const fieldOf = (eventType: string, keyPath: string) =>
    byType.get(eventType)?.keyPaths.find(({ path }) => path === keyPath)
  return {
    say,
    titleOf: (eventType) => titleOf(say, eventType, byType.get(eventType)?.title),
    labelOf: (eventType, keyPath) => labelOf(say, keyPath, fieldOf(eventType, keyPath)?.label),
    typeOf: (eventType, keyPath) => fieldOf(eventType, keyPath)?.type,
    nameOf: (value) => given.names.get(value) ?? keyName(say, value) ?? value,
  }
}

/**
 * The LMS sends no names of courses, so a key is said by its parts: `STAT101 (2026_T1)`. The whole key
 * stands wherever something is chosen.
 */
function keyName(say: Say, value: string): string | undefined {
  const ccx = /^ccx-v1:.+\+ccx@(\d+)$/.exec(value)?.[1]
  if (ccx !== undefined) return say('values.ccx', { number: ccx })
  const [, number, run] = /^course-v1:[^+]+\+([^+]+)\+([^+]+)$/.exec(value) ?? []
  return number === undefined ? undefined : say('values.courseName', { number, run })
}

export function titleOf(say: Say, eventType: string, fallback?: string): string {
  const name = eventNameOf(eventType)
  return name === undefined ? (fallback ?? eventType) : say(`events.${name}`)
}

function labelOf(say: Say, keyPath: string, fallback?: string): string {
  const name = fieldNameOf(keyPath)
  return name === undefined ? (fallback ?? keyPath) : say(`fields.${name}`)
}

/** Keeps a name of another script from turning the words around it, where reading goes from right to left. */
export function isolated(text: string): string {
  return directionOf(i18next.language) === 'rtl' ? `\u2068${text}\u2069` : text
}

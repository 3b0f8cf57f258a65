import { format } from '../../lib/format.js'
import { conditionOf } from './condition.js'
import type { DraftRequirement } from './draft.js'
import { type Shape, shapeOf } from './shape.js'
import { isolated, type Terms } from './terms.js'

type Part = Pick<DraftRequirement, 'eventType' | 'dataRules'> &
  Partial<Pick<DraftRequirement, 'count' | 'window' | 'after'>>

/** What somebody does, as the end of a sentence that begins with who: `passes Demo Course`. */
export function phraseOf(part: Part, terms: Terms, find?: Find): string {
  const shape = shapeOf(part)
  const counted = countPhrase(part, shape, terms)
  const what = counted ?? actPhrase(part.eventType, shape, terms)
  const withRest = conditionsAdded(what, { part, rest: shape.rest }, terms)
  const withCount = counted === undefined ? timesAdded(withRest, part, terms) : withRest
  return orderAdded(windowAdded(withCount, part, terms), { part, find }, terms)
}

/** Finds the requirement that has to come before. */
type Find = (id: string) => Part | undefined

/** Whether nothing but verb and names is said, so that it can be joined with others of its verb. */
export function isPlain(part: Part, shape: Shape): boolean {
  return (
    shape.which === 'some' &&
    shape.names.length > 0 &&
    shape.except.length === 0 &&
    shape.rest.length === 0 &&
    shape.of === undefined &&
    hasNoMore(part)
  )
}

export function hasNoMore({ count = null, window = null, after = [] }: Part): boolean {
  const hasWindow = window !== null && (window.from !== null || window.until !== null)
  return count === null && !hasWindow && after.length === 0
}

/** The verb with its names: `passes Demo Course or Algebra`. */
export function verbPhrase(
  { verb, names }: { verb: NonNullable<Shape['verb']>; names: readonly string[] },
  terms: Terms,
  type: 'conjunction' | 'disjunction' = 'disjunction',
): string {
  const { say } = terms
  if (names.length === 0) return say(`say.unnamed.${verb}`)
  return say(`say.some.${verb}`, { names: namesOf(names, terms, type) })
}

export function namesOf(
  values: readonly string[],
  { nameOf }: Terms,
  type: 'conjunction' | 'disjunction' = 'disjunction',
): string {
  return format.list(
    values.map((value) => isolated(nameOf(value))),
    type,
  )
}

function actPhrase(eventType: string, shape: Shape, terms: Terms): string {
  const { say } = terms
  const { verb, which, names, except, of } = shape
  if (verb === undefined) return say('say.other', { title: isolated(terms.titleOf(eventType)) })
  const what = which === 'some' ? verbPhrase({ verb, names }, terms) : anyPhrase(verb, of, terms)
  return except.length === 0
    ? what
    : say('say.except', { what, names: namesOf(except, terms, 'conjunction') })
}

function anyPhrase(
  verb: NonNullable<Shape['verb']>,
  of: readonly string[] | undefined,
  terms: Terms,
): string {
  const { say } = terms
  if (of === undefined) return say(`say.any.${verb}`)
  const isCcx = verb === 'passesCcx' || verb === 'failsCcx' || verb === 'ccxGraded'
  if (!isCcx) return say(`say.any.${verb}`)
  if (of.length === 0) return say(`say.unnamedOf.${verb}`)
  return say(`say.of.${verb}`, { names: namesOf(of, terms) })
}

/** `passes at least 3 different courses`, where what is counted is what the verb is about. */
function countPhrase(part: Part, shape: Shape, terms: Terms): string | undefined {
  const { count = null } = part
  const { verb, object, which, names, except } = shape
  if (count?.distinctBy == null || count.distinctBy !== object?.keyPath) return undefined
  if (verb !== 'passes' && verb !== 'badge' && verb !== 'certificate') return undefined
  const { say } = terms
  const number = { count: count.atLeast, number: format.number(count.atLeast) }
  if (which === 'some' && names.length > 0) {
    return say(`say.countOf.${verb}`, { ...number, names: namesOf(names, terms, 'conjunction') })
  }
  const what = say(`say.count.${verb}`, number)
  return except.length === 0
    ? what
    : say('say.except', { what, names: namesOf(except, terms, 'conjunction') })
}

function conditionsAdded(
  what: string,
  { part, rest }: { part: Part; rest: Shape['rest'] },
  terms: Terms,
): string {
  if (rest.length === 0) return what
  const conditions = rest.map((rule) => conditionOf(rule, part.eventType, terms))
  return terms.say('say.where', { what, conditions: format.list(conditions) })
}

function timesAdded(what: string, { eventType, count = null }: Part, terms: Terms): string {
  if (count === null || (count.atLeast === 1 && count.distinctBy === null)) return what
  const { say } = terms
  const number = { count: count.atLeast, number: format.number(count.atLeast) }
  if (count.distinctBy === null) return say('say.times', { what, ...number })
  const label = terms.labelOf(eventType, count.distinctBy)
  return say('say.different', { what, ...number, label: isolated(label) })
}

function windowAdded(what: string, { window = null }: Part, { say }: Terms): string {
  const from = window?.from ? format.dateTime(window.from) : null
  const until = window?.until ? format.dateTime(window.until) : null
  if (from !== null && until !== null) return say('say.between', { what, from, until })
  if (from !== null) return say('say.from', { what, from })
  return until === null ? what : say('say.until', { what, until })
}

/** Only what those before do is named, not what they wait for in their turn. */
function orderAdded(
  what: string,
  { part, find }: { part: Part; find: Find | undefined },
  terms: Terms,
): string {
  const before = (part.after ?? []).flatMap((id) => find?.(id) ?? [])
  if (before.length === 0) return what
  const others = before.map((each) => phraseOf({ ...each, after: [] }, terms))
  return terms.say('say.after', { what, others: format.list(others.map(isolated)) })
}

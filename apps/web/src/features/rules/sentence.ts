import { format } from '../../lib/format.js'
import {
  allWays,
  type Draft,
  type DraftGroup,
  type DraftPenalty,
  type DraftRequirement,
  findWay,
} from './draft.js'
import { hasNoMore, isPlain, namesOf, phraseOf, verbPhrase } from './phrase.js'
import { type Shape, shapeOf } from './shape.js'
import { isolated, type Terms } from './terms.js'

/** What the whole badge is awarded for, and what takes it back, one sentence each. */
export function badgeSentences(draft: Draft, terms: Terms): readonly string[] {
  const { say } = terms
  if (draft.groups.length === 0) return [say('say.nothing')]
  const what = groupsPhrase(draft, terms)
  const awarded =
    draft.repeat === null
      ? say('say.awarded', { what })
      : say('say.awardedPer', { what, field: isolated(fieldOf(draft.repeat.by, draft, terms)) })
  return [
    awarded,
    ...draft.penalties.map((penalty) => penaltySentence(penalty, draft, terms)),
    ...(draft.reaward === 'never' && draft.penalties.length > 0 ? [say('say.notAgain')] : []),
  ]
}

/** The same in one text. */
export function badgeSentence(draft: Draft, terms: Terms): string {
  return badgeSentences(draft, terms).join(' ')
}

/** What one way asks for. */
export function waySentence(way: DraftRequirement, draft: Draft, terms: Terms): string {
  const what = phraseOf(way, terms, (id) => findWay(draft, id))
  return terms.say('say.way', { what })
}

/** A way as it is named elsewhere: in a list of what a penalty takes away, say. */
export function wayName(way: DraftRequirement, terms: Terms): string {
  return terms.say('say.name', { what: phraseOf({ ...way, after: [] }, terms) })
}

export function penaltySentence(penalty: DraftPenalty, draft: Draft, terms: Terms): string {
  const { say } = terms
  const what = phraseOf(penalty, terms)
  const ways = allWays(draft).filter(({ id }) => penalty.resets.includes(id))
  if (ways.length === 0) return say('say.takesNothing', { what })
  if (takesAll(penalty, draft)) return say('say.takenBack', { what })
  const requirements = ways.map((way) => isolated(phraseOf({ ...way, after: [] }, terms)))
  return say('say.noLongerCounts', { what, requirements: format.list(requirements) })
}

/** Whether some group is left with nothing, so that the badge is lost for certain. */
function takesAll({ resets }: DraftPenalty, { groups }: Draft): boolean {
  return groups.some(({ ways }) => ways.every(({ id }) => resets.includes(id)))
}

function groupsPhrase(draft: Draft, terms: Terms): string {
  const { groups } = draft
  const joined = joinedGroups(groups, terms)
  if (joined !== undefined) return joined
  const phrases = groups.map((group) => {
    const ways = waysPhrases(group, draft, terms)
    const text = format.list(ways, 'disjunction')
    const isChoice = groups.length > 1 && ways.length > 1
    return isChoice ? terms.say('say.either', { ways: text }) : text
  })
  // Between choices and longer phrases a plain "and" could be read as part of one of them.
  const isSimple = groups.every(({ ways: [way, more] }) => {
    return way !== undefined && more === undefined && hasNoMore(way) && !shapeOf(way).rest.length
  })
  if (isSimple || phrases.length === 1) return format.list(phrases)
  return phrases.reduceRight((rest, first) => terms.say('say.both', { first, rest }))
}

/** `passes Demo Course, Algebra and Statistics` for groups of one way each, all of the same kind. */
function joinedGroups(groups: readonly DraftGroup[], terms: Terms): string | undefined {
  const plain = groups.map(({ ways: [way, more] }) =>
    way === undefined || more !== undefined ? undefined : plainOf(way),
  )
  const [first] = plain
  if (groups.length < 2 || first === undefined) return undefined
  const names = plain.flatMap((shape) =>
    shape?.verb === first.verb && shape.names.length === 1 ? shape.names : [],
  )
  if (names.length !== groups.length) return undefined
  return verbPhrase({ verb: first.verb, names }, terms, 'conjunction')
}

type Plain = Shape & { readonly verb: NonNullable<Shape['verb']> }

function plainOf(way: DraftRequirement): Plain | undefined {
  const shape = shapeOf(way)
  const { verb } = shape
  return verb !== undefined && isPlain(way, shape) ? { ...shape, verb } : undefined
}

/** The ways of a group, those of the same kind in one: `passes Demo Course or Algebra`. */
function waysPhrases(group: DraftGroup, draft: Draft, terms: Terms): readonly string[] {
  const ccx = courseOrCcx(group, terms)
  if (ccx !== undefined) return [ccx]
  const said = new Set<string>()
  return group.ways.flatMap((way) => {
    const plain = plainOf(way)
    if (plain === undefined) return [phraseOf(way, terms, (id) => findWay(draft, id))]
    if (said.has(plain.verb)) return []
    said.add(plain.verb)
    const alike = group.ways.flatMap((each) => {
      const other = plainOf(each)
      return other?.verb === plain.verb ? other.names : []
    })
    return [verbPhrase({ verb: plain.verb, names: [...new Set(alike)] }, terms)]
  })
}

/** The usual pair: a course, or any CCX of the same. */
function courseOrCcx({ ways }: DraftGroup, terms: Terms): string | undefined {
  const [a, b, more] = ways
  if (a === undefined || b === undefined || more !== undefined) return undefined
  const course = plainOf(a)
  const ccx = shapeOf(b)
  const isPair =
    course?.verb === 'passes' &&
    ccx.verb === 'passesCcx' &&
    ccx.which === 'any' &&
    ccx.rest.length === 0 &&
    hasNoMore(b) &&
    isSameList(course.names, ccx.of ?? [])
  if (!isPair || course === undefined) return undefined
  const names = namesOf(course.names, terms)
  const what = terms.say('say.courseOrCcx', { names, count: course.names.length })
  return ccx.except.length === 0
    ? what
    : terms.say('say.except', { what, names: namesOf(ccx.except, terms, 'conjunction') })
}

function isSameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((each, index) => each === b[index])
}

function fieldOf(keyPath: string, draft: Draft, terms: Terms): string {
  return terms.labelOf(allWays(draft)[0]?.eventType ?? '', keyPath)
}

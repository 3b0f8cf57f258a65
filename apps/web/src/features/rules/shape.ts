import type { DataRule } from './draft.js'
import { type EventName, eventNameOf } from './event-words.js'

/** What somebody does, in words: most are named like their event, passing and failing share one. */
export type Verb =
  | Exclude<EventName, 'coursePassing' | 'ccxPassing'>
  | 'graded'
  | 'ccxGraded'
  | Pass
type Pass = 'passes' | 'fails' | 'passesCcx' | 'failsCcx'

/** What kind of thing stands behind the verb. */
export type ObjectKind = 'course' | 'ccx' | 'badge' | 'programme'

/** A requirement or penalty taken apart so that it can be said, and shown in short. */
export type Shape = {
  /** Undefined where the console has no words for the event type. */
  readonly verb: Verb | undefined
  readonly object: { readonly kind: ObjectKind; readonly keyPath: string } | undefined
  /** `any` has no rule on the object; `some` names them, still none of them perhaps. */
  readonly which: 'any' | 'some'
  readonly names: readonly string[]
  /** What is left out of any. */
  readonly except: readonly string[]
  /** The courses that a CCX is of; undefined where it does not matter. */
  readonly of: readonly string[] | undefined
  /** All other data rules. */
  readonly rest: readonly DataRule[]
}

const objects: Partial<Record<EventName, readonly [ObjectKind, string]>> = {
  coursePassing: ['course', 'course.course_key'],
  ccxPassing: ['ccx', 'course.ccx_course_key'],
  certificate: ['course', 'course.course_key'],
  certificateChanged: ['course', 'course.course_key'],
  certificateRevoked: ['course', 'course.course_key'],
  programme: ['programme', 'program.uuid'],
  programmeRevoked: ['programme', 'program.uuid'],
  enrols: ['course', 'course.course_key'],
  enrolmentChanged: ['course', 'course.course_key'],
  leaves: ['course', 'course.course_key'],
  cohort: ['course', 'course.course_key'],
  examSubmitted: ['course', 'course_key'],
  examRejected: ['course', 'course_key'],
  examVerified: ['course', 'course_key'],
  examErrored: ['course', 'course_key'],
  examReset: ['course', 'course_key'],
  thread: ['course', 'course_id'],
  response: ['course', 'course_id'],
  comment: ['course', 'course_id'],
  badge: ['badge', 'template.uuid'],
  badgeLost: ['badge', 'template.uuid'],
  roleAdded: ['course', 'course_key'],
  roleRemoved: ['course', 'course_key'],
  lti: ['course', 'course_key'],
}

export const masterPath = 'course.master_course_key'
export const passingPath = 'is_passing'
const yes = ['true', 'True', 'yes', 'Yes', '+']
const no = ['false', 'False', 'no', 'No', '-']

type Part = { readonly eventType: string; readonly dataRules: readonly DataRule[] }

export function shapeOf({ eventType, dataRules }: Part): Shape {
  const name = eventNameOf(eventType)
  const rest = [...dataRules]
  const passing = takePassing(name, rest)
  const [kind, keyPath] = (name && objects[name]) ?? [undefined, undefined]
  const named = keyPath === undefined ? undefined : take(rest, keyPath, ['eq', 'in'])
  const except = keyPath === undefined ? undefined : take(rest, keyPath, ['ne', 'not_in'])
  const of = name === 'ccxPassing' ? take(rest, masterPath, ['eq', 'in']) : undefined
  return {
    verb: verbOf(name, passing),
    object: kind === undefined ? undefined : { kind, keyPath },
    which: named === undefined ? 'any' : 'some',
    names: named ?? [],
    except: except ?? [],
    of,
    rest,
  }
}

/** Names the object: `any` is any of them, an empty list is one that is still to be chosen. */
export function withObject(part: Part, keyPath: string, values: readonly string[] | 'any') {
  const [first = ''] = values
  const rule: DataRule =
    values.length > 1 && values !== 'any'
      ? { keyPath, operator: 'in', value: values }
      : { keyPath, operator: 'eq', value: first }
  return replaced(part, { keyPath, operators: ['eq', 'in'] }, values === 'any' ? undefined : rule)
}

/** Leaves things out; an empty list leaves out none. */
export function withExcept(part: Part, keyPath: string, values: readonly string[]) {
  const [first] = values
  const rule: DataRule | undefined =
    values.length > 1
      ? { keyPath, operator: 'not_in', value: values }
      : first === undefined
        ? undefined
        : { keyPath, operator: 'ne', value: first }
  return replaced(part, { keyPath, operators: ['ne', 'not_in'] }, rule)
}

type Operators = readonly DataRule['operator'][]

/** Puts a rule in the place of the first of its kind, or at the end; none takes it away. */
function replaced(
  { dataRules }: Part,
  { keyPath, operators }: { keyPath: string; operators: Operators },
  rule: DataRule | undefined,
): readonly DataRule[] {
  const place = dataRules.findIndex(
    (each) => each.keyPath === keyPath && operators.includes(each.operator),
  )
  const added = rule === undefined ? [] : [rule]
  if (place === -1) return [...dataRules, ...added]
  return [...dataRules.slice(0, place), ...added, ...dataRules.slice(place + 1)]
}

export function valuesOf({ value }: DataRule): readonly string[] {
  return [value].flat().filter((each) => each !== '')
}

function take(
  rules: DataRule[],
  keyPath: string,
  operators: readonly DataRule['operator'][],
): readonly string[] | undefined {
  const index = rules.findIndex(
    (rule) => rule.keyPath === keyPath && operators.includes(rule.operator),
  )
  const [found] = index === -1 ? [] : rules.splice(index, 1)
  return found && valuesOf(found)
}

function takePassing(name: EventName | undefined, rules: DataRule[]): boolean | undefined {
  if (name !== 'coursePassing' && name !== 'ccxPassing') return undefined
  const index = rules.findIndex(
    ({ keyPath, operator, value }) =>
      keyPath === passingPath &&
      operator === 'eq' &&
      typeof value === 'string' &&
      [...yes, ...no].includes(value),
  )
  const [found] = index === -1 ? [] : rules.splice(index, 1)
  return found && yes.some((word) => word === found.value)
}

function verbOf(name: EventName | undefined, passing: boolean | undefined): Verb | undefined {
  if (name === 'coursePassing') {
    return passing === undefined ? 'graded' : passing ? 'passes' : 'fails'
  }
  if (name === 'ccxPassing') {
    return passing === undefined ? 'ccxGraded' : passing ? 'passesCcx' : 'failsCcx'
  }
  return name
}

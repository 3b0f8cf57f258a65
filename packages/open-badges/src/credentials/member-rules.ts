import { OpenBadgesError } from '../errors.js'
import { isDateTime } from '../json/date-time.js'
import { isJsonObject, type JsonObject } from '../json/json.js'

/** Answers a member as it is written into a credential, or refuses it by its path. */
export type MemberRule<Value = unknown> = (value: unknown, path: string) => Value

/** A class of the specification: its members, each with the rule for its value. */
export type ClassRule = {
  readonly type: string
  /** Image, IdentityObject, IdentifierEntry and GeoCoordinates are named by a text, not a list. */
  readonly isPlainType?: true
  readonly required: readonly string[]
  readonly members: Readonly<Record<string, MemberRule>>
}

const EXTENSION = /^ext:[\w.-]+$/
const LANGUAGE = /^[a-z]{2,4}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$/
// RFC 3987, 2.2: a scheme, and none of the characters that end an IRI wherever it is written.
const IRI = /^[a-z][a-z\d+.-]*:[^\s<>"{}|\\^`]+$/i
const JWS = /^[\w-]+\.[\w-]+\.[\w-]+$/
const DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/

export const text = createRule(isText, 'a text')
export const iri = createRule(isIri, 'an absolute URI')
export const number = createRule(isNumber, 'a number')
export const dateTime = createRule(isDateTime, 'a date-time with a time zone')
export const date = createRule(isDate, 'a date such as 2026-01-31')
export const language = createRule(isLanguage, 'a language such as en, pt-BR or zh-Hans')
export const compactJws = createRule(isJws, 'a compact JWS: three parts of base64url and two dots')

/** One of the listed words. */
export function oneOf(words: readonly string[]): MemberRule<string> {
  const isWord = (value: unknown): value is string => isText(value) && words.includes(value)
  return createRule(isWord, `one of ${words.join(', ')}`)
}

/** One of the listed words, or one of somebody's own that begins with `ext:`. */
export function extensible(words: readonly string[]): MemberRule<string> {
  const isWord = (value: unknown): value is string =>
    isText(value) && (words.includes(value) || EXTENSION.test(value))
  return createRule(isWord, `one of ${words.join(', ')}, or a word of your own after ext:`)
}

/** Any number of values, in the order given; none is left out altogether. */
export function listOf(rule: MemberRule): MemberRule {
  return (value, path) => {
    if (!Array.isArray(value)) throw refusal(path, 'a list')
    return value.length === 0 ? undefined : value.map((item, i) => rule(item, `${path}[${i}]`))
  }
}

/** An object of a class, with its type and without what is absent. */
export function objectOf(rule: ClassRule): MemberRule<JsonObject> {
  return (value, path) => {
    if (!isJsonObject(value)) throw refusal(path, 'an object')
    const given = Object.entries(value).filter(([, member]) => member !== undefined)
    assertRequired(value, rule, path)
    const members = given.map(([name, member]) => {
      const check = rule.members[name]
      if (check === undefined) throw unknownMember(`${path}.${name}`, rule.type)
      return [name, check(member, `${path}.${name}`)] as const
    })
    return {
      type: rule.isPlainType ? rule.type : [rule.type],
      ...Object.fromEntries(members.filter(([, member]) => member !== undefined)),
    }
  }
}

/** The refusal of a member, by its path. */
export function refusal(path: string, expected: string): OpenBadgesError {
  return new OpenBadgesError('ERR_OB_INPUT', `${path} must be ${expected}.`)
}

function assertRequired(value: JsonObject, { required }: ClassRule, path: string): void {
  const missing = required.find((name) => value[name] === undefined)
  if (missing !== undefined) throw refusal(`${path}.${missing}`, 'given')
}

function unknownMember(path: string, type: string): OpenBadgesError {
  const message = `${path} is not a member that ${type} has in Open Badges 3.0; remove it.`
  return new OpenBadgesError('ERR_OB_INPUT', message)
}

function createRule<Value>(
  isAllowed: (value: unknown) => value is Value,
  expected: string,
): MemberRule<Value> {
  return (value, path) => {
    if (!isAllowed(value)) throw refusal(path, expected)
    return value
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isIri(value: unknown): value is string {
  return isText(value) && IRI.test(value)
}

function isNumber(value: unknown): value is number {
  return Number.isFinite(value)
}

function isDate(value: unknown): value is string {
  return isText(value) && DATE.test(value)
}

function isLanguage(value: unknown): value is string {
  return isText(value) && LANGUAGE.test(value)
}

function isJws(value: unknown): value is string {
  return isText(value) && JWS.test(value)
}

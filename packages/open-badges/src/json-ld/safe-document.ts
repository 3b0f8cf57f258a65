import { OpenBadgesError } from '../errors.js'
import { asArray, isJsonObject, type JsonObject, stringsOf } from '../json/json.js'
import { contexts, unknownContext } from './contexts.js'

const MAX_CONTEXTS = 8
const MAX_DEPTH = 40
const MAX_NODES = 20_000

/**
 * Refuses a document that could say one thing to JSON-LD and another to a reader of its members.
 *
 * A signature covers statements, not spelling: `validUntil` spelled as its full IRI, a null, an
 * `@index` or a nested context leave it intact and change what a JSON reader sees. A badge in
 * the plain form of Open Badges 3.0, Serialization, needs none of these.
 */
export function assertSafeDocument(document: JsonObject): void {
  if (sound.has(document)) return
  const walk = { depth: 1, nodes: MAX_NODES }
  assertContexts(document['@context'])
  for (const name of Object.keys(document)) {
    if (name !== '@context') checkMember(name, document[name], walk)
  }
}

// Copies that nobody but their verification holds, and nobody changes: looked at once.
const sound = new WeakSet<JsonObject>()

/** The same of a document that is this verification's own, and is not looked at again. */
export function assertSafeCopy(document: JsonObject): void {
  assertSafeDocument(document)
  sound.add(document)
}

/** Takes over what is known of a copy to a part of it: fewer of the same members. */
export function inheritSafety(part: JsonObject, whole: JsonObject): void {
  if (sound.has(whole)) sound.add(part)
}

/** Refuses contexts that are not bundled, or that are written into the document. */
function assertContexts(context: unknown): void {
  const list = asArray(context)
  if (list.length === 0 || list.length > MAX_CONTEXTS || new Set(list).size !== list.length) {
    throw unsafe(`@context must list 1 to ${MAX_CONTEXTS} different contexts`)
  }
  for (const url of list) {
    if (typeof url !== 'string') throw unsafe('a context written into the document is not allowed')
    if (!contexts.has(url)) throw unknownContext(url)
  }
}

/** How deep the walk is, and how many values may still be looked at in the whole document. */
type Walk = { depth: number; nodes: number }

function checkMember(name: string, value: unknown, walk: Walk): void {
  if (name.startsWith('@')) throw unsafe(`the keyword ${name} is not allowed here`)
  if (name.includes(':')) throw unsafe(`the member "${name.slice(0, 80)}" is spelled as an IRI`)
  if (name === 'id') checkId(value)
  if (value === undefined || (Array.isArray(value) && value.length === 0)) {
    throw unsafe(`"${name}" is an empty array`)
  }
  if (!Array.isArray(value)) checkValue(name, value, walk)
  else for (const item of value) checkValue(name, item, walk)
}

function checkValue(name: string, value: unknown, walk: Walk): void {
  walk.nodes -= 1
  if (walk.nodes < 0 || walk.depth > MAX_DEPTH) {
    throw new OpenBadgesError('ERR_OB_TOO_LARGE', 'The document has too many or too deep members.')
  }
  if (value === null || value === undefined) throw unsafe(`"${name}" is null`)
  // Half a character is hashed as U+FFFD, so another half would have the same signature.
  if (typeof value === 'string' && /\p{Surrogate}/u.test(value)) {
    throw unsafe(`"${name}" holds half a character`)
  }
  if (Array.isArray(value)) throw unsafe(`"${name}" has an array inside an array`)
  if (isJsonObject(value)) checkObject(name, value, walk)
}

function checkObject(name: string, value: JsonObject, walk: Walk): void {
  const members = Object.keys(value)
  if (members.length === 0) throw unsafe(`"${name}" is an empty object`)
  if ('@value' in value) {
    checkText(name, value)
    return
  }
  walk.depth += 1
  for (const member of members) checkInner(value, member, walk)
  walk.depth -= 1
}

function checkInner(parent: JsonObject, name: string, walk: Walk): void {
  // An endorsement, or a badge in a learner record, is a credential inside a credential and brings its
  // own contexts; a proof of the JSON as it is names those that it was made under (vc-di-eddsa, 3.3.1).
  if (name === '@context' && (isCredential(parent) || isJsonProof(parent)))
    assertContexts(parent[name])
  else checkMember(name, parent[name], walk)
}

// Text with a language is the one value that plain JSON cannot say (VC Data Model 2.0, 11.1).
function checkText(name: string, value: JsonObject): void {
  const { '@value': text, '@language': language, ...rest } = value
  const plain = typeof text === 'string' && typeof language === 'string'
  if (plain && !/\p{Surrogate}/u.test(text) && Object.keys(rest).length === 0) return
  throw unsafe(`"${name}" is a value object other than text with a language`)
}

// Blank node names are not signed; an IRI with these characters is not an IRI (RFC 3987, 2.2).
function checkId(value: unknown): void {
  if (typeof value !== 'string') throw unsafe('an id is not a string')
  if (value.startsWith('_:')) throw unsafe('an id names a blank node')
  if (/[\s<>"{}|\\^`]/.test(value)) throw unsafe('an id is not an IRI')
}

function isCredential(value: JsonObject): boolean {
  const types = stringsOf(value['type'])
  return types.includes('EndorsementCredential') || types.includes('VerifiableCredential')
}

function isJsonProof({ type, cryptosuite }: JsonObject): boolean {
  return (
    type === 'DataIntegrityProof' && /^(eddsa-jcs-2022|ecdsa-jcs-2019)$/.test(String(cryptosuite))
  )
}

function unsafe(reason: string): OpenBadgesError {
  return new OpenBadgesError('ERR_OB_UNSAFE', `The document is not plain JSON-LD: ${reason}.`)
}

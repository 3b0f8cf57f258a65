import type { KeyObject } from 'node:crypto'
import { OpenBadgesError } from '../errors.js'
import { canonizeJson } from '../json/jcs.js'
import {
  asArray,
  isJsonObject,
  type JsonObject,
  measuredCopy,
  parseJson,
  stringsOf,
} from '../json/json.js'
import { isCompactJws } from '../reading/detect.js'
import type { VerifyOptions } from '../report/report.js'
import { didWebUrl, isDidWeb, withoutFragment } from './did.js'
import { inlineDocumentOf, isInlineDid } from './did-documents.js'
import { publicKeyOfJwk } from './public-keys.js'
import { keyOfMethod } from './verification-methods.js'

/** Answers URLs with documents, and remembers what it answered during one verification. */
export type Documents = (url: string) => Promise<JsonObject>

/** A public key as it was published. */
export type PublishedKey = {
  readonly id: string
  /** Whose key it says it is; a bare JSON Web Key does not say. */
  readonly controller?: string
  readonly key: KeyObject
  /** As they were published: a date-time, if the publisher knows its trade. */
  readonly revoked?: unknown
  readonly expires?: unknown
}

// Each is parsed and compared.
const MAX_JWKS = 100

// A badge asks for a handful. A record of a hundred badges asks for some hundreds.
const MAX_DOCUMENTS = 500

// All that one verification reads. Status lists are the largest, with some 100 KB each.
const MAX_CHARACTERS = 24 * 1024 * 1024

// Those that have a memory already: badges of a record share that of the record.
const remembering = new WeakSet<VerifyOptions['documents']>()

/** Asks each URL once, and takes a bounded private copy of what comes back. */
export function rememberDocuments(documents: VerifyOptions['documents']): Documents {
  if (isRemembering(documents)) return documents
  const memory = createMemory(documents)
  remembering.add(memory)
  return memory
}

function isRemembering(documents: VerifyOptions['documents']): documents is Documents {
  return remembering.has(documents)
}

function createMemory(documents: VerifyOptions['documents']): Documents {
  const known = new Map<string, Promise<JsonObject>>()
  const left = { characters: MAX_CHARACTERS }
  return (url) => {
    const answer = known.get(url)
    if (answer !== undefined) return answer
    if (known.size >= MAX_DOCUMENTS)
      return Promise.reject(new Error('Too many addresses are asked.'))
    const asked = fetchDocument(documents, url, left)
    known.set(url, asked)
    return asked
  }
}

async function fetchDocument(
  documents: VerifyOptions['documents'],
  url: string,
  left: { characters: number },
): Promise<JsonObject> {
  const answer = await documents(url)
  if (left.characters <= 0) throw new Error('Too much is read for one badge.')
  if (typeof answer === 'string' && isCompactJws(answer.trim())) {
    left.characters -= answer.length
    return { jwt: answer.trim() }
  }
  if (answer === undefined) throw new Error(`There is nothing at ${url}.`)
  const { copy: document, characters } = read(answer)
  left.characters -= characters
  if (!isJsonObject(document)) throw new Error(`There is no JSON object at ${url}.`)
  return document
}

// Some sources of documents answer with the text as it came.
function read(answer: unknown) {
  return typeof answer === 'string'
    ? { copy: parseJson(answer), characters: answer.length }
    : measuredCopy(answer)
}

/** The compact JWS that a document was answered as, when it was. */
export function tokenOf({ jwt, ...rest }: JsonObject): string | undefined {
  return typeof jwt === 'string' && Object.keys(rest).length === 0 ? jwt : undefined
}

/** Finds the public key that a proof names (Controlled Identifiers 1.0, 3.3). */
export async function resolveKey(method: string, documents: Documents): Promise<PublishedKey> {
  const document = await fetchKeyDocument(method, documents)
  const bare = bareKeyOf(document, method)
  if (bare !== undefined) return bareKey(method, bare)
  const found = onlyOneOf([document, ...methodsOf(document)].filter(({ id }) => id === method))
  if (found === undefined) {
    throw new OpenBadgesError('ERR_OB_KEY_NOT_FOUND', 'No such key is published.')
  }
  return toPublishedKey(found, method)
}

/** The key that is a JSON Web Key without a controller. */
export function bareKey(id: string, jwk: JsonObject): PublishedKey {
  const { revoked } = jwk
  return { id, key: publicKeyOfJwk(jwk), revoked }
}

/**
 * What is published under a name, which must be one thing however often it is listed.
 *
 * Of two keys with one name each reader would take another; of two entries for one key, one may
 * say that it is revoked.
 */
export function onlyOneOf(found: readonly JsonObject[]): JsonObject | undefined {
  if (new Set(found.map(canonizeJson)).size <= 1) return found[0]
  const message = 'Two different keys are published under this name.'
  throw new OpenBadgesError('ERR_OB_KEY_MATERIAL', message)
}

/** The document an issuer publishes under its id, with its keys (Controlled Identifiers 1.0, 2.1). */
export async function resolveController(id: string, documents: Documents): Promise<JsonObject> {
  const inline = inlineDocumentOf(id)
  if (inline !== undefined) return inline
  try {
    return await documents(addressOf(id))
  } catch (cause) {
    throw new OpenBadgesError('ERR_OB_ISSUER_UNREACHABLE', 'The issuer does not answer.', {
      cause,
    })
  }
}

/**
 * The JSON Web Keys that an issuer's host publishes for this issuer (Open Badges 3.0, 8).
 *
 * The well-known address belongs to whoever runs the host. One with several issuers says whose each
 * key is in `iss`.
 */
export async function hostKeysOf(issuerId: string, documents: Documents) {
  const { origin } = new URL(addressOf(issuerId))
  const document = await documents(`${origin}/.well-known/jwks.json`)
  return jwksOf(document).filter(({ iss }) => iss === undefined || iss === issuerId)
}

// Each is compared with each; to leave some out could hide that one of them is revoked.
const MAX_METHODS = 1000

function listedIn(document: JsonObject, ...names: readonly string[]): readonly unknown[] {
  const listed = names.flatMap((name) => asArray(document[name]))
  if (listed.length <= MAX_METHODS) return listed
  const message = `The issuer lists ${listed.length} keys, and no more than ${MAX_METHODS} are read.`
  throw new OpenBadgesError('ERR_OB_KEY_MATERIAL', message)
}

/** The verification methods written out in a controller document, ids made absolute. */
export function methodsOf(document: JsonObject): readonly JsonObject[] {
  const listed = listedIn(document, 'verificationMethod', 'assertionMethod')
  return listed
    .filter(isJsonObject)
    .map((method) => ({ ...method, id: absolute(method, document) }))
}

/** The ids that a controller document allows to make assertions (Controlled Identifiers 1.0, 2.3.2). */
export function assertionMethodsOf(document: JsonObject): readonly unknown[] {
  const base = String(document['id'])
  const listed = listedIn(document, 'assertionMethod')
  const references = stringsOf(listed)
  const embedded = listed.filter(isJsonObject)
  return [
    ...references.map((id) => (id.startsWith('#') ? base + id : id)),
    ...embedded.map((method) => absolute(method, document)),
  ]
}

function absolute({ id }: JsonObject, document: JsonObject): unknown {
  return typeof id === 'string' && id.startsWith('#') ? `${String(document['id'])}${id}` : id
}

async function fetchKeyDocument(method: string, documents: Documents): Promise<JsonObject> {
  const inline = isInlineDid(method) ? inlineDocumentOf(withoutFragment(method)) : undefined
  if (inline !== undefined) return inline
  try {
    return await documents(addressOf(method))
  } catch (cause) {
    const base = withoutFragment(method)
    // A source of documents may know the whole document only, not each key in it.
    if (base !== method) return await fetchKeyDocument(base, documents)
    throw new OpenBadgesError('ERR_OB_KEY_UNREACHABLE', 'The address of the key does not answer.', {
      cause,
    })
  }
}

function addressOf(id: string): string {
  if (isDidWeb(id)) return didWebUrl(id)
  if (/^https?:\/\//i.test(id)) return id
  throw new Error(`Only https, did:web, did:key and did:jwk are looked up, not ${id.slice(0, 80)}.`)
}

// The address of a key may answer with one JSON Web Key or with a set of them (RFC 7517, 4 and 5).
function bareKeyOf(document: JsonObject, method: string): JsonObject | undefined {
  if (typeof document['kty'] === 'string') return document
  const keys = jwksOf(document)
  const names = [method, method.slice(withoutFragment(method).length + 1)]
  return onlyOneOf(
    keys.filter(({ kid }) => typeof kid === 'string' && kid !== '' && names.includes(kid)),
  )
}

function jwksOf(document: JsonObject): readonly JsonObject[] {
  return asArray(document['keys']).filter(isJsonObject).slice(0, MAX_JWKS)
}

function toPublishedKey(method: JsonObject, id: string): PublishedKey {
  const { controller, revoked, expires } = method
  const key = keyOfMethod(method)
  if (typeof controller === 'string') return { id, controller, key, revoked, expires }
  // One controller, or a reader would choose among them (Controlled Identifiers 1.0, 2.2).
  const message = 'The key does not name the one who controls it.'
  throw new OpenBadgesError('ERR_OB_KEY_MATERIAL', message)
}

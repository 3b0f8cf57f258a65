import { isEndorsement } from '../credentials/endorsement-schema.js'
import { isJsonObject, type JsonObject, stringsOf } from '../json/json.js'
import type { BadgeKind } from '../report/report.js'

/** The versions of Open Badges that can be baked. */
export type BadgeVersion = '3.0' | '2.0'

const COMPACT_JWS = /^[\w-]+\.[\w-]+\.[\w-]+$/

/** True for a compact JWS: three base64url parts (RFC 7515, 3.1). */
export function isCompactJws(text: string): boolean {
  return COMPACT_JWS.test(text)
}

const CREDENTIAL = /\/credentials\/v|\/ob\/v3p0\/|\/clr\/v2p0\//
const VERSION_2_1 = /\/ob\/v2p1\//
const VERSION_2 = /openbadges?(pec)?[^/]*\/(.*\/)?v2([./#]|$)/
const VERSION_1 = /openbadges?(pec)?[^/]*\/(.*\/)?v1([./#]|$)/

/**
 * The kind of badge that a document is, by what it says and never by its file's name.
 *
 * Versions are told by their contexts; 1.0 and 0.5 had none (OB 1.0 and 0.5, Assertion).
 */
export function kindOf(document: JsonObject): BadgeKind {
  const contexts = contextsOf(document)
  const names = (pattern: RegExp) => contexts.some((url) => pattern.test(url))
  if (names(CREDENTIAL)) return credentialKindOf(document, contexts)
  if (names(VERSION_2_1)) return 'Assertion 2.1'
  if (names(VERSION_2)) return 'Assertion 2.0'
  if (names(VERSION_1)) return 'Assertion 1.1'
  if (stringsOf(document['type']).includes('VerifiableCredential')) {
    return credentialKindOf(document, contexts)
  }
  if (!('badge' in document)) return 'unrecognised'
  return typeof document['recipient'] === 'string' && !('verify' in document)
    ? 'Assertion 0.5'
    : 'Assertion 1.0'
}

// The names that tell a version are short, and a stranger's may be made to be searched for minutes.
const MAX_CONTEXTS = 50
const MAX_CONTEXT_LENGTH = 200

function contextsOf(document: JsonObject): readonly string[] {
  const contexts = stringsOf(document['@context']).slice(0, MAX_CONTEXTS)
  return contexts.filter(({ length }) => length <= MAX_CONTEXT_LENGTH)
}

function credentialKindOf(document: JsonObject, contexts: readonly string[]): BadgeKind {
  if (stringsOf(document['type']).includes('ClrCredential')) return 'ClrCredential 2.0'
  if (isEndorsement(document)) return 'EndorsementCredential 3.0'
  const [envelope = ''] = contexts
  return envelope.endsWith('/credentials/v1')
    ? 'OpenBadgeCredential 3.0 (VC 1.1)'
    : 'OpenBadgeCredential 3.0'
}

/** How a badge's text is baked: as before 3.0 when it is an assertion, and as 3.0 otherwise. */
export function versionOf(text: string): BadgeVersion {
  const document = tryParse(isCompactJws(text) ? partOf(text, 1) : text)
  return isJsonObject(document) && kindOf(document).startsWith('Assertion') ? '2.0' : '3.0'
}

/** The JSON behind text, or undefined when it is none. */
export function tryParse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The text of a compact JWS's header (0) or payload (1) (RFC 7515, 3.1). */
export function partOf(jws: string, index: 0 | 1): string {
  return Buffer.from(jws.split('.')[index] ?? '', 'base64url').toString('utf8')
}

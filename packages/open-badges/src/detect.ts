import { isJsonObject, type JsonObject, stringsOf } from './json.js'

/** The versions of Open Badges that can be baked. */
export type BadgeVersion = '3.0' | '2.0'

const COMPACT_JWS = /^[\w-]+\.[\w-]+\.[\w-]+$/

/** True for a compact JWS: three base64url parts (RFC 7515, 3.1). */
export function isCompactJws(text: string): boolean {
  return COMPACT_JWS.test(text)
}

/** True for an Open Badges 2.0 document (OB 2.0, context). */
export function isVersion2(document: JsonObject): boolean {
  return stringsOf(document['@context']).some((url) => /\/openbadges\/v2$|\/ob\/v2p1\//.test(url))
}

/** The version a badge's text belongs to; anything not plainly 2.0 is taken for 3.0. */
export function versionOf(text: string): BadgeVersion {
  const document = tryParse(isCompactJws(text) ? payloadOf(text) : text)
  return isJsonObject(document) && isVersion2(document) ? '2.0' : '3.0'
}

/** The JSON behind text, or undefined when it is none. */
export function tryParse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function payloadOf(jws: string): string {
  return Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString('utf8')
}

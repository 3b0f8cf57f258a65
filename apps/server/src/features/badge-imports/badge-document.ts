import { detectImage, type JsonObject, unbake } from '@rosette/open-badges'

/** A badge as its text: JSON, or a compact JWS; what was verified, without picture and address around it. */
export type BadgeText = { readonly text: string; readonly document: JsonObject }

/**
 * The badge in what was handed in. `served` is what its address answered, where an address was given.
 * Only for what verification could read; undefined where it is nothing of that kind after all.
 */
export function readBadgeText(
  content: Uint8Array | string,
  served: Uint8Array | undefined,
): BadgeText | undefined {
  const given = textIn(content)
  // Whatever else was asked first, such as a key, is not the badge.
  const text = /^https?:\/\//i.test(given) || given === '' ? textIn(served ?? '') : given
  const document = documentOf(text)
  return document && { text, document }
}

/** The document in the text of a badge; of a token, what it carries. */
export function documentOf(text: string): JsonObject | undefined {
  const [, payload] = /^[\w-]+\.([\w-]+)\.[\w-]+$/.exec(text) ?? []
  const value = tryParse(payload === undefined ? text : fromBase64(payload))
  if (!isObject(value)) return undefined
  const { vc } = value
  return isObject(vc) ? { ...claimsOf(value), ...vc } : value
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A value as a list: absent is empty, one value is a list of one. */
export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value]
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function textIn(content: Uint8Array | string): string {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  if (detectImage(bytes) === undefined) return Buffer.from(bytes).toString('utf8').trim()
  try {
    return unbake(bytes).text.trim()
  } catch {
    return ''
  }
}

function fromBase64(part: string): string {
  return Buffer.from(part, 'base64url').toString('utf8')
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

// What a token says of its credential outside of it (VC Data Model 1.1, 6.3.1).
function claimsOf({ jti, iss }: JsonObject): JsonObject {
  return { ...(jti !== undefined && { id: jti }), ...(iss !== undefined && { issuer: iss }) }
}

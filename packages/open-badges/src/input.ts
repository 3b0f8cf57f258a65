import { detectImage, unbake } from './bake.js'
import { isCompactJws, isVersion2 } from './detect.js'
import { OpenBadgesError } from './errors.js'
import { copyJson, isJsonObject, type JsonObject, parseJson, stringsOf } from './json.js'
import type { BadgeKind } from './report.js'

/** A badge as it was handed in, recognised by its content. */
export type RecognisedBadge = {
  readonly kind: BadgeKind
  readonly document: JsonObject
  /** Whether the badge came inside an image. */
  readonly baked: boolean
}

const MAX_INPUT_BYTES = 32 * 1024 * 1024

/** Recognises text, an object, or the bytes of JSON, PNG or SVG; throws when it is none of them. */
export function parseBadge(input: unknown): RecognisedBadge {
  const baked = input instanceof Uint8Array && detectImage(input) !== undefined
  const text = baked ? unbake(input).text : textOf(input)
  const value = text === undefined ? copyJson(input) : parseText(text.trim())
  if (typeof value === 'string') return { kind: 'OpenBadge JWT', document: {}, baked }
  if (!isJsonObject(value)) {
    throw new OpenBadgesError('ERR_OB_JSON', 'A badge is a JSON object.')
  }
  return { kind: kindOf(value), document: value, baked }
}

function textOf(input: unknown): string | undefined {
  if (typeof input === 'string') return input
  if (!(input instanceof Uint8Array)) return undefined
  if (input.length > MAX_INPUT_BYTES) {
    throw new OpenBadgesError('ERR_OB_TOO_LARGE', 'The badge is larger than 32 MB.')
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(input)
  } catch (cause) {
    throw new OpenBadgesError('ERR_OB_JSON', 'The badge is neither UTF-8 text nor an image.', {
      cause,
    })
  }
}

function parseText(text: string): unknown {
  return isCompactJws(text) ? text : parseJson(text)
}

function kindOf(document: JsonObject): BadgeKind {
  const contexts = stringsOf(document['@context'])
  if (contexts.some((url) => url.includes('/credentials/v') || url.includes('/ob/v3p0/'))) {
    return 'OpenBadgeCredential 3.0'
  }
  if (isVersion2(document)) return 'Assertion 2.0'
  if (stringsOf(document['type']).includes('VerifiableCredential')) return 'OpenBadgeCredential 3.0'
  return 'badge' in document ? 'Assertion 1.x' : 'unrecognised'
}

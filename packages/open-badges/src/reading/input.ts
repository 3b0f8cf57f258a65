import { isUrl } from '../assertions/assertion-documents.js'
import { OpenBadgesError } from '../errors.js'
import { detectImage, unbake } from '../images/bake.js'
import { copyJson, isJsonObject, type JsonObject, parseJson } from '../json/json.js'
import { present } from '../json/members.js'
import { type Jws, parseJws } from '../proofs/jws.js'
import type { BadgeKind, VerifyOptions } from '../report/report.js'
import { type BadgeVersion, isCompactJws, kindOf, partOf } from './detect.js'

/** A badge as it was handed in, recognised by its content. */
export type RecognisedBadge = {
  readonly kind: BadgeKind
  readonly document: JsonObject
  /** Whether the badge came inside an image. */
  readonly baked: boolean
  /** The compact JWS that carried the document. */
  readonly token?: string
  /** The same taken apart, when it is sound. */
  readonly jws?: Jws
  /** The address that answered with the document. */
  readonly source?: string
  /** The versions of further badges in the same image. */
  readonly others?: readonly BadgeVersion[]
}

/** What was inside an image, an address or plain text; a string is not read yet. */
type Content = Pick<RecognisedBadge, 'baked' | 'others'> & { readonly content: unknown }

const MAX_INPUT_BYTES = 32 * 1024 * 1024
const DATA_URI = /^data:[^,]{0,200},/i

/**
 * Recognises an object, the bytes of JSON, PNG or SVG, or text: JSON, a compact JWS, an address, a
 * data URI. Throws when it is none of them.
 */
export async function readBadge(
  input: unknown,
  documents: VerifyOptions['documents'],
): Promise<RecognisedBadge> {
  const given = toUri(input)
  const found = takeOut(isDataUri(given) ? bytesOf(given) : given)
  if (!isUrl(found.content)) return recognise(found)
  const source = found.content
  const answer = takeOut(await fetchBadge(source, documents))
  if (isUrl(answer.content)) {
    const message = 'The address of the badge answers with yet another address.'
    throw new OpenBadgesError('ERR_OB_MALFORMED', message)
  }
  return { ...recognise(answer), baked: found.baked || answer.baked, source }
}

function takeOut(input: unknown): Content {
  const bytes = typeof input === 'string' && /^\s*</.test(input) ? Buffer.from(input) : input
  if (bytes instanceof Uint8Array && detectImage(bytes) !== undefined) {
    const { text, others } = unbake(bytes)
    return present({ content: text.trim(), baked: true, others })
  }
  return { content: textOf(bytes)?.trim() ?? bytes, baked: false }
}

function recognise({ content, baked, others }: Content): RecognisedBadge {
  const token = typeof content === 'string' && isCompactJws(content) ? content : undefined
  const jws = token === undefined ? undefined : tryParseJws(token)
  const document = jws?.payload ?? documentOf(content, token)
  const { vc } = document
  const credential = isJsonObject(vc) ? vc : document
  const kind = isJsonObject(vc) ? 'OpenBadge JWT' : kindOf(document)
  // What was an assertion before 3.0 is signed whole; a credential in a JWS is a VC-JWT.
  const isVcJwt = token !== undefined && !kind.startsWith('Assertion')
  return present({
    kind: isVcJwt && kind !== 'unrecognised' ? 'OpenBadge JWT' : kind,
    document: isVcJwt ? credential : document,
    baked,
    token,
    jws,
    others,
  })
}

const BYTE_ORDER_MARK = '77u_'

// An unsound one is read all the same, to say what kind of badge it would be.
function tryParseJws(token: string): Jws | undefined {
  if (token.includes(`.${BYTE_ORDER_MARK}`)) return undefined
  try {
    return parseJws(token)
  } catch {
    return undefined
  }
}

function documentOf(content: unknown, token: string | undefined): JsonObject {
  const text = token === undefined ? content : partOf(token, 1)
  const value = typeof text === 'string' ? parseJson(text) : copyJson(text)
  if (isJsonObject(value)) return value
  throw new OpenBadgesError('ERR_OB_JSON', 'A badge is a JSON object.')
}

async function fetchBadge(url: string, documents: VerifyOptions['documents']): Promise<unknown> {
  try {
    return await documents(url)
  } catch (cause) {
    const message = 'The address of the badge does not answer; try again, or give the badge itself.'
    throw new OpenBadgesError('ERR_OB_HOSTED_UNREACHABLE', message, { cause })
  }
}

// A data URI may come as a file, too.
function toUri(input: unknown): unknown {
  if (!(input instanceof Uint8Array)) return input
  const start = Buffer.from(input.subarray(0, 64)).toString('latin1')
  return /^\s*data:/i.test(start) ? textOf(input) : input
}

function isDataUri(input: unknown): input is string {
  return typeof input === 'string' && DATA_URI.test(input.trimStart())
}

// RFC 2397: base64 when it says so, percent-encoded otherwise.
function bytesOf(uri: string): Uint8Array {
  if (uri.length > MAX_INPUT_BYTES) throw tooLarge()
  const [head = ''] = DATA_URI.exec(uri.trimStart()) ?? []
  const body = uri.trim().slice(head.length)
  if (/;\s*base64,$/i.test(head)) return Buffer.from(body, 'base64')
  try {
    return Buffer.from(decodeURIComponent(body))
  } catch (cause) {
    throw new OpenBadgesError('ERR_OB_JSON', 'The data URI is not properly encoded.', { cause })
  }
}

function textOf(input: unknown): string | undefined {
  if (typeof input === 'string') return input
  if (!(input instanceof Uint8Array)) return undefined
  if (input.length > MAX_INPUT_BYTES) throw tooLarge()
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(input)
  } catch (cause) {
    throw new OpenBadgesError('ERR_OB_JSON', 'The badge is neither UTF-8 text nor an image.', {
      cause,
    })
  }
}

function tooLarge(): OpenBadgesError {
  return new OpenBadgesError('ERR_OB_TOO_LARGE', 'The badge is larger than 32 MB.')
}

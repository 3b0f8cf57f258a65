import { detectImage } from '@rosette/open-badges'
import type { EntryRow } from './entry-repository.js'
import type { Refusal } from './refusals.js'

/** A badge as it comes in by one of the doors. */
export type Given = {
  /** The bytes of a file, text (JSON, a compact JWS, an address, a data URI), or an object. */
  readonly content: unknown
  readonly source: EntryRow['source']
  /** Where it was found, when the address was not what was given. */
  readonly sourceUrl?: string | undefined
  /** What the file is called, for the answer. */
  readonly name?: string | undefined
  readonly signal?: AbortSignal | undefined
}

/** The same ready to be verified, with the bytes that are kept. */
export type Prepared = {
  readonly submission: { readonly badge: Uint8Array | string }
  /** Undefined for an address: then what it answers is kept. */
  readonly bytes: Buffer | undefined
  readonly address: string | undefined
  readonly contentType: string | undefined
}

const mostBytes = 8 * 1024 * 1024

/** Finds out what was given by its content; what anybody calls it decides nothing. */
export function prepare({ content }: Given): Prepared | Refusal {
  const given = content instanceof Uint8Array ? content : Buffer.from(toText(content))
  // A data URI stands for a file, and that is kept.
  const bytes = Buffer.from(dataIn(given) ?? given)
  if (bytes.length > mostBytes) return tooLarge
  const kind = detectImage(bytes)
  const text = kind === undefined ? bytes.toString('utf8').trim() : ''
  if (kind === undefined && text === '') return empty
  const address = addressIn(text)
  if (address !== undefined) {
    return { submission: { badge: address }, bytes: undefined, address, contentType: undefined }
  }
  const contentType = kind === undefined ? typeOf(text) : imageTypes[kind]
  return { submission: { badge: bytes }, bytes, address, contentType }
}

const imageTypes = { png: 'image/png', svg: 'image/svg+xml' } as const

function typeOf(text: string): string {
  return /^[\w-]+\.[\w-]+\.[\w-]+$/.test(text) ? 'application/vc+jwt' : 'application/json'
}

const empty: Refusal = {
  code: 'ERR_OB_JSON',
  message: 'There is nothing in it. Give the badge as a file, as its text, or by its link.',
}
const tooLarge: Refusal = {
  code: 'ERR_OB_TOO_LARGE',
  message: 'The badge is larger than 8 MB. Give a smaller file of it, or its link.',
}

// An address is often copied without its beginning.
function addressIn(text: string): string | undefined {
  if (/^https?:\/\/\S+$/i.test(text)) return text
  return /^[\w-]+(\.[\w-]+)+(:\d+)?\/\S*$/.test(text) ? `https://${text}` : undefined
}

// RFC 2397: base64 when it says so, percent-encoded otherwise.
function dataIn(given: Uint8Array): Buffer | undefined {
  if (!/^\s*data:/i.test(Buffer.from(given.subarray(0, 64)).toString('latin1'))) return undefined
  const text = Buffer.from(given).toString('utf8').trim()
  const comma = text.indexOf(',')
  const head = comma < 0 ? text : text.slice(0, comma)
  const body = text.slice(head.length + 1)
  if (/;\s*base64$/i.test(head)) return Buffer.from(body, 'base64')
  try {
    return Buffer.from(decodeURIComponent(body))
  } catch {
    // Verification says what is wrong with it.
    return undefined
  }
}

function toText(content: unknown): string {
  if (typeof content === 'string') return content
  try {
    return JSON.stringify(content) ?? ''
  } catch {
    return ''
  }
}

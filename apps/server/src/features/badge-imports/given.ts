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
  if (content instanceof Uint8Array) {
    const kind = detectImage(content)
    if (kind === undefined) return fromText(Buffer.from(content).toString('utf8'), content)
    const contentType = { png: 'image/png', svg: 'image/svg+xml' }[kind]
    return checked({ submission: { badge: content }, ...kept(content), contentType })
  }
  const text = typeof content === 'string' ? content : toText(content)
  return fromText(text)
}

function fromText(given: string, bytes: Uint8Array = Buffer.from(given)): Prepared | Refusal {
  const text = given.trim()
  if (text === '') return empty
  const address = addressIn(text)
  if (address !== undefined) {
    return { submission: { badge: address }, bytes: undefined, address, contentType: undefined }
  }
  const isToken = /^[\w-]+\.[\w-]+\.[\w-]+$/.test(text)
  const isImage = /^</.test(text) && detectImage(Buffer.from(text)) === 'svg'
  const contentType = isToken
    ? 'application/vc+jwt'
    : isImage
      ? 'image/svg+xml'
      : 'application/json'
  const badge = bytes.length === Buffer.byteLength(given) ? text : bytes
  return checked({ submission: { badge }, ...kept(dataIn(text) ?? bytes), contentType })
}

function kept(bytes: Uint8Array) {
  return { bytes: Buffer.from(bytes), address: undefined }
}

function checked(prepared: Prepared): Prepared | Refusal {
  const length = prepared.bytes?.length ?? 0
  if (length === 0) return empty
  return length > mostBytes ? tooLarge : prepared
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

// What is kept of a data URI is the file that it stands for.
function dataIn(text: string): Buffer | undefined {
  const [, body] = /^data:[^,]{0,200};\s*base64,(.+)$/is.exec(text) ?? []
  return body === undefined ? undefined : Buffer.from(body, 'base64')
}

function toText(content: unknown): string {
  try {
    return JSON.stringify(content) ?? ''
  } catch {
    return ''
  }
}

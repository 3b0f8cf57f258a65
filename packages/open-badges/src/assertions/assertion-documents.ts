import { objectOf, text } from '../credentials/summary.js'
import { OpenBadgesError } from '../errors.js'
import type { JsonObject } from '../json/json.js'
import type { Documents } from '../keys/resolve-key.js'

/** A document as its own address serves it. */
export type Served = {
  readonly document: JsonObject
  /** The address that answers for it: its id. */
  readonly url: string
  /** Whether it was asked for at another address first. */
  readonly moved: boolean
}

/**
 * Fetches a document and believes it only at the address that it says is its own.
 *
 * Issuers moved between hosts, so an address may serve a document with another id; then that id is
 * asked, once (OB 2.0, Hosted Verification). Before 1.1 there was no id: the address stands for it.
 */
export async function fetchServed(url: string, documents: Documents): Promise<Served> {
  const document = await documents(url)
  const id = document['id']
  if (id === undefined) return { document: { ...document, id: url }, url, moved: false }
  if (id === url) return { document, url, moved: false }
  if (!isUrl(id)) throw elsewhere(url)
  const own = await documents(id)
  if (own['id'] !== id) throw elsewhere(id)
  return { document: own, url: id, moved: true }
}

/** True for what a source of documents throws when an address answers 410 Gone. */
export function isGone(error: unknown): boolean {
  return Object(error).status === 410
}

/** What came with such an answer; empty where nothing did. */
export function documentOf(error: unknown): JsonObject {
  return objectOf(Object(error).document)
}

/** True for an http(s) address and nothing else. */
export function isUrl(value: unknown): value is string {
  return typeof value === 'string' && /^https?:\/\/\S{1,4000}$/i.test(value) && URL.canParse(value)
}

/** The id of what is written as an address or as an object. */
export function identifierOf(value: unknown): string | undefined {
  return text(value) ?? text(objectOf(value)['id'])
}

/** The authority of an address, or nothing: a host and a port that is not the usual one. */
export function hostOf(url: unknown): string {
  return isUrl(url) ? new URL(url).host : ''
}

function elsewhere(url: string): OpenBadgesError {
  return new OpenBadgesError('ERR_OB_HOSTED_MISMATCH', `${url} serves a different document.`)
}

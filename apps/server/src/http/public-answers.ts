import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from './app-error.js'
import { parsePublicId } from './public-id.js'

/** The UUID that an address names; an address that cannot name one leads nowhere. */
export function publicIdOf(request: FastifyRequest, what: string): string {
  const text = paramOf(request, 'id')
  const id = parsePublicId(text)
  if (id === undefined) throw notThere(what)
  return id
}

export function paramOf(request: FastifyRequest, name: string): string {
  const { params } = request
  const value =
    typeof params === 'object' && params !== null ? Reflect.get(params, name) : undefined
  return typeof value === 'string' ? value : ''
}

export function queryOf(request: FastifyRequest, name: string): string | undefined {
  const { query } = request
  const value = typeof query === 'object' && query !== null ? Reflect.get(query, name) : undefined
  return typeof value === 'string' ? value : undefined
}

export function notThere(what: string): AppError {
  return new AppError('not-found', `There is no such ${what}. Check that the address is complete.`)
}

type Document = {
  readonly body: string | Uint8Array
  readonly type: string
  /** Seconds for which a copy may be used without asking. */
  readonly maxAge: number
}

/** Bytes to be sent, with the tag by which an unchanged copy is recognised. */
export type Tagged = { readonly bytes: Buffer; readonly tag: string }

export function toTagged(body: string | Uint8Array): Tagged {
  const hash = createHash('sha256').update(body).digest('base64url')
  return { bytes: Buffer.from(body), tag: `"${hash.slice(0, 22)}"` }
}

/** Sends what may be kept. */
export function sendDocument(
  request: FastifyRequest,
  reply: FastifyReply,
  { body, ...rest }: Document,
) {
  return sendTagged(request, reply, { ...toTagged(body), ...rest })
}

export function sendTagged(
  request: FastifyRequest,
  reply: FastifyReply,
  { bytes, tag, type, maxAge }: Tagged & Omit<Document, 'body'>,
) {
  reply.header('etag', tag)
  if (!isForOneReader(reply)) reply.header('cache-control', `public, max-age=${maxAge}`)
  if (request.headers['if-none-match']?.split(/,\s*/).includes(tag)) return reply.code(304).send()
  // As bytes, or the framework would add a charset to types that have none.
  return reply.type(type).send(bytes)
}

/** Whether it has been said that nobody may keep the answer for another. */
export function isForOneReader(reply: FastifyReply): boolean {
  return String(reply.getHeader('cache-control') ?? '').includes('private')
}

/** Sends a document of ours as JSON text. */
export function sendJson(request: FastifyRequest, reply: FastifyReply, document: object) {
  const body = JSON.stringify(document)
  return sendDocument(request, reply, { body, type: 'application/json; charset=utf-8', maxAge: 60 })
}

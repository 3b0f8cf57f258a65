import type { FastifyReply, FastifyRequest } from 'fastify'
import type { PublicUrls } from '../../http/public-urls.js'
import type { BadgrError } from '../badgr-auth/badgr-auth.js'
import type { Page } from './paging.js'

type Sent = {
  readonly status?: number
  readonly description?: string
  /** What stands beside the result. */
  readonly more?: object
}

/** Sends what v2 wraps every answer in; one thing is a list of one. */
export function sendResult(
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  result: readonly unknown[],
  { status = 200, description = 'ok', more = {} }: Sent = {},
) {
  const body = { status: { success: true, description }, result, ...more }
  return send({ request, reply }, status, body)
}

export function sendRefusal(error: BadgrError, reply: FastifyReply, request: FastifyRequest) {
  const { status, message: description, fieldErrors, validationErrors } = error
  if (status === 401) reply.header('www-authenticate', 'Bearer realm="api"')
  const told = { success: false, description }
  return send({ request, reply }, status, {
    status: told,
    result: [],
    fieldErrors,
    validationErrors,
  })
}

function send(
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  status: number,
  body: object,
) {
  const type = /application\/json/i.test(request.headers.accept ?? '') ? 'json' : 'ld+json'
  return reply.code(status).type(`application/${type}`).send(JSON.stringify(body))
}

/** Says in the head where the pages before and after are. */
export function linkPages(
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  { next, prev }: Page<unknown>,
  urls: PublicUrls,
): void {
  const links = [
    next === undefined ? '' : `<${withCursor(request, next, urls)}>; rel="next"`,
    prev === undefined ? '' : `<${withCursor(request, prev, urls)}>; rel="prev"`,
  ].filter((one) => one !== '')
  if (links.length > 0) reply.header('link', links.join(', '))
}

/** The address that was asked, at another place of the list. */
export function withCursor(request: FastifyRequest, cursor: string, urls: PublicUrls): string {
  const { pathname, searchParams } = new URL(request.url, 'http://here')
  searchParams.set('cursor', cursor)
  return `${urls.base}${pathname}?${searchParams}`
}

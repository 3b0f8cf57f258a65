import type { FastifyRequest } from 'fastify'
import type { HttpServer } from '../../http/http-server.js'

/** What the forms of these pages send: short texts. */
const mostBytes = 64 * 1024

export function acceptForms(server: HttpServer): void {
  server.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: mostBytes },
    (_request, body, done) => done(null, new URLSearchParams(String(body))),
  )
}

/** A field of the form that was sent, without blanks around it; empty when it was not. */
export function fieldOf(request: FastifyRequest, name: string): string {
  return rawFieldOf(request, name).trim()
}

/** A field as it is: blanks at the ends of a password belong to it. */
export function rawFieldOf({ body }: FastifyRequest, name: string): string {
  return body instanceof URLSearchParams ? (body.get(name) ?? '') : ''
}

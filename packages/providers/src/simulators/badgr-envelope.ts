import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { ZodError } from 'zod'

type Words = {
  readonly description: string
  readonly fieldErrors?: unknown
  readonly validationErrors?: readonly unknown[]
}

/** An answer of the API that is an error. */
export class BadgrRefusal extends Error {
  readonly status: number
  readonly words: Words

  constructor(status: number, words: Words) {
    super(words.description)
    this.name = 'BadgrRefusal'
    this.status = status
    this.words = words
  }
}

/** Errors by field, or, for a batch, a list of such in the order of its items. */
export function fieldRefusal(fieldErrors: object): BadgrRefusal {
  return new BadgrRefusal(400, { description: 'bad request', fieldErrors, validationErrors: [] })
}

/** An error of the whole, and not of a field. */
export function validationRefusal(message: string): BadgrRefusal {
  const words = { description: 'bad request', fieldErrors: {}, validationErrors: [message] }
  return new BadgrRefusal(400, words)
}

/** Also for what the caller may not see or do: there is no 403. */
export function notFound(): BadgrRefusal {
  return new BadgrRefusal(404, { description: 'entity not found or insufficient privileges' })
}

export function noToken(): BadgrRefusal {
  return new BadgrRefusal(401, { description: 'no valid auth token found' })
}

export type Outcome = {
  readonly status?: number
  readonly description?: string
  readonly result?: readonly object[]
  readonly headers?: Readonly<Record<string, string>>
  /** Members beside the usual ones. */
  readonly more?: object
}

export function sendOutcome(request: FastifyRequest, reply: FastifyReply, outcome: Outcome) {
  const { status = 200, description = 'ok', result = [], headers = {}, more } = outcome
  reply.code(status).headers(headers)
  if (status === 204) return reply.send()
  return reply
    .type(typeFor(request))
    .send({ status: { success: true, description }, result, ...more })
}

/** Errors of the handlers and of the server itself, in the shape of the API. */
export function addErrorShapes(server: FastifyInstance): void {
  server.setErrorHandler((error, request, reply) => {
    if (request.url.startsWith('/__sim/') && error instanceof ZodError) {
      return reply.code(400).send({ error: error.message })
    }
    const { status, words } = error instanceof BadgrRefusal ? error : refusalOf(error)
    if (status === 401) reply.header('www-authenticate', 'Bearer realm="api"')
    const { description, ...errors } = words
    return reply
      .code(status)
      .type(typeFor(request))
      .send({ status: { success: false, description }, result: [], ...errors })
  })
  server.setNotFoundHandler((_request, reply) => sendNoSuchPage(reply))
}

/** Routes that do not exist are answered by the framework and not by the API. */
export function sendNoSuchPage(reply: FastifyReply) {
  return reply.code(404).type('text/html').send('<h1>Not Found</h1>')
}

function refusalOf(error: unknown): BadgrRefusal {
  const message = error instanceof Error ? error.message : 'unknown'
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : 500
  if (status === 400) return validationRefusal(message)
  const code = typeof status === 'number' ? status : 500
  return new BadgrRefusal(code, { description: 'miscellaneous error', fieldErrors: message })
}

function typeFor({ headers }: FastifyRequest): string {
  return headers.accept?.includes('application/json') ? 'application/json' : 'application/ld+json'
}

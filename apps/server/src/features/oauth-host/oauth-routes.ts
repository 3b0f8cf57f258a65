import type { FastifyReply, FastifyRequest } from 'fastify'
import { sendPage } from '../../http/html-page.js'
import { problemPage } from '../../http/html-problem.js'
import type { HttpServer } from '../../http/http-server.js'
import { toAppError, toProblem } from '../../http/problem.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { log } from '../../telemetry/log.js'
import { createAttemptLimit } from '../sessions/sessions.js'
import { RegistrationRefused } from './client-metadata.js'
import type { OAuthHost } from './create-oauth-host.js'
import { paths } from './provider-options.js'

type Deps = { readonly host: OAuthHost; readonly urls: PublicUrls }

const root = '/oauth'
/** How many clients may register from one address in a minute. */
const registrationsPerMinute = 20

/** Where applications register, ask for access, and get tokens. */
export function oauthRoutes(server: HttpServer, deps: Deps): void {
  server.register(async (scope) => {
    // The OAuth server reads what is sent to it by itself.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null))
    scope.get(`${root}${paths.authorization}`, (request, reply) => pass(request, reply, deps))
    scope.get(`${root}${paths.authorization}/:uid`, (request, reply) => pass(request, reply, deps))
    scope.post(`${root}${paths.token}`, (request, reply) => pass(request, reply, deps))
    scope.post(`${root}${paths.revocation}`, (request, reply) => pass(request, reply, deps))
  })

  server.register(async (scope) => {
    scope.setErrorHandler(answerRefusal)
    const limit = await createAttemptLimit(scope, registrationsPerMinute)
    scope.post(`${root}/register`, { onRequest: limit, bodyLimit: 64 * 1024 }, (request, reply) =>
      register(request, reply, deps),
    )
  })
}

async function register(request: FastifyRequest, reply: FastifyReply, { host }: Deps) {
  const client = await host.register(request.body)
  return reply.code(201).header('cache-control', 'no-store').send(client)
}

/** Hands a request to the OAuth server as if it stood at the address by which everybody knows it. */
async function pass(request: FastifyRequest, reply: FastifyReply, { host, urls }: Deps) {
  const { raw } = request
  const base = new URL(urls.base)
  const url = withConsent(request.url.slice(root.length))
  Object.assign(raw, { originalUrl: `${base.pathname.replace(/\/$/, '')}${root}${url}`, url })
  // Whatever proxies and strangers say of it.
  delete raw.headers['x-forwarded-host']
  Object.assign(raw.headers, {
    host: base.host,
    'x-forwarded-proto': base.protocol.replace(':', ''),
  })
  const problem = await host.answer(raw, reply.raw)
  if (problem === undefined) return reply.hijack()
  const { home } = reply.server.brand()
  const page = { type: 'about:blank', code: 'request-invalid' as const, status: problem.status }
  return sendPage(
    reply.code(problem.status),
    problemPage({ ...page, title: problem.message }, home),
  )
}

// Everybody is asked each time; a client that says so itself gets a token that lasts, if it may.
function withConsent(address: string): string {
  const url = new URL(address, 'http://here')
  if (url.pathname !== paths.authorization || url.searchParams.get('prompt') === 'none') {
    return address
  }
  url.searchParams.set('prompt', 'consent')
  return `${url.pathname}${url.search}`
}

/** The errors of registration (RFC 7591, 3.2.2). */
function answerRefusal(error: unknown, request: FastifyRequest, reply: FastifyReply) {
  const refusal = toAppError(error)
  if (refusal.code === 'internal') log.error({ err: error, request: request.id }, 'request failed')
  const isBusy = refusal.code === 'too-many-requests'
  const isOurs = refusal.code === 'internal'
  const code = refusal instanceof RegistrationRefused ? refusal.error : 'invalid_client_metadata'
  return reply
    .code(toProblem(refusal).status)
    .header('cache-control', 'no-store')
    .send({
      error: isBusy ? 'temporarily_unavailable' : isOurs ? 'server_error' : code,
      error_description: refusal.message,
    })
}

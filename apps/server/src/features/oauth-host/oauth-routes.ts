import type { FastifyReply, FastifyRequest } from 'fastify'
import { sendPage } from '../../http/html-page.js'
import { problemPage } from '../../http/html-problem.js'
import type { HttpServer } from '../../http/http-server.js'
import { toAppError, toProblem } from '../../http/problem.js'
import { paramOf, sendDocument } from '../../http/public-answers.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { log } from '../../telemetry/log.js'
import { createAttemptLimit } from '../sessions/sessions.js'
import { RegistrationRefused } from './client-metadata.js'
import type { OAuthHost } from './create-oauth-host.js'
import { paths } from './provider-options.js'
import { allScopes } from './scopes.js'

type Deps = { readonly host: OAuthHost; readonly urls: PublicUrls }

const root = '/oauth'
/** How many clients may register from one address in a minute. */
const registrationsPerMinute = 20
/** How often applications may ask from one address: a campus has one for all. */
const questionsPerMinute = 600

/** Where applications register, ask for access, and get tokens. */
export function oauthRoutes(server: HttpServer, deps: Deps): void {
  server.register(async (scope) => {
    // The OAuth server reads what is sent to it by itself.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null))
    const { authorization, token, revocation } = paths
    const limit = await createAttemptLimit(scope, questionsPerMinute)
    scope.get(`${root}${authorization}`, { onRequest: limit }, (request, reply) =>
      pass(request, reply, { ...deps, path: `${authorization}${withConsent(request)}` }),
    )
    scope.get(`${root}${authorization}/:uid`, (request, reply) => {
      const uid = encodeURIComponent(paramOf(request, 'uid'))
      return pass(request, reply, { ...deps, path: `${authorization}/${uid}` })
    })
    for (const path of [token, revocation]) {
      scope.post(`${root}${path}`, (request, reply) => pass(request, reply, { ...deps, path }))
    }
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

/** What OAuth clients of any kind find (RFC 8414); those for badges have documents of their own. */
export function oauthDocumentRoutes(scope: HttpServer, { urls }: Pick<Deps, 'urls'>): void {
  const issuer = `${urls.base}${root}`
  const body = JSON.stringify({
    issuer,
    authorization_endpoint: `${issuer}${paths.authorization}`,
    token_endpoint: `${issuer}${paths.token}`,
    revocation_endpoint: `${issuer}${paths.revocation}`,
    registration_endpoint: `${issuer}/register`,
    scopes_supported: allScopes,
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    token_endpoint_auth_methods_supported: ['client_secret_basic'],
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
  })
  const { pathname } = new URL(issuer)
  scope.get(`/.well-known/oauth-authorization-server${pathname}`, async (request, reply) =>
    sendDocument(request, reply, { body, type: 'application/json', maxAge: 3600 }),
  )
}

type Passing = Deps & { readonly path: string }

/** Hands a request to the OAuth server as if it stood at the address by which everybody knows it. */
async function pass(request: FastifyRequest, reply: FastifyReply, { host, urls, path }: Passing) {
  const { raw } = request
  const base = new URL(urls.base)
  const originalUrl = `${base.pathname.replace(/\/$/, '')}${root}${path}`
  Object.assign(raw, { originalUrl, url: path })
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
function withConsent({ url }: FastifyRequest): string {
  const { search, searchParams } = new URL(url, 'http://here')
  if (searchParams.get('prompt') === 'none') return search
  searchParams.set('prompt', 'consent')
  return `?${searchParams}`
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

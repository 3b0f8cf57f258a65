import cookies from '@fastify/cookie'
import Fastify, { type FastifyRequest } from 'fastify'
import {
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod'
import { type Access, demandPermission, demandReach, type OrganizationOf } from './access.js'
import type { Actor } from './actor.js'
import { AppError } from './app-error.js'
import type { Brand } from './brand.js'
import { answerError } from './problem.js'
import { assertSameOrigin } from './same-origin.js'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the caller must be allowed. Every route of the API says it; pages for everybody need not. */
    access?: Access
  }
  interface FastifyInstance {
    /** The secret of a session that a browser brings, whether it is still good or not. */
    readonly sessionSecret: (request: FastifyRequest) => string | undefined
  }
  interface FastifyRequest {
    actor: Actor | null
    /** The session by which the caller is known; null for tokens and strangers. */
    sessionId: string | null
  }
}

export type Deps = {
  /** Answers who holds a token, or null. */
  readonly authenticate: (token: string) => Promise<Actor | null>
  /** Answers whose session a cookie is, or null. */
  readonly openSession: (
    secret: string,
  ) => Promise<{ readonly sessionId: string; readonly actor: Actor } | null>
  readonly organizationOf: OrganizationOf
  readonly baseUrl: string
  readonly brand: () => Brand
}

const safe = new Set(['GET', 'HEAD', 'OPTIONS'])

/** What the cookie is called: over https so that neither another host nor plain http can put one in its place. */
export function sessionCookieOf(baseUrl: string): string {
  const { protocol, pathname } = new URL(baseUrl)
  if (protocol !== 'https:') return 'rosette_session'
  return pathname === '/' ? '__Host-rosette_session' : '__Secure-rosette_session'
}

/** A Fastify that speaks the contract: validation by schema, problem documents, who may do what. Knows no feature. */
export function createHttpServer(deps: Deps) {
  const server = Fastify({
    logger: false,
    trustProxy: true,
    bodyLimit: 10 * 1024 * 1024,
    // An address that cannot be read reaches no route, and so no error handler of one.
    frameworkErrors: answerError,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 512 },
  }).withTypeProvider<ZodTypeProvider>()
  server.setValidatorCompiler(validatorCompiler)
  server.setSerializerCompiler(serializerCompiler)
  server.setErrorHandler(answerError)
  server.setNotFoundHandler((request) => {
    throw new AppError('not-found', `There is nothing at ${request.method} ${request.url}.`)
  })
  // Read where somebody asks for it only, which most requests do not.
  server.register(cookies, { hook: false })
  server.decorate('brand', deps.brand)
  server.decorate('sessionSecret', createSessionReader(deps.baseUrl))
  server.decorateRequest('actor', null)
  server.decorateRequest('sessionId', null)
  // Most requests are those of strangers to open pages, and need not wait for anything here.
  server.addHook('onRequest', (request, _reply, done) => {
    const recognized = recognize(request, deps)
    if (recognized === undefined) return done()
    recognized.then(() => done(), done)
  })
  server.addHook('onRoute', (route) => {
    const access = route.config?.access
    if (access === undefined) {
      if (!/^\/api\/v1\//.test(route.url)) return
      throw new Error(
        `${route.method} ${route.url} does not say who may use it: give it an access.`,
      )
    }
    route.onRequest = [demandPermission(access), ...[route.onRequest ?? []].flat()]
    route.preHandler = [
      demandReach(access, deps.organizationOf),
      ...[route.preHandler ?? []].flat(),
    ]
  })
  return server
}

export type HttpServer = ReturnType<typeof createHttpServer>

/** Finds out who asks; undefined when the request brings nothing by which that could be known. */
function recognize(request: FastifyRequest, deps: Deps): Promise<void> | undefined {
  const token = bearerToken(request.headers.authorization)
  if (token !== undefined) {
    return deps.authenticate(token).then((actor) => {
      request.actor = actor
    })
  }
  const secret = request.server.sessionSecret(request)
  return secret === undefined ? undefined : openSession(request, secret, deps)
}

// A browser sends the cookie whoever wrote the page, so what changes something must come from our own.
async function openSession(request: FastifyRequest, secret: string, deps: Deps): Promise<void> {
  const session = await deps.openSession(secret)
  if (session === null) return
  if (!safe.has(request.method)) assertSameOrigin(request, deps.baseUrl)
  request.actor = session.actor
  request.sessionId = session.sessionId
}

function createSessionReader(baseUrl: string) {
  const name = sessionCookieOf(baseUrl)
  return ({ headers, server }: FastifyRequest): string | undefined =>
    headers.cookie === undefined ? undefined : server.parseCookie(headers.cookie)[name]
}

function bearerToken(header: string | undefined): string | undefined {
  return /^(?:bearer|token)\s+(\S+)$/i.exec(header ?? '')?.[1]
}

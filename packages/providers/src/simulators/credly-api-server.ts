import type { FastifyInstance, FastifyRequest } from 'fastify'
import { registerBadgeRoutes } from './credly-badge-routes.js'
import { type Caller, createGuard } from './credly-guard.js'
import { registerOrganizationRoutes } from './credly-organization-routes.js'
import { registerPublicRoutes } from './credly-public-routes.js'
import type { createRateCounter } from './credly-rate-window.js'
import { CredlyRefusal, notFound } from './credly-refusals.js'
import type { RouteDeps } from './credly-route-parts.js'
import { registerTemplateAndEventRoutes } from './credly-template-routes.js'

type ApiDeps = Omit<RouteDeps, 'callerOf'> & { readonly rate: ReturnType<typeof createRateCounter> }

/** Both prefixes that Credly's own links and its callers use. */
export function registerApi(server: FastifyInstance, deps: ApiDeps): void {
  for (const prefix of ['/v1', '/api/v1']) {
    void server.register(async (api) => registerVersion(api, prefix, deps), { prefix })
  }
}

function registerVersion(api: FastifyInstance, prefix: string, deps: ApiDeps): void {
  const { state, now, rate } = deps
  const authorize = createGuard(state, now)
  const callers = new WeakMap<FastifyRequest, Caller>()

  // Some clients name JSON as the type of a body that they do not send.
  api.removeContentTypeParser('application/json')
  api.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, body === '' ? undefined : JSON.parse(body.toString()))
    } catch {
      done(new CredlyRefusal(400, 'The body is no JSON'))
    }
  })
  api.setErrorHandler(async (error, _request, reply) => {
    const data = error instanceof CredlyRefusal ? error.data : { message: toMessage(error) }
    return reply.code(toStatus(error)).send({ data, metadata: null })
  })
  api.setNotFoundHandler(async () => {
    throw notFound()
  })
  registerPublicRoutes(api, deps)

  void api.register(async (guarded) => {
    guarded.addHook('preHandler', async (request, reply) => {
      const { method, url, headers } = request
      const path = url.slice(prefix.length)
      const caller = authorize({ authorization: headers.authorization, method, path })
      callers.set(request, caller)
      const wait = rate.count(caller.key)
      if (wait === undefined) return
      if (wait !== null) reply.header('retry-after', String(wait))
      throw new CredlyRefusal(429, 'Too many requests')
    })
    const callerOf = (request: FastifyRequest): Caller => {
      const caller = callers.get(request)
      if (caller === undefined) throw notFound()
      return caller
    }
    registerOrganizationRoutes(guarded, { ...deps, callerOf })
    registerTemplateAndEventRoutes(guarded, { ...deps, callerOf })
    registerBadgeRoutes(guarded, { ...deps, callerOf })
  })
}

function toStatus(error: unknown): number {
  const hasStatus = error instanceof Error && 'statusCode' in error
  return hasStatus && typeof error.statusCode === 'number' ? error.statusCode : 500
}

function toMessage(error: unknown): string {
  return error instanceof Error ? error.message : 'Something went wrong'
}

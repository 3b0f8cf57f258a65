import Fastify, { type onRequestHookHandler } from 'fastify'
import {
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod'
import { AppError } from './app-error.js'
import { answerError } from './problem.js'

/** Who is asking; null for everybody. */
export type Actor = { readonly name: string }

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the caller must be allowed; a route without it is open to everybody. */
    permission?: 'admin'
  }
  interface FastifyRequest {
    actor: Actor | null
  }
}

type Deps = {
  /** Answers who holds a token, or null. */
  readonly authenticate: (token: string) => Promise<Actor | null>
}

/** A Fastify that speaks the contract: validation by schema, problem documents, tokens. Knows no feature. */
export function createHttpServer({ authenticate }: Deps) {
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
  server.decorateRequest('actor', null)
  // Most requests bring no token to an open route, and need not wait for anything here.
  server.addHook('onRequest', (request, _reply, done) => {
    const token = bearerToken(request.headers.authorization)
    if (token === undefined) return done()
    authenticate(token).then((actor) => {
      request.actor = actor
      done()
    }, done)
  })
  server.addHook('onRoute', (route) => {
    if (route.config?.permission === undefined) return
    route.onRequest = [demandActor, ...[route.onRequest ?? []].flat()]
  })
  return server
}

const demandActor: onRequestHookHandler = (request, reply, done) => {
  if (request.actor !== null) return done()
  reply.header('www-authenticate', 'Bearer')
  const remedy = 'Send the administration token as "Authorization: Bearer <token>".'
  done(new AppError('not-signed-in', `This needs an administration token. ${remedy}`))
}

export type HttpServer = ReturnType<typeof createHttpServer>

function bearerToken(header: string | undefined): string | undefined {
  return /^(?:bearer|token)\s+(\S+)$/i.exec(header ?? '')?.[1]
}

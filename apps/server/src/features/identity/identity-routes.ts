import type { SignInProblem } from '@rosette/contract'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { openToAll } from '../../http/access.js'
import { AppError } from '../../http/app-error.js'
import type { HttpServer } from '../../http/http-server.js'
import { ownPath } from '../../http/own-path.js'
import { beginningOf } from '../accounts/accounts.js'
import type { AttemptLimit, SessionCookie } from '../sessions/sessions.js'
import type { ProviderConversation } from './ask-provider.js'
import type { AttemptCookie } from './attempt-cookie.js'
import type { Provider } from './provider-client.js'
import { IdentityRefused, type IdentitySignIn } from './sign-in-by-identity.js'

type Deps = {
  readonly providers: readonly Provider[]
  readonly conversation: ProviderConversation
  readonly signIn: IdentitySignIn
  readonly attempts: AttemptCookie
  readonly cookie: SessionCookie
  readonly limit: AttemptLimit
  readonly baseUrl: string
}

/** The way to an identity provider and back. */
export function identityRoutes(server: HttpServer, deps: Deps): void {
  const { conversation, signIn, attempts, cookie, baseUrl } = deps
  const options = { config: openToAll, onRequest: deps.limit }

  function problem(reply: FastifyReply, provider: Provider, { found, to }: Trouble) {
    const query = new URLSearchParams({ problem: found, provider: provider.id })
    const area = to.startsWith('/backpack') ? 'backpack' : 'console'
    return reply.redirect(`${baseUrl}/${area}/sign-in?${query}`, 303)
  }

  server.get('/auth/:provider', options, async (request, reply) => {
    reply.header('cache-control', 'no-store')
    const provider = providerIn(request, deps.providers)
    const to = ownPath(valueIn(request.query, 'to')) ?? '/console'
    try {
      const { url, kept } = await conversation.begin(provider)
      attempts.set(reply, { ...kept, to })
      return reply.redirect(url, 303)
    } catch (error) {
      return problem(reply, provider, { found: problemOf(error), to })
    }
  })

  server.get('/auth/:provider/callback', options, async (request, reply) => {
    reply.header('cache-control', 'no-store')
    const provider = providerIn(request, deps.providers)
    const attempt = attempts.read(request)
    // Used up, whatever comes of it.
    attempts.clear(reply)
    if (attempt === null || attempt.provider !== provider.id) {
      return problem(reply, provider, { found: 'expired', to: attempt?.to ?? '' })
    }
    try {
      const person = await conversation.finish(provider, attempt, searchOf(request))
      cookie.set(reply, await signIn(provider, person, beginningOf(request)))
      return reply.redirect(`${baseUrl}${attempt.to}`, 303)
    } catch (error) {
      return problem(reply, provider, { found: problemOf(error), to: attempt.to })
    }
  })
}

/** What went wrong, and where the person was going. */
type Trouble = { readonly found: SignInProblem; readonly to: string }

function providerIn(request: FastifyRequest, providers: readonly Provider[]): Provider {
  const id = valueIn(request.params, 'provider')
  const found = providers.find((one) => one.id === id)
  if (found === undefined) throw new AppError('not-found', 'There is no such way to sign in here.')
  return found
}

function problemOf(error: unknown): SignInProblem {
  if (error instanceof IdentityRefused) return error.problem
  throw error
}

function searchOf(request: FastifyRequest): string {
  const start = request.url.indexOf('?')
  return start === -1 ? '' : request.url.slice(start)
}

function valueIn(values: unknown, name: string): string {
  const isObject = typeof values === 'object' && values !== null
  const value: unknown = isObject ? Reflect.get(values, name) : undefined
  return typeof value === 'string' ? value : ''
}

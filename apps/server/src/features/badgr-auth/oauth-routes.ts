import type { FastifyReply, FastifyRequest } from 'fastify'
import type { HttpServer } from '../../http/http-server.js'
import { type AttemptLimit, createAttemptLimit } from '../sessions/sessions.js'
import type { BadgrError } from './badgr-error.js'
import type { BadgrTokens, Tokens } from './badgr-tokens.js'
import { openForeignScope } from './foreign-scope.js'
import { fieldsOf, textIn } from './read-body.js'
import { scopesAsked } from './scopes.js'
import type { ProgramSignIn } from './sign-in-program.js'

/** Where applications of other standards register and get their tokens, below the address of this site. */
const otherServer = '/oauth'

type Deps = {
  readonly signIn: ProgramSignIn
  readonly tokens: BadgrTokens
}

const defaultClient = 'public'
/** Tokens that one address may ask for in a minute: all workers of an LMS have one. */
const asksPerMinute = 120

type Answer = { readonly status: number; readonly body: object; readonly retryAfter?: number }

/** The OAuth of Badgr: a token for a password, and a new one for the old. */
export function oauthRoutes(server: HttpServer, deps: Deps): void {
  const answer = (error: BadgrError, reply: FastifyReply) => sendError(reply, error)
  openForeignScope(server, { prefix: '/o', answer, isSlashRefused: false }, async (scope) => {
    const limit: AttemptLimit = await createAttemptLimit(scope, asksPerMinute)
    scope.post('/token', { onRequest: limit }, async (request, reply) => {
      reply.header('cache-control', 'no-store')
      if (belongsElsewhere(request)) {
        const fields = Object.entries(fieldsOf(request)).map(([name, value]) => [
          name,
          String(value),
        ])
        const payload = new URLSearchParams(Object.fromEntries(fields)).toString()
        const type = 'application/x-www-form-urlencoded'
        return await handOn({ request, reply }, 'token', { payload, type })
      }
      const { status, body, retryAfter } = await grant(request, deps)
      if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter))
      return reply.code(status).type('application/json').send(JSON.stringify(body))
    })
    scope.get('/authorize', async (request, reply) => {
      const [, query = ''] = request.url.split('?')
      return reply.redirect(`${otherServer}/auth?${query}`, 302)
    })
    scope.post('/register', { onRequest: limit }, async (request, reply) => {
      const payload = JSON.stringify(request.body ?? {})
      return await handOn({ request, reply }, 'register', { payload, type: 'application/json' })
    })
    scope.post('/code', async (_request, reply) =>
      reply.code(400).send({ error: 'Invalid authcode' }),
    )
  })
}

/** Codes, and what follows from them, are given by the other server to clients that registered there. */
function belongsElsewhere(request: FastifyRequest): boolean {
  const fields = fieldsOf(request)
  const type = textIn(fields, 'grant_type')
  const { clientId = defaultClient } = clientOf(request, (name) => textIn(fields, name))
  const isTheirs = type === 'refresh_token' && clientId !== defaultClient
  return hasNoQuery(request) && (type === 'authorization_code' || isTheirs)
}

async function handOn(
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  path: 'token' | 'register',
  { payload, type }: { readonly payload: string; readonly type: string },
) {
  const { authorization } = request.headers
  const answer = await request.server.inject({
    method: 'POST',
    url: `${otherServer}/${path}`,
    payload,
    remoteAddress: request.ip,
    headers: { 'content-type': type, ...(authorization !== undefined && { authorization }) },
  })
  const sent = String(answer.headers['content-type'] ?? 'application/json')
  return reply.code(answer.statusCode).type(sent).send(answer.rawPayload)
}

function hasNoQuery({ query }: FastifyRequest): boolean {
  return Object.keys(Object(query)).length === 0
}

async function grant(request: FastifyRequest, deps: Deps): Promise<Answer> {
  if (!hasNoQuery(request)) {
    return refused('Token grant parameters must be sent in post body, not query parameters')
  }
  const fields = fieldsOf(request)
  const given = (name: string) => textIn(fields, name)
  const { clientId, clientSecret } = clientOf(request, given)
  const type = given('grant_type') ?? 'password'
  if (type === 'client_credentials') return await byClient(clientId, clientSecret, deps)
  if (clientId !== undefined && clientId !== defaultClient) return refused('invalid client_id')
  if (type === 'refresh_token') return await byRefresh(given('refresh_token') ?? '', deps)
  if (type !== 'password') return refused('unsupported_grant_type')
  const asked = clientId === undefined ? undefined : given('scope')
  const scopes = scopesAsked(asked)
  if (scopes === undefined) return refused('invalid scope requested')
  return await byPassword(
    { username: given('username') ?? '', password: given('password') ?? '' },
    { clientId: defaultClient, scopes },
    deps,
  )
}

async function byPassword(
  who: { readonly username: string; readonly password: string },
  asked: { readonly clientId: string; readonly scopes: readonly string[] },
  { signIn }: Deps,
): Promise<Answer> {
  if (who.username === '' || who.password === '') {
    return { status: 400, body: { error: 'invalid_request' } }
  }
  try {
    const tokens = await signIn.byPassword(who, asked)
    return tokens === undefined ? wrong('Invalid credentials given.') : given(tokens)
  } catch (error) {
    const seconds = secondsIn(error)
    if (seconds === undefined) throw error
    const error_description = 'Too many login attempts. Please wait and try again.'
    const body = { error_description, error: 'login attempts throttled', expires: seconds }
    return { status: 429, body, retryAfter: seconds }
  }
}

async function byRefresh(token: string, { tokens }: Deps): Promise<Answer> {
  if (token === '') return { status: 400, body: { error: 'invalid_request' } }
  const fresh = await tokens.refresh(token)
  return fresh === undefined ? wrong('The refresh token is not in force.') : given(fresh)
}

/** One of our own tokens is the secret of a program; what it calls itself is its own affair. */
async function byClient(
  clientId: string | undefined,
  secret: string | undefined,
  { signIn }: Deps,
): Promise<Answer> {
  if (clientId === undefined || clientId === '') return refused('invalid client_id')
  const asked = { clientId: clientId.slice(0, 200), scopes: ['rw:issuer'] }
  const tokens = await signIn.byToken(secret ?? '', asked)
  return tokens === undefined ? refused('invalid client_secret') : given(tokens)
}

function clientOf(request: FastifyRequest, field: (name: string) => string | undefined) {
  const basic = /^basic\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  if (basic === undefined)
    return { clientId: field('client_id'), clientSecret: field('client_secret') }
  const [clientId, ...rest] = Buffer.from(basic, 'base64').toString('utf8').split(':')
  return { clientId: unescaped(clientId ?? ''), clientSecret: unescaped(rest.join(':')) }
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // Sent as it is, which many clients do.
    return text
  }
}

function given({ accessToken, refreshToken, expiresIn, scope }: Tokens): Answer {
  const body = {
    access_token: accessToken,
    token_type: 'Bearer',
    expires_in: expiresIn,
    refresh_token: refreshToken,
    scope,
  }
  return { status: 200, body }
}

function refused(error: string): Answer {
  return { status: 400, body: { error } }
}

function wrong(error_description: string): Answer {
  return { status: 401, body: { error: 'invalid_grant', error_description } }
}

function secondsIn(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('seconds' in error)) return undefined
  return typeof error.seconds === 'number' ? error.seconds : undefined
}

function sendError(
  reply: FastifyReply,
  { status, message, fieldErrors, validationErrors }: BadgrError,
) {
  const body =
    status === 429
      ? { error: 'login attempts throttled', error_description: textIn(fieldErrors, 'detail') }
      : { error: validationErrors[0] ?? message }
  return reply.code(status).type('application/json').send(JSON.stringify(body))
}

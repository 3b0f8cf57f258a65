import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { World } from './badgr-state.js'

const lifetimeSeconds = 86_400
const longestBackoffSeconds = 3600
const publicScopes = ['rw:profile', 'rw:issuer', 'rw:backpack']
const knownScopes = new Set([...publicScopes, 'r:profile', 'r:backpack', 'rw:issuer:*', 'r:issuer'])

type Answer = { readonly status: number; readonly body: object }
type Form = Readonly<Record<string, string | undefined>>

const refuse = (status: number, error: string, more: object = {}): Answer => ({
  status,
  body: { error, ...more },
})
const invalidGrant = () =>
  refuse(401, 'invalid_grant', { error_description: 'Invalid credentials given.' })

/** `POST /o/token`: passwords, refresh tokens and client secrets for tokens of a day. */
export function addOAuthRoutes(world: World): void {
  const { server } = world.core
  server.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  )
  server.post('/o/token', (request, reply) => {
    const { status, body } = answerTo(world, request)
    return send(reply, status, body)
  })
}

function send(reply: FastifyReply, status: number, body: object) {
  return reply.code(status).header('cache-control', 'no-store').type('application/json').send(body)
}

function answerTo(world: World, request: FastifyRequest): Answer {
  if (request.url.includes('?')) {
    return refuse(400, 'Token grant parameters must be sent in post body, not query parameters')
  }
  if (!request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
    return refuse(400, 'invalid_request')
  }
  const form: Form = z.record(z.string(), z.string()).parse(request.body ?? {})
  const client = clientOf(world, request, form)
  if ('status' in client) return client
  switch (form['grant_type'] ?? 'password') {
    case 'password':
      return signIn(world, { form, address: request.ip, scopes: client.scopes })
    case 'refresh_token': {
      const known = world.state.refreshTokens.get(form['refresh_token'] ?? '')
      return known === undefined ? invalidGrant() : grant(world, known)
    }
    case 'client_credentials':
      if (client.username === undefined) return refuse(400, 'invalid client_id')
      return grant(world, { username: client.username, scopes: client.scopes, refreshable: false })
    default:
      return refuse(400, 'unsupported_grant_type')
  }
}

type Client = { readonly scopes: readonly string[]; readonly username?: string }

/** Without an id, and without a scope asked for, it is the public client that may issue. */
function clientOf({ state }: World, { headers }: FastifyRequest, form: Form): Client | Answer {
  const basic = headers.authorization?.match(/^Basic (.+)$/)?.[1]
  const [basicId, basicSecret] = Buffer.from(basic ?? '', 'base64')
    .toString()
    .split(':')
  const id = form['client_id'] ?? (basicId || undefined)
  if (id === undefined) return { scopes: publicScopes }
  const asked = form['scope']?.split(' ').filter((scope) => scope !== '')
  if (asked?.some((scope) => !knownScopes.has(scope))) {
    return refuse(400, 'invalid scope requested')
  }
  if (id === 'public') return { scopes: asked ?? publicScopes }
  const client = state.clients.get(id)
  if (client === undefined) return refuse(400, 'invalid client_id')
  if ((form['client_secret'] ?? basicSecret) !== client.secret) {
    return refuse(400, 'invalid client_secret')
  }
  return { scopes: asked ?? ['r:profile'], username: client.username }
}

type SignIn = { readonly form: Form; readonly address: string; readonly scopes: readonly string[] }

/** After the nth failure the next try is let through 2^n seconds later. */
function signIn(world: World, { form, address, scopes }: SignIn): Answer {
  const { core, state } = world
  const { username = '', password } = form
  const key = `${username} ${address}`
  const now = core.now().getTime()
  const failed = state.failures.get(key)
  if (failed !== undefined && failed.until > now) {
    return refuse(429, 'login attempts throttled', {
      error_description: 'Too many login attempts. Please wait and try again.',
      expires: Math.ceil((failed.until - now) / 1000),
    })
  }
  if (password === undefined || state.users.get(username) !== password) {
    const count = (failed?.count ?? 0) + 1
    const until = now + Math.min(2 ** count, longestBackoffSeconds) * 1000
    state.failures.set(key, { count, until })
    return invalidGrant()
  }
  state.failures.delete(key)
  return grant(world, { username, scopes })
}

type Granted = {
  readonly username: string
  readonly scopes: readonly string[]
  readonly refreshable?: boolean
}

/** A refresh token may be used again: several workers may hold the same. */
function grant({ core, state }: World, { username, scopes, refreshable = true }: Granted): Answer {
  const access = core.newId().replaceAll('-', '')
  const refresh = core.newId().replaceAll('-', '')
  const startedAt = core.now().getTime()
  const until = startedAt + lifetimeSeconds * 1000
  state.accessTokens.set(access, { username, scopes, startedAt, until })
  if (refreshable) state.refreshTokens.set(refresh, { username, scopes })
  const body = {
    access_token: access,
    token_type: 'Bearer',
    expires_in: lifetimeSeconds,
    ...(refreshable ? { refresh_token: refresh } : {}),
    scope: scopes.join(' '),
  }
  return { status: 200, body }
}

import type { FastifyReply, FastifyRequest } from 'fastify'
import type { HttpServer } from '../../http/http-server.js'
import { queryOf } from '../../http/public-answers.js'
import type { Tokens } from '../tokens/tokens.js'
import { type AdminPaths, sendAdminPage } from './admin-frame.js'
import { fieldOf } from './form-body.js'
import type { Sessions } from './session.js'
import { type SignInProblem, signInPage } from './sign-in-page.js'
import { createTryLimit } from './try-limit.js'

type Deps = {
  readonly paths: AdminPaths
  readonly sessions: Sessions
  readonly tokens: Pick<Tokens, 'authenticate'>
  readonly now: () => Date
}

/** The way in and out; the only pages here that need no session. */
export function signInRoutes(server: HttpServer, deps: Deps): void {
  const { paths, sessions, tokens, now } = deps
  const mayTry = createSignInLimit(now)

  function ask(reply: FastifyReply, to: string, problem?: SignInProblem) {
    return sendAdminPage(reply, signInPage({ paths, to: ownPath(to, paths), problem }))
  }

  server.get('/admin/sign-in', async (request, reply) => {
    const problem = queryOf(request, 'done') === 'signed-out' ? 'signed-out' : undefined
    return ask(reply, queryOf(request, 'to') ?? '', problem)
  })

  server.post('/admin/sign-in', async (request, reply) => {
    const to = fieldOf(request, 'to')
    if (!mayTry(request)) return ask(reply.code(429), to, 'too-often')
    const holder = await tokens.authenticate(fieldOf(request, 'token'))
    if (holder === null) return ask(reply.code(401), to, 'wrong')
    return reply.header('set-cookie', sessions.start(holder.id)).redirect(ownPath(to, paths), 303)
  })

  server.post('/admin/sign-out', async (_request, reply) =>
    reply.header('set-cookie', sessions.end()).redirect(`${paths.signIn}?done=signed-out`, 303),
  )
}

/**
 * Of the addresses that a request names, the last is the one that the nearest proxy saw. Without a proxy
 * all of them are invented, so whoever is connected is counted as well, for as many people as a proxy serves.
 */
function createSignInLimit(now: () => Date) {
  const ofSender = createTryLimit({ most: 10, perMs: 60_000, now })
  const ofPeer = createTryLimit({ most: 100, perMs: 60_000, now })
  return ({ ip, ips = [ip] }: FastifyRequest): boolean => {
    const [peer = ip, sender = peer] = ips
    return ofSender(sender) && ofPeer(peer)
  }
}

/** Only pages of the administration are gone to: the address of a link decides nothing else. */
function ownPath(path: string, paths: AdminPaths): string {
  const below = path.startsWith(paths.root) ? path.slice(paths.root.length) : '-'
  return /^(\/[\w-]+)*(\?[\w=&%.,-]*)?$/.test(below) && !below.startsWith('/sign')
    ? path
    : paths.root
}

import * as contract from '@rosette/contract'
import type { Db } from '../../db/database.js'
import { forSignedIn, openToAll } from '../../http/access.js'
import { AppError } from '../../http/app-error.js'
import type { HttpServer } from '../../http/http-server.js'
import {
  type AttemptLimit,
  assertNotForeign,
  deviceWords,
  type SessionCookie,
  type SessionRow,
  type Sessions,
} from '../sessions/sessions.js'
import { beginningOf, personIn, sayWhen } from './asking.js'
import { type Installation, readSession } from './session-views.js'
import type { SetUp } from './set-up.js'
import type { SignIn } from './sign-in.js'

export type SessionRouteDeps = {
  readonly db: Db
  readonly installation: Installation
  readonly sessions: Sessions
  readonly cookie: SessionCookie
  readonly signIn: SignIn
  readonly setUp: SetUp
  readonly limit: AttemptLimit
  readonly providers: contract.SignInOptions['providers']
}

const one = '/api/v1/session'
const all = '/api/v1/sessions'

/** The way in and out. */
export function sessionRoutes(server: HttpServer, deps: SessionRouteDeps): void {
  const { db, installation, sessions, cookie, limit } = deps
  const { baseUrl } = installation

  server.get(
    '/api/v1/sign-in-options',
    { schema: contract.getSignInOptions, config: openToAll },
    async () => ({
      needsSetUp: await deps.setUp.isNeeded(),
      password: true as const,
      providers: [...deps.providers],
      hasMail: installation.hasMail,
      mailLink: installation.hasMail,
    }),
  )

  server.get(one, { schema: contract.getSession, config: forSignedIn }, (request) =>
    readSession(db, { userId: personIn(request).id, installation }),
  )

  server.post(
    one,
    { schema: contract.signIn, config: openToAll, onRequest: limit },
    async (request, reply) => {
      assertNotForeign(request, baseUrl)
      const signedIn = deps.signIn(request.body, beginningOf(request))
      const { userId, secret } = await sayWhen(reply, signedIn)
      cookie.set(reply, secret)
      return await readSession(db, { userId, installation })
    },
  )

  server.delete(one, { schema: contract.signOut, config: openToAll }, async (request, reply) => {
    assertNotForeign(request, baseUrl)
    const { replaces } = beginningOf(request)
    if (replaces !== undefined) await sessions.end(replaces)
    cookie.clear(reply)
    return reply.code(204).send(null)
  })
  deviceRoutes(server, deps)
}

function deviceRoutes(server: HttpServer, { sessions, cookie }: SessionRouteDeps): void {
  server.get(all, { schema: contract.listSessions, config: forSignedIn }, async (request) => {
    const { id, sessionId } = personIn(request)
    const rows = await sessions.list(id)
    return { items: rows.map((row) => toDevice(row, sessionId)) }
  })

  server.delete(
    all,
    { schema: contract.endSessions, config: forSignedIn },
    async (request, reply) => {
      await sessions.endAll(personIn(request).id)
      cookie.clear(reply)
      return reply.code(204).send(null)
    },
  )

  server.delete(
    `${all}/:id`,
    { schema: contract.endSession, config: forSignedIn },
    async (request, reply) => {
      const { id, sessionId } = personIn(request)
      if (!(await sessions.endOne(id, request.params.id))) {
        throw new AppError('not-found', `There is no session ${request.params.id}.`)
      }
      if (request.params.id === sessionId) cookie.clear(reply)
      return reply.code(204).send(null)
    },
  )
}

function toDevice(row: SessionRow, current: string): contract.DeviceSession {
  return {
    id: row.id,
    device: deviceWords(row.user_agent),
    method: row.method,
    address: row.address,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    expiresAt: row.expires_at,
    isCurrent: row.id === current,
  }
}

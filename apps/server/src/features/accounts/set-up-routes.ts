import * as contract from '@rosette/contract'
import type { Db } from '../../db/database.js'
import { openToAll } from '../../http/access.js'
import type { HttpServer } from '../../http/http-server.js'
import { type AttemptLimit, assertNotForeign, type SessionCookie } from '../sessions/sessions.js'
import { beginningOf } from './asking.js'
import { type Installation, readSession } from './session-views.js'
import type { SetUp } from './set-up.js'

type Deps = {
  readonly db: Db
  readonly installation: Installation
  readonly cookie: SessionCookie
  readonly setUp: SetUp
  readonly limit: AttemptLimit
}

export function setUpRoutes(server: HttpServer, deps: Deps): void {
  const { db, installation, cookie, setUp, limit } = deps
  server.post(
    '/api/v1/set-up',
    { schema: contract.setUp, config: openToAll, onRequest: limit },
    async (request, reply) => {
      assertNotForeign(request, installation.baseUrl)
      const { userId, secret } = await setUp.use(request.body, beginningOf(request))
      cookie.set(reply, secret)
      return reply.code(201).send(await readSession(db, { userId, installation }))
    },
  )
}

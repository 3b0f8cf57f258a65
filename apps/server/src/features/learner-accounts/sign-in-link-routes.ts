import * as contract from '@rosette/contract/backpack'
import type { Db } from '../../db/database.js'
import { openToAll } from '../../http/access.js'
import type { HttpServer } from '../../http/http-server.js'
import { beginningOf, type Installation, readSession } from '../accounts/accounts.js'
import { type AttemptLimit, assertNotForeign, type SessionCookie } from '../sessions/sessions.js'
import type { SignInLinks } from './sign-in-links.js'

type Deps = {
  readonly db: Db
  readonly installation: Installation
  readonly cookie: SessionCookie
  readonly limit: AttemptLimit
  readonly links: SignInLinks
}

const root = '/api/v1/sign-in-links'

/** The way in by mail. The secret comes in the body, which no proxy writes down. */
export function signInLinkRoutes(server: HttpServer, deps: Deps): void {
  const { db, installation, cookie, links } = deps
  const open = { config: openToAll, onRequest: deps.limit }

  server.post(root, { schema: contract.requestSignInLink, ...open }, async (request, reply) => {
    assertNotForeign(request, installation.baseUrl)
    return reply.code(202).send(await links.request(request.body))
  })

  server.post(
    `${root}/use`,
    { schema: contract.useSignInLink, ...open },
    async (request, reply) => {
      assertNotForeign(request, installation.baseUrl)
      const used = await links.use(request.body.secret, beginningOf(request))
      cookie.set(reply, used.secret)
      const session = await readSession(db, { userId: used.userId, installation })
      return { session, to: used.to, isNewAccount: used.isNewAccount }
    },
  )
}

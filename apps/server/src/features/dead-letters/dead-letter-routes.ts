import * as contract from '@rosette/contract'
import type { Db } from '../../db/database.js'
import { actorOf, adminOnly } from '../../http/actor.js'
import type { HttpServer } from '../../http/http-server.js'
import { countDeadLetters, getDeadLetter, listDeadLetters } from './dead-letter-views.js'
import type { DeadLetters } from './dead-letters.js'

type Deps = { readonly db: Db; readonly deadLetters: DeadLetters }

const root = '/api/v1/dead-letters'
const config = adminOnly

export function deadLetterRoutes(server: HttpServer, { db, deadLetters }: Deps): void {
  server.get(root, { schema: contract.listDeadLetters, config }, ({ query }) =>
    listDeadLetters(db, query),
  )

  server.get(`${root}/counts`, { schema: contract.countDeadLetters, config }, () =>
    countDeadLetters(db),
  )

  server.get(`${root}/:id`, { schema: contract.getDeadLetter, config }, ({ params }) =>
    getDeadLetter(db, params.id),
  )

  server.post(`${root}/replays`, { schema: contract.replayDeadLetters, config }, (request) =>
    deadLetters.replayAll(request.body.reason, actorOf(request)),
  )

  server.post(
    `${root}/:id/replay`,
    { schema: contract.replayDeadLetter, config },
    async (request) => {
      await deadLetters.replay(request.params.id, actorOf(request))
      return await getDeadLetter(db, request.params.id)
    },
  )

  server.post(
    `${root}/:id/discard`,
    { schema: contract.discardDeadLetter, config },
    async (request) => {
      await deadLetters.discard(request.params.id, actorOf(request))
      return await getDeadLetter(db, request.params.id)
    },
  )
}

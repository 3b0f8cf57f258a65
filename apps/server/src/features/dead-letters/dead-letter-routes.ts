import * as contract from '@rosette/contract'
import type { Db } from '../../db/database.js'
import { onPlatform } from '../../http/access.js'
import { actorOf } from '../../http/actor.js'
import type { HttpServer } from '../../http/http-server.js'
import { countDeadLetters, getDeadLetter, listDeadLetters } from './dead-letter-views.js'
import type { DeadLetters } from './dead-letters.js'

type Deps = { readonly db: Db; readonly deadLetters: DeadLetters }

const root = '/api/v1/dead-letters'
const toRead = onPlatform('platform:read')
const toEdit = onPlatform('platform:edit')

export function deadLetterRoutes(server: HttpServer, { db, deadLetters }: Deps): void {
  server.get(root, { schema: contract.listDeadLetters, config: toRead }, ({ query }) =>
    listDeadLetters(db, query),
  )

  const counts = { schema: contract.countDeadLetters, config: toRead }
  server.get(`${root}/counts`, counts, () => countDeadLetters(db))

  server.get(`${root}/:id`, { schema: contract.getDeadLetter, config: toRead }, ({ params }) =>
    getDeadLetter(db, params.id),
  )

  const replays = { schema: contract.replayDeadLetters, config: toEdit }
  server.post(`${root}/replays`, replays, (request) =>
    deadLetters.replayAll(request.body.reason, actorOf(request)),
  )

  server.post(
    `${root}/:id/replay`,
    { schema: contract.replayDeadLetter, config: toEdit },
    async (request) => {
      await deadLetters.replay(request.params.id, actorOf(request))
      return await getDeadLetter(db, request.params.id)
    },
  )

  server.post(
    `${root}/:id/discard`,
    { schema: contract.discardDeadLetter, config: toEdit },
    async (request) => {
      await deadLetters.discard(request.params.id, actorOf(request))
      return await getDeadLetter(db, request.params.id)
    },
  )
}

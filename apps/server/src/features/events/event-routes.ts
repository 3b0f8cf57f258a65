import * as contract from '@rosette/contract'
import type { Db } from '../../db/database.js'
import { adminOnly } from '../../http/actor.js'
import type { HttpServer } from '../../http/http-server.js'
import { getEvent, listEvents } from './event-views.js'

const root = '/api/v1/events'
const config = adminOnly

export function eventRoutes(server: HttpServer, { db }: { readonly db: Db }): void {
  server.get(root, { schema: contract.listEvents, config }, ({ query }) => listEvents(db, query))

  server.get(`${root}/:id`, { schema: contract.getEvent, config }, ({ params, query }) =>
    getEvent(db, params.id, query.time),
  )
}

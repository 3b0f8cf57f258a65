import * as contract from '@rosette/contract'
import type { Db } from '../../db/database.js'
import { reachOf, somewhere } from '../../http/access.js'
import type { HttpServer } from '../../http/http-server.js'
import { getEvent, listEvents } from './event-views.js'

const root = '/api/v1/events'
// Events belong to no organization; what tells of badges is narrowed.
const config = somewhere('event:read')

export function eventRoutes(server: HttpServer, { db }: { readonly db: Db }): void {
  server.get(root, { schema: contract.listEvents, config }, (request) =>
    listEvents(db, request.query, reachOf(request, 'award:read')),
  )

  server.get(`${root}/:id`, { schema: contract.getEvent, config }, (request) => {
    const { params, query } = request
    return getEvent(db, { id: params.id, time: query.time }, reachOf(request, 'award:read'))
  })
}

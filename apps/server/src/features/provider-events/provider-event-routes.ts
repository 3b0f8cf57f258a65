import * as contract from '@rosette/contract'
import type { Db } from '../../db/database.js'
import { adminOnly } from '../../http/actor.js'
import type { HttpServer } from '../../http/http-server.js'
import { listProviderEvents } from './provider-event-views.js'

export function providerEventRoutes(server: HttpServer, { db }: { readonly db: Db }): void {
  const options = { schema: contract.listProviderEvents, config: adminOnly }
  server.get('/api/v1/provider-events', options, ({ query }) => listProviderEvents(db, query))
}

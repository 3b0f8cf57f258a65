import * as contract from '@rosette/contract'
import type { Db } from '../../db/database.js'
import { reachOf, somewhere } from '../../http/access.js'
import type { HttpServer } from '../../http/http-server.js'
import { listProviderEvents } from './provider-event-views.js'

export function providerEventRoutes(server: HttpServer, { db }: { readonly db: Db }): void {
  const options = { schema: contract.listProviderEvents, config: somewhere('account:read') }
  server.get('/api/v1/provider-events', options, (request) =>
    listProviderEvents(db, request.query, reachOf(request, 'account:read')),
  )
}

import * as contract from '@rosette/contract'
import type { Db } from '../../db/database.js'
import { adminOnly } from '../../http/actor.js'
import type { HttpServer } from '../../http/http-server.js'
import { listSignals } from './signal-views.js'

export function signalRoutes(server: HttpServer, { db }: { readonly db: Db }): void {
  server.get('/api/v1/signals', { schema: contract.listSignals, config: adminOnly }, ({ query }) =>
    listSignals(db, query),
  )
}

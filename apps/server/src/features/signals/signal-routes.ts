import * as contract from '@rosette/contract'
import type { Db } from '../../db/database.js'
import { onPlatform } from '../../http/access.js'
import type { HttpServer } from '../../http/http-server.js'
import { listSignals } from './signal-views.js'

export function signalRoutes(server: HttpServer, { db }: { readonly db: Db }): void {
  const list = { schema: contract.listSignals, config: onPlatform('platform:read') }
  server.get('/api/v1/signals', list, ({ query }) => listSignals(db, query))
}

import * as contract from '@rosette/contract'
import type { Db } from '../../db/database.js'
import { adminOnly } from '../../http/actor.js'
import type { HttpServer } from '../../http/http-server.js'
import { listAuditLog } from './audit-views.js'

export function auditRoutes(server: HttpServer, { db }: { readonly db: Db }): void {
  server.get(
    '/api/v1/audit-log',
    { schema: contract.listAuditLog, config: adminOnly },
    ({ query }) => listAuditLog(db, query),
  )
}

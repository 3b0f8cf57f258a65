import { Readable } from 'node:stream'
import * as contract from '@rosette/contract'
import { stringify } from 'csv-stringify'
import type { FastifyReply } from 'fastify'
import type { Db } from '../../db/database.js'
import { reachOf, somewhere } from '../../http/access.js'
import type { HttpServer } from '../../http/http-server.js'
import { listAuditLog, readAuditLog } from './audit-views.js'

const root = '/api/v1/audit-log'
const config = somewhere('audit:read')
const columns = ['at', 'actor', 'action', 'subject', 'organizationId', 'before', 'after', 'detail']

export function auditRoutes(server: HttpServer, { db }: { readonly db: Db }): void {
  server.get(root, { schema: contract.listAuditLog, config }, (request) =>
    listAuditLog(db, { ...request.query, reach: reachOf(request, 'audit:read') }),
  )

  server.get(
    `${root}/file`,
    { schema: contract.exportAuditLog, config },
    async (request, reply) => {
      const reach = reachOf(request, 'audit:read')
      await sendTable(reply, readAuditLog(db, { ...request.query, reach }))
    },
  )
}

async function sendTable(
  reply: FastifyReply,
  entries: AsyncIterable<contract.AuditEntry>,
): Promise<void> {
  const rows = Readable.from(entries)
  // A cell that begins like a formula would be one to a spreadsheet.
  const table = stringify({ header: true, columns, escape_formulas: true, bom: true })
  rows.on('error', (error) => table.destroy(error))
  table.on('close', () => rows.destroy())
  await reply
    .type('text/csv; charset=utf-8')
    .header('content-disposition', 'attachment; filename="audit-log.csv"')
    .send(rows.pipe(table))
}

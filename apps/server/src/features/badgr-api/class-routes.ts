import type { Permission } from '@rosette/contract'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { HttpServer } from '../../http/http-server.js'
import { parsePublicId } from '../../http/public-id.js'
import {
  badFields,
  type Caller,
  demandScope,
  type Fields,
  fieldsOf,
  mayIn,
  paramOf,
  queryTextOf,
  textIn,
} from '../badgr-auth/badgr-auth.js'
import type { ApiDeps } from './api-deps.js'
import { type ClassRow, findClassRow, listClassRows } from './class-repository.js'
import { linkPages, sendResult } from './envelope.js'
import { classFor, demandIssuerScope, issuerFor, whoseOf } from './find-things.js'
import { findIssuerRow, type IssuerRow } from './issuer-repository.js'
import { readPaging } from './paging.js'
import { readClass } from './read-class.js'
import { toClassJson } from './to-json.js'

type Exchange = { readonly request: FastifyRequest; readonly reply: FastifyReply }

const forbidden = 'You do not have permission to edit badges on this issuer.'

export function classRoutes(scope: HttpServer, deps: ApiDeps): void {
  const { db, urls, callers, classes } = deps

  scope.get('/badgeclasses', async (request, reply) => {
    const caller = await callers.callerOf(request)
    demandScope(caller, 'rw:issuer')
    return await sendList({ request, reply }, caller)
  })

  scope.post('/badgeclasses', async (request, reply) => {
    const caller = await callers.callerOf(request)
    demandScope(caller, 'rw:issuer')
    const fields = fieldsOf(request)
    const issuer = await namedIssuer(caller, fields)
    return await create({ request, reply }, { caller, issuer, fields })
  })

  scope.get('/issuers/:id/badgeclasses', async (request, reply) => {
    const caller = await callers.callerOf(request)
    demandIssuerScope(caller)
    const id = paramOf(request, 'id')
    const issuer = await issuerFor(db, { caller, id, permission: 'template:read' })
    return await sendList({ request, reply }, caller, issuer.id)
  })

  scope.post('/issuers/:id/badgeclasses', async (request, reply) => {
    const caller = await callers.callerOf(request)
    demandIssuerScope(caller)
    const id = paramOf(request, 'id')
    const issuer = await issuerFor(db, { caller, id, permission: 'template:edit' })
    return await create({ request, reply }, { caller, issuer, fields: fieldsOf(request) })
  })

  scope.get('/badgeclasses/:id', async (request, reply) => {
    const { row } = await named(request, 'template:read')
    return sendResult({ request, reply }, [toClassJson(row, urls)])
  })

  scope.put('/badgeclasses/:id', async (request, reply) => {
    const { caller, row } = await named(request, 'template:edit')
    await classes.update(row, readClass(fieldsOf(request), { isNew: false }), caller.actor.name)
    return await sendClass({ request, reply }, row.id, 200)
  })

  scope.delete('/badgeclasses/:id', async (request, reply) => {
    const { caller, row } = await named(request, 'template:edit')
    await classes.remove(row, caller.actor.name)
    return reply.code(204).send()
  })

  /** The class that the address names, and who asks for it. */
  async function named(request: FastifyRequest, permission: Permission) {
    const caller = await callers.callerOf(request)
    demandIssuerScope(caller)
    const row = await classFor(db, { caller, id: paramOf(request, 'id'), permission })
    return { caller, row }
  }

  async function create(
    exchange: Exchange,
    { caller, issuer, fields }: { caller: Caller; issuer: IssuerRow; fields: Fields },
  ) {
    const { organizationId, id: issuerId } = issuer
    const owner = { organizationId, issuerId, createdBy: caller.userId }
    const id = await classes.create(readClass(fields, { isNew: true }), owner, caller.actor.name)
    return await sendClass(exchange, id, 201)
  }

  async function sendClass(exchange: Exchange, id: string, status: number) {
    const row = await findClassRow(db, id)
    return sendResult(exchange, row === undefined ? [] : [toClassJson(row, urls)], { status })
  }

  async function sendList(exchange: Exchange, caller: Caller, issuerId?: string) {
    const { request } = exchange
    const paging = readPaging(queryTextOf(request, 'num'), queryTextOf(request, 'cursor'))
    const narrowing = { paging, ...(issuerId !== undefined && { issuerId }) }
    const page = await listClassRows(db, whoseOf(caller, 'template:read'), narrowing)
    linkPages(exchange, page, urls)
    return sendResult(
      exchange,
      page.rows.map((row: ClassRow) => toClassJson(row, urls)),
    )
  }

  async function namedIssuer(caller: Caller, fields: Fields): Promise<IssuerRow> {
    const named = textIn(fields, 'issuer')
    if (named === undefined) throw badFields({ issuer: ['This field is required.'] })
    const id = parsePublicId(named)
    const row = id === undefined ? undefined : await findIssuerRow(db, id)
    const may =
      row !== undefined &&
      mayIn(caller, 'template:edit', { organizationId: row.organizationId, issuerId: row.id })
    if (row === undefined || !may) throw badFields({ issuer: forbidden })
    return row
  }
}

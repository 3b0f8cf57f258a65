import type { Permission } from '@rosette/contract'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { HttpServer } from '../../http/http-server.js'
import {
  type Caller,
  demandScope,
  fieldsOf,
  paramOf,
  queryTextOf,
} from '../badgr-auth/badgr-auth.js'
import type { ApiDeps } from './api-deps.js'
import { sendResult } from './envelope.js'
import { demandIssuerScope, issuerFor, whoseOf } from './find-things.js'
import { type IssuerRow, listIssuerRows, listStaff } from './issuer-repository.js'
import { readIssuer } from './read-issuer.js'
import { toIssuerJson } from './to-json.js'

type Exchange = { readonly request: FastifyRequest; readonly reply: FastifyReply }

export function issuerRoutes(scope: HttpServer, deps: ApiDeps): void {
  const { db, callers, issuerChanges } = deps

  scope.get('/issuers', async (request, reply) => {
    const caller = await callers.callerOf(request)
    demandScope(caller, 'rw:issuer')
    const rows = await listIssuerRows(db, whoseOf(caller, 'issuer:read'))
    return await sendIssuers({ request, reply }, rows)
  })

  scope.post('/issuers', async (request, reply) => {
    const caller = await callers.callerOf(request)
    demandScope(caller, 'rw:issuer')
    const id = await issuerChanges.create(readIssuer(fieldsOf(request)), caller)
    return await sendIssuer({ request, reply }, caller, { id, status: 201 })
  })

  scope.get('/issuers/:id', async (request, reply) => {
    const caller = await callers.callerOf(request)
    return await sendIssuer({ request, reply }, caller, { id: paramOf(request, 'id') })
  })

  scope.put('/issuers/:id', async (request, reply) => {
    const { caller, row } = await named(request, 'issuer:edit')
    await issuerChanges.update(row, readIssuer(fieldsOf(request)), caller.actor.name)
    return await sendIssuer({ request, reply }, caller, { id: row.id })
  })

  scope.delete('/issuers/:id', async (request, reply) => {
    const { caller, row } = await named(request, 'issuer:edit')
    await issuerChanges.remove(row, caller.actor.name)
    return reply.code(204).send()
  })

  /** The issuer that the address names, and who asks for it. */
  async function named(request: FastifyRequest, permission: Permission) {
    const caller = await callers.callerOf(request)
    demandIssuerScope(caller)
    const row = await issuerFor(db, { caller, id: paramOf(request, 'id'), permission })
    return { caller, row }
  }

  async function sendIssuer(
    exchange: Exchange,
    caller: Caller,
    { id, status = 200 }: { readonly id: string; readonly status?: number },
  ) {
    demandIssuerScope(caller)
    const row = await issuerFor(db, { caller, id, permission: 'issuer:read' })
    return await sendIssuers(exchange, [row], status)
  }

  async function sendIssuers(exchange: Exchange, rows: readonly IssuerRow[], status = 200) {
    const withStaff = queryTextOf(exchange.request, 'include_staff') !== 'false'
    const staff = withStaff
      ? await listStaff(db, [...new Set(rows.map((row) => row.organizationId))])
      : undefined
    const result = rows.map((row) => toIssuerJson(row, { urls: deps.urls, staff }))
    return sendResult(exchange, result, { status })
  }
}

import type { Permission } from '@rosette/contract'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { HttpServer } from '../../http/http-server.js'
import {
  badFields,
  badRequest,
  type Caller,
  type Fields,
  fieldsOf,
  paramOf,
  queryTextOf,
  queryTextsOf,
  toFields,
} from '../badgr-auth/badgr-auth.js'
import type { ApiDeps } from './api-deps.js'
import { changeAssertion, revokeAll, revokeOne } from './assertion-changes.js'
import { findAssertionRows, listAssertionRows } from './assertion-repository.js'
import { chooseClass } from './choose-class.js'
import type { ClassRow } from './class-repository.js'
import { linkPages, sendResult } from './envelope.js'
import { assertionFor, classFor, demandIssuerScope, issuerFor } from './find-things.js'
import { readPaging } from './paging.js'
import { isTrue, readAssertion } from './read-assertion.js'
import { readBatch } from './read-batch.js'
import { isYes } from './reading.js'
import { toAssertionJson } from './to-json.js'

type Exchange = { readonly request: FastifyRequest; readonly reply: FastifyReply }

export function assertionRoutes(scope: HttpServer, deps: ApiDeps): void {
  const { db, urls, callers } = deps
  classAwardRoutes(scope, deps)

  scope.get('/issuers/:id/assertions', async (request, reply) => {
    const caller = await callerFor(request)
    const id = paramOf(request, 'id')
    const issuer = await issuerFor(db, { caller, id, permission: 'award:read' })
    return await sendAssertions({ request, reply }, deps, { issuerId: issuer.id })
  })

  scope.post('/issuers/:id/assertions', async (request, reply) => {
    const caller = await callerFor(request)
    const id = paramOf(request, 'id')
    const issuer = await issuerFor(db, { caller, id, permission: 'award:edit' })
    const fields = fieldsOf(request)
    const row = await chooseClass(db, issuer, fields)
    return await award({ request, reply }, deps, { caller, row, fields: [fields] })
  })

  scope.get('/assertions/:id', async (request, reply) => {
    const { row } = await named(request, 'award:read')
    return sendResult({ request, reply }, [toAssertionJson(row, urls)])
  })

  scope.put('/assertions/:id', async (request, reply) => {
    const { caller, row } = await named(request, 'award:edit')
    await changeAssertion(deps, { row, fields: fieldsOf(request), actor: caller.actor.name })
    return await sendOne({ request, reply }, row.id)
  })

  scope.delete('/assertions/:id', async (request, reply) => {
    const { caller, row } = await named(request, 'award:edit')
    await revokeOne(deps, { row, fields: fieldsOf(request), actor: caller.actor.name })
    return await sendOne({ request, reply }, row.id)
  })

  scope.post('/assertions/revoke', async (request, reply) => {
    const caller = await callerFor(request)
    const { body } = request
    if (!Array.isArray(body)) throw badRequest('Expected a list of items.')
    const result = await revokeAll(deps, { caller, items: body.map(toFields) })
    return sendResult({ request, reply }, result, { description: 'revoked badges' })
  })

  /** The award that the address names, and who asks for it. */
  async function named(request: FastifyRequest, permission: Permission) {
    const caller = await callerFor(request)
    const row = await assertionFor(db, { caller, id: paramOf(request, 'id'), permission })
    return { caller, row }
  }

  async function callerFor(request: FastifyRequest): Promise<Caller> {
    const caller = await callers.callerOf(request)
    demandIssuerScope(caller)
    return caller
  }

  async function sendOne(exchange: Exchange, id: string) {
    const rows = await findAssertionRows(db, [id])
    return sendResult(
      exchange,
      rows.map((row) => toAssertionJson(row, urls)),
    )
  }
}

function classAwardRoutes(scope: HttpServer, deps: ApiDeps): void {
  const { db, callers } = deps

  scope.get('/badgeclasses/:id/assertions', async (request, reply) => {
    const { row } = await named(request, 'award:read')
    return await sendAssertions({ request, reply }, deps, { templateId: row.id })
  })

  scope.post('/badgeclasses/:id/assertions', async (request, reply) => {
    const { caller, row } = await named(request, 'award:edit')
    return await award({ request, reply }, deps, { caller, row, fields: [fieldsOf(request)] })
  })

  scope.post('/badgeclasses/:id/issue', async (request, reply) => {
    const { caller, row } = await named(request, 'award:edit')
    const { assertions, create_notification: notifies } = fieldsOf(request)
    if (!Array.isArray(assertions)) throw badFields({ assertions: ['This field is required.'] })
    const fields = assertions.map(toFields)
    const all = isTrue(notifies) ? fields.map((one) => ({ notify: true, ...one })) : fields
    return await award({ request, reply }, deps, { caller, row, fields: all, isBatch: true })
  })

  async function named(request: FastifyRequest, permission: Permission) {
    const caller = await callers.callerOf(request)
    demandIssuerScope(caller)
    const row = await classFor(db, { caller, id: paramOf(request, 'id'), permission })
    return { caller, row }
  }
}

type ToAward = {
  readonly caller: Caller
  readonly row: ClassRow
  readonly fields: readonly Fields[]
  readonly isBatch?: boolean
}

/** One wrong item has errors of its own; of many, each has them in its place. */
async function award(exchange: Exchange, { issuing, urls, now }: ApiDeps, asked: ToAward) {
  const { caller, row, fields, isBatch = false } = asked
  const read = (one: Fields) => readAssertion(one, now())
  const given = isBatch ? readBatch(fields, read) : fields.map(read)
  const rows = await issuing.issue(row.id, given, caller.actor.name)
  return sendResult(
    exchange,
    rows.map((one) => toAssertionJson(one, urls)),
    { status: 201 },
  )
}

async function sendAssertions(
  exchange: Exchange,
  { db, urls, now }: ApiDeps,
  of: { readonly issuerId?: string; readonly templateId?: string },
) {
  const { request } = exchange
  const filter = {
    ...of,
    recipients: queryTextsOf(request, 'recipient'),
    includesExpired: isYes(queryTextOf(request, 'include_expired')),
    includesRevoked: isYes(queryTextOf(request, 'include_revoked')),
    at: now().toISOString(),
  }
  const paging = readPaging(queryTextOf(request, 'num'), queryTextOf(request, 'cursor'))
  const page = await listAssertionRows(db, filter, paging)
  linkPages(exchange, page, urls)
  return sendResult(
    exchange,
    page.rows.map((row) => toAssertionJson(row, urls)),
  )
}

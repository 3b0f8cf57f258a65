import * as contract from '@rosette/contract'
import type { FastifyRequest } from 'fastify'
import { type Db, inTransaction } from '../../db/database.js'
import { inBody, on, reachOf, somewhere } from '../../http/access.js'
import { actorOf } from '../../http/actor.js'
import { AppError } from '../../http/app-error.js'
import type { HttpServer } from '../../http/http-server.js'
import { assertMayGive, knownActor } from '../access/access.js'
import { recordAudit } from '../audit/audit.js'
import {
  assertFuture,
  assertNoLonger,
  type NewToken,
  permissionsFor,
  storeToken,
} from './make-token.js'
import { listTokens, revokeToken, tokenOr404 } from './token-repository.js'

const root = '/api/v1/tokens'

export function tokenRoutes(server: HttpServer, { db }: { readonly db: Db }): void {
  server.get(
    root,
    { schema: contract.listTokens, config: somewhere('token:edit') },
    async (request) => ({
      items: await listTokens(db, { ...request.query, reach: reachOf(request, 'token:edit') }),
    }),
  )

  server.post(
    root,
    { schema: contract.createToken, config: inBody('token:edit') },
    async (request, reply) => reply.code(201).send(await make(db, request, request.body)),
  )

  server.post(
    `${root}/:id/revocation`,
    { schema: contract.revokeToken, config: on('token', 'token:edit') },
    (request) =>
      inTransaction(db, async (tx) => {
        const { id } = request.params
        const isFirst = await revokeToken(tx, id)
        const token = await tokenOr404(tx, id)
        const { name, revokedAt } = token
        if (!isFirst) {
          throw new AppError('conflict', `The token "${name}" was revoked at ${revokedAt}.`)
        }
        const audit = { action: 'token.revoke', subject: `token/${id}`, detail: { name } }
        await recordAudit(tx, { actor: actorOf(request), ...audit })
        return token
      }),
  )
}

async function make(db: Db, request: FastifyRequest, given: NewToken) {
  const { name, organizationId = null, expiresAt = null } = given
  const permissions = permissionsFor(given)
  const asking = knownActor(request.actor)
  assertMayGive(asking, permissions, organizationId)
  assertFuture(expiresAt, new Date())
  assertNoLonger(expiresAt, asking.until)
  return await inTransaction(db, async (tx) => {
    const actor = actorOf(request)
    const { id, token } = await storeToken(tx, given, actor)
    const detail = { name, permissions, expiresAt }
    await recordAudit(tx, { actor, action: 'token.create', subject: `token/${id}`, detail })
    return { ...(await tokenOr404(tx, id)), token }
  })
}

import * as contract from '@rosette/contract'
import { type Db, inTransaction } from '../../db/database.js'
import { actorOf, adminOnly } from '../../http/actor.js'
import { AppError } from '../../http/app-error.js'
import type { HttpServer } from '../../http/http-server.js'
import { recordAudit } from '../audit/audit.js'
import { listTokens, revokeToken, tokenOr404 } from './token-repository.js'
import { createTokenIn } from './tokens.js'

const root = '/api/v1/tokens'
const config = adminOnly

export function tokenRoutes(server: HttpServer, { db }: { readonly db: Db }): void {
  server.get(root, { schema: contract.listTokens, config }, async () => ({
    items: await listTokens(db),
  }))

  server.post(root, { schema: contract.createToken, config }, async (request, reply) => {
    const { name } = request.body
    const made = await inTransaction(db, async (tx) => {
      const { id, token } = await createTokenIn(tx, name)
      const actor = actorOf(request)
      const audit = { action: 'token.create', subject: `token/${id}`, detail: { name } }
      await recordAudit(tx, { actor, ...audit })
      return { ...(await tokenOr404(tx, id)), token }
    })
    return reply.code(201).send(made)
  })

  server.post(`${root}/:id/revocation`, { schema: contract.revokeToken, config }, (request) =>
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

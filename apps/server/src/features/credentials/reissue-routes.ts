import * as contract from '@rosette/contract'
import { on } from '../../http/access.js'
import { actorOf } from '../../http/actor.js'
import type { HttpServer } from '../../http/http-server.js'
import type { Reissuing } from './reissue-badges.js'

/** Badges that are to be signed anew. */
export function reissueRoutes(server: HttpServer, { request, list, countBadges }: Reissuing): void {
  const one = '/api/v1/issuers/:id'

  server.post(
    `${one}/reissue`,
    { schema: contract.reissueBadges, config: on('issuer', 'issuance:edit') },
    async (asked, reply) => {
      const wanted = { issuerId: asked.params.id, ...asked.body }
      return reply.code(202).send(await request(wanted, actorOf(asked)))
    },
  )

  const listing = { schema: contract.listReissues, config: on('issuer', 'issuer:read') }
  server.get(`${one}/reissues`, listing, ({ params }) => list(params.id))

  const counting = { schema: contract.countKeyBadges, config: on('issuer', 'issuer:read') }
  server.get(`${one}/keys/:kid/badges`, counting, ({ params }) =>
    countBadges(params.id, params.kid),
  )
}

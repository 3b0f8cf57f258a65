import * as contract from '@rosette/contract'
import { actorOf, adminOnly } from '../../http/actor.js'
import type { HttpServer } from '../../http/http-server.js'
import type { Reissuing } from './reissue-badges.js'

const config = adminOnly

/** Badges that are to be signed anew. */
export function reissueRoutes(server: HttpServer, { request, list }: Reissuing): void {
  const one = '/api/v1/issuers/:id'

  server.post(
    `${one}/reissue`,
    { schema: contract.reissueBadges, config },
    async (asked, reply) => {
      const wanted = { issuerId: asked.params.id, ...asked.body }
      return reply.code(202).send(await request(wanted, actorOf(asked)))
    },
  )

  server.get(`${one}/reissues`, { schema: contract.listReissues, config }, ({ params }) =>
    list(params.id),
  )
}

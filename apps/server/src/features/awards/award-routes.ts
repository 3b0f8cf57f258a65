import * as contract from '@rosette/contract'
import type { Db } from '../../db/database.js'
import { on } from '../../http/access.js'
import { actorOf } from '../../http/actor.js'
import type { HttpServer } from '../../http/http-server.js'
import { withoutUndefined } from '../../http/without-undefined.js'
import { awardListRoutes } from './award-list-routes.js'
import type { Awards, AwardViews } from './awards.js'
import { severalAwardsRoutes } from './several-awards-routes.js'

type Deps = {
  readonly db: Db
  readonly now: () => Date
  readonly awards: Awards
  readonly views: AwardViews
  /** Signs the badge anew. */
  readonly reissue: (awardId: string, actor: string) => Promise<void>
}

const root = '/api/v1/awards'
const toRead = on('award', 'award:read')
const toEdit = on('award', 'award:edit')

export function awardRoutes(server: HttpServer, deps: Deps): void {
  const { awards, views, reissue } = deps
  awardListRoutes(server, deps)
  severalAwardsRoutes(server, deps)

  server.get(`${root}/:id`, { schema: contract.getAward, config: toRead }, ({ params }) =>
    views.get(params.id),
  )

  server.post(
    '/api/v1/badge-templates/:id/awards',
    { schema: contract.grantAward, config: on('template', 'award:edit') },
    async (request, reply) => {
      const { evidence = [], results = [], ...given } = request.body
      const id = await awards.grant(
        {
          ...given,
          templateId: request.params.id,
          evidence: evidence.map((one) => withoutUndefined(one)),
          results: results.map((one) => ({ ...withoutUndefined(one), result: one.result })),
        },
        actorOf(request),
      )
      return reply
        .code(201)
        .header('location', `${root}/${id}`)
        .send(await views.get(id))
    },
  )

  const revocation = { schema: contract.revokeAward, config: toEdit }
  server.post(`${root}/:id/revocation`, revocation, async (request) => {
    const { id } = request.params
    await awards.revoke(id, request.body.reason, actorOf(request))
    return await views.get(id)
  })

  const anew = { schema: contract.reissueAward, config: on('award', 'issuance:edit') }
  server.post(`${root}/:id/reissue`, anew, async (request) => {
    const { id } = request.params
    await reissue(id, actorOf(request))
    return await views.get(id)
  })

  server.patch(`${root}/:id`, { schema: contract.updateAward, config: toEdit }, async (request) => {
    const { id } = request.params
    await awards.showName(id, request.body.showsName, actorOf(request))
    return await views.get(id)
  })
}

import * as contract from '@rosette/contract'
import { actorOf, adminOnly } from '../../http/actor.js'
import type { HttpServer } from '../../http/http-server.js'
import { withoutUndefined } from '../../http/without-undefined.js'
import type { Awards, AwardViews } from './awards.js'

type Deps = {
  readonly awards: Awards
  readonly views: AwardViews
  /** Signs the badge anew. */
  readonly reissue: (awardId: string, actor: string) => Promise<void>
}

const root = '/api/v1/awards'
const config = adminOnly

export function awardRoutes(server: HttpServer, { awards, views, reissue }: Deps): void {
  server.get(root, { schema: contract.listAwards, config }, ({ query }) => views.list(query))

  server.get(`${root}/:id`, { schema: contract.getAward, config }, ({ params }) =>
    views.get(params.id),
  )

  server.post(
    '/api/v1/badge-templates/:id/awards',
    { schema: contract.grantAward, config },
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

  server.post(
    `${root}/:id/revocation`,
    { schema: contract.revokeAward, config },
    async (request) => {
      const { id } = request.params
      await awards.revoke(id, request.body.reason, actorOf(request))
      return await views.get(id)
    },
  )

  server.post(`${root}/:id/reissue`, { schema: contract.reissueAward, config }, async (request) => {
    const { id } = request.params
    await reissue(id, actorOf(request))
    return await views.get(id)
  })

  server.patch(`${root}/:id`, { schema: contract.updateAward, config }, async (request) => {
    const { id } = request.params
    await awards.showName(id, request.body.showsName, actorOf(request))
    return await views.get(id)
  })
}

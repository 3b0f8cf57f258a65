import * as contract from '@rosette/contract'
import { actorOf, adminOnly } from '../../http/actor.js'
import { AppError } from '../../http/app-error.js'
import type { HttpServer } from '../../http/http-server.js'
import type { IssuanceViews } from './issuance-views.js'

type Deps = {
  readonly views: IssuanceViews
  /** Puts what failed, stopped or ended at the provider back into the queue; how many it were. */
  readonly retryAll: (
    which: {
      readonly ids?: readonly string[] | undefined
      readonly accountId?: string | undefined
    },
    actor: string,
  ) => Promise<number>
}

const root = '/api/v1/issuances'
const config = adminOnly

export function issuanceRoutes(server: HttpServer, { views, retryAll }: Deps): void {
  server.get(root, { schema: contract.listIssuances, config }, ({ query }) => views.list(query))

  server.get(`${root}/counts`, { schema: contract.countIssuances, config }, () => views.counts())

  server.get(`${root}/:id`, { schema: contract.getIssuance, config }, ({ params }) =>
    views.get(params.id),
  )

  server.post(`${root}/retry`, { schema: contract.retryIssuances, config }, async (request) => ({
    retried: await retryAll(request.body, actorOf(request)),
  }))

  server.post(`${root}/:id/retry`, { schema: contract.retryIssuance, config }, async (request) => {
    const { id } = request.params
    const retried = await retryAll({ ids: [id] }, actorOf(request))
    const issuance = await views.get(id)
    if (retried > 0) return issuance
    const message = `This issuance is ${issuance.state}: there is nothing to try again.`
    throw new AppError('issuance-not-retryable', message)
  })
}

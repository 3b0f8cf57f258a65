import * as contract from '@rosette/contract'
import type { Reach } from '../../db/reach.js'
import { on, reachOf, somewhere } from '../../http/access.js'
import { actorOf } from '../../http/actor.js'
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
      readonly reach: Reach
    },
    actor: string,
  ) => Promise<number>
}

const root = '/api/v1/issuances'
const toList = somewhere('issuance:read')
const toRead = on('issuance', 'issuance:read')

export function issuanceRoutes(server: HttpServer, { views, retryAll }: Deps): void {
  server.get(root, { schema: contract.listIssuances, config: toList }, (request) =>
    views.list(request.query, reachOf(request, 'issuance:read')),
  )

  server.get(`${root}/counts`, { schema: contract.countIssuances, config: toList }, (request) =>
    views.counts(reachOf(request, 'issuance:read')),
  )

  server.get(`${root}/:id`, { schema: contract.getIssuance, config: toRead }, ({ params }) =>
    views.get(params.id),
  )

  const several = { schema: contract.retryIssuances, config: somewhere('issuance:edit') }
  server.post(`${root}/retry`, several, async (request) => {
    const reach = reachOf(request, 'issuance:edit')
    return { retried: await retryAll({ ...request.body, reach }, actorOf(request)) }
  })

  const one = { schema: contract.retryIssuance, config: on('issuance', 'issuance:edit') }
  server.post(`${root}/:id/retry`, one, async (request) => {
    const { id } = request.params
    const reach = reachOf(request, 'issuance:edit')
    const retried = await retryAll({ ids: [id], reach }, actorOf(request))
    const issuance = await views.get(id)
    if (retried > 0) return issuance
    const message = `This issuance is ${issuance.state}: there is nothing to try again.`
    throw new AppError('issuance-not-retryable', message)
  })
}

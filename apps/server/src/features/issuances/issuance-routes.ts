import * as contract from '@rosette/contract'
import { on, reachOf, somewhere } from '../../http/access.js'
import { actorOf } from '../../http/actor.js'
import { AppError } from '../../http/app-error.js'
import type { HttpServer } from '../../http/http-server.js'
import { sendTable, type TableFile } from '../exports/exports.js'
import type { Retried } from './issuance-repository.js'
import type { IssuanceViews } from './issuance-views.js'

type Deps = {
  readonly views: IssuanceViews
  /** Puts what failed, stopped or ended at the provider back into the queue; how many it were. */
  readonly retryAll: (which: Retried, actor: string) => Promise<number>
}

const issuanceColumns: TableFile<contract.Issuance>['columns'] = {
  Badge: ({ template }) => template.name,
  'User name': ({ learner }) => learner.username,
  Name: ({ learner }) => learner.name,
  'E-mail': ({ learner }) => learner.email,
  Account: ({ account }) => account?.name ?? 'own Open Badges',
  State: ({ state }) => state,
  Wanted: ({ wanted }) => wanted,
  Tries: ({ attempts }) => attempts,
  Error: ({ lastError }) => lastError,
  Remedy: ({ remedy }) => remedy,
  'Next try': ({ nextTryAt }) => nextTryAt,
  'Issued at': ({ issuedAt }) => issuedAt,
  'Revoked at': ({ revokedAt }) => revokedAt,
  'Badge there': ({ externalUrl }) => externalUrl,
  'Last change': ({ updatedAt }) => updatedAt,
  Award: ({ awardId }) => awardId,
  Issuance: ({ id }) => id,
}

const root = '/api/v1/issuances'
const toList = somewhere('issuance:read')
const toRead = on('issuance', 'issuance:read')

export function issuanceRoutes(server: HttpServer, { views, retryAll }: Deps): void {
  server.get(root, { schema: contract.listIssuances, config: toList }, (request) =>
    views.list(request.query, reachOf(request, 'issuance:read')),
  )

  server.get(`${root}/counts`, { schema: contract.countIssuances, config: toList }, (request) =>
    views.counts(reachOf(request, 'issuance:read'), request.query.organizationId),
  )

  server.get(
    `${root}/file`,
    { schema: contract.exportIssuances, config: toList },
    (request, reply) =>
      sendTable(reply, {
        name: 'issuances',
        columns: issuanceColumns,
        rows: views.read(request.query, reachOf(request, 'issuance:read')),
      }),
  )

  server.get(`${root}/:id`, { schema: contract.getIssuance, config: toRead }, ({ params }) =>
    views.get(params.id),
  )

  const several = { schema: contract.retryIssuances, config: somewhere('issuance:edit') }
  server.post(`${root}/retry`, several, async (request) => {
    const { dryRun, ...named } = request.body
    const which = { ...named, reach: reachOf(request, 'issuance:edit') }
    if (dryRun) return { concerned: await views.toRetry(which), retried: 0 }
    const retried = await retryAll(which, actorOf(request))
    return { concerned: retried, retried }
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

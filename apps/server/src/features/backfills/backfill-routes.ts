import * as contract from '@rosette/contract'
import { on, reachOf, somewhere } from '../../http/access.js'
import { actorOf } from '../../http/actor.js'
import type { HttpServer } from '../../http/http-server.js'
import type { Backfills, BackfillViews } from './backfills.js'

type Deps = { readonly backfills: Backfills; readonly views: BackfillViews }

const ofTemplate = '/api/v1/badge-templates/:id/backfills'
const root = '/api/v1/backfills'

export function backfillRoutes(server: HttpServer, { backfills, views }: Deps): void {
  server.post(
    ofTemplate,
    { schema: contract.createBackfill, config: on('template', 'backfill:run') },
    async (request, reply) => {
      const { kind } = request.body
      const templateId = request.params.id
      const id = await backfills.request({ templateId, kind, actor: actorOf(request) })
      return reply
        .code(202)
        .header('location', `${root}/${id}`)
        .send(await views.get(id))
    },
  )

  server.get(
    ofTemplate,
    { schema: contract.listTemplateBackfills, config: on('template', 'template:read') },
    ({ params, query }) => views.list({ ...query, templateId: params.id }, 'everywhere'),
  )

  server.get(
    root,
    { schema: contract.listBackfills, config: somewhere('template:read') },
    (request) => views.list(request.query, reachOf(request, 'template:read')),
  )

  server.get(
    `${root}/:id`,
    { schema: contract.getBackfill, config: on('backfill', 'template:read') },
    ({ params }) => views.get(params.id),
  )

  server.get(
    `${root}/:id/changes`,
    { schema: contract.listBackfillChanges, config: on('backfill', 'template:read') },
    ({ params, query }) => views.changes(params.id, query),
  )

  server.post(
    `${root}/:id/cancel`,
    { schema: contract.cancelBackfill, config: on('backfill', 'backfill:run') },
    async (request) => {
      await backfills.cancel(request.params.id, actorOf(request))
      return await views.get(request.params.id)
    },
  )
}

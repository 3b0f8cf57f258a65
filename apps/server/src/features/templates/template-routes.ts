import * as contract from '@rosette/contract'
import { actorOf, adminOnly } from '../../http/actor.js'
import type { HttpServer } from '../../http/http-server.js'
import { withoutUndefined } from '../../http/without-undefined.js'
import type { RuleCatalogue, Templates, TemplateViews } from './templates.js'

type Deps = {
  readonly templates: Templates
  readonly views: TemplateViews
  readonly catalogue: RuleCatalogue
}

const root = '/api/v1/badge-templates'
const config = adminOnly

export function templateRoutes(server: HttpServer, deps: Deps): void {
  const { templates, views, catalogue } = deps

  server.get('/api/v1/event-types', { schema: contract.listEventTypes, config }, async () => ({
    items: catalogue.list(),
  }))

  server.get(root, { schema: contract.listBadgeTemplates, config }, async ({ query }) =>
    views.list(query),
  )

  server.post(root, { schema: contract.createBadgeTemplate, config }, async (request, reply) => {
    const id = await templates.create(request.body, actorOf(request))
    return reply
      .code(201)
      .header('location', `${root}/${id}`)
      .send(await views.get(id))
  })

  server.get(`${root}/:id`, { schema: contract.getBadgeTemplate, config }, async ({ params }) =>
    views.get(params.id),
  )

  server.patch(`${root}/:id`, { schema: contract.updateBadgeTemplate, config }, async (request) => {
    const { id } = request.params
    await templates.update(id, withoutUndefined(request.body), actorOf(request))
    return await views.get(id)
  })

  server.delete(
    `${root}/:id`,
    { schema: contract.deleteBadgeTemplate, config },
    async (request, reply) => {
      await templates.remove(request.params.id, actorOf(request))
      return reply.code(204).send(null)
    },
  )

  stateRoutes(server, deps)
  fileRoutes(server, deps)
}

function stateRoutes(server: HttpServer, { templates, views }: Deps): void {
  const changes = [
    ['activation', contract.activateBadgeTemplate, templates.activate],
    ['deactivation', contract.deactivateBadgeTemplate, templates.deactivate],
    ['archival', contract.archiveBadgeTemplate, templates.archive],
  ] as const
  for (const [name, schema, change] of changes) {
    server.post(`${root}/:id/${name}`, { schema, config }, async (request) => {
      await change(request.params.id, actorOf(request))
      return await views.get(request.params.id)
    })
  }
}

function fileRoutes(server: HttpServer, { templates, views }: Deps): void {
  server.get(
    '/api/v1/template-files',
    { schema: contract.exportBadgeTemplates, config },
    ({ query }) => views.exportAll(query),
  )

  server.post(
    '/api/v1/template-files',
    { schema: contract.importBadgeTemplates, config },
    async (request, reply) => {
      const ids = await templates.importFiles(request.body, request.query, actorOf(request))
      return reply.code(201).send({ items: await views.many(ids) })
    },
  )

  server.get(`${root}/:id/file`, { schema: contract.exportBadgeTemplate, config }, ({ params }) =>
    views.exportOne(params.id),
  )
}

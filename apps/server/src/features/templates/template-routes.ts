import * as contract from '@rosette/contract'
import { inBody, inQuery, on, reachOf, somewhere } from '../../http/access.js'
import { actorOf } from '../../http/actor.js'
import type { HttpServer } from '../../http/http-server.js'
import { withoutUndefined } from '../../http/without-undefined.js'
import type { RuleCatalogue, Templates, TemplateViews } from './templates.js'

type Deps = {
  readonly templates: Templates
  readonly views: TemplateViews
  readonly catalogue: RuleCatalogue
}

const root = '/api/v1/badge-templates'
const toList = somewhere('template:read')
const toRead = on('template', 'template:read')
const toEdit = on('template', 'template:edit')

export function templateRoutes(server: HttpServer, deps: Deps): void {
  const { templates, views, catalogue } = deps

  const types = { schema: contract.listEventTypes, config: toList }
  server.get('/api/v1/event-types', types, async () => ({ items: catalogue.list() }))

  const list = { schema: contract.listBadgeTemplates, config: toList }
  server.get(root, list, (request) => views.list(request.query, reachOf(request, 'template:read')))

  const create = { schema: contract.createBadgeTemplate, config: inBody('template:edit') }
  server.post(root, create, async (request, reply) => {
    const id = await templates.create(request.body, actorOf(request))
    return reply
      .code(201)
      .header('location', `${root}/${id}`)
      .send(await views.get(id))
  })

  const get = { schema: contract.getBadgeTemplate, config: toRead }
  server.get(`${root}/:id`, get, ({ params }) => views.get(params.id))

  const update = { schema: contract.updateBadgeTemplate, config: toEdit }
  server.patch(`${root}/:id`, update, async (request) => {
    const { id } = request.params
    await templates.update(id, withoutUndefined(request.body), actorOf(request))
    return await views.get(id)
  })

  const remove = { schema: contract.deleteBadgeTemplate, config: toEdit }
  server.delete(`${root}/:id`, remove, async (request, reply) => {
    await templates.remove(request.params.id, actorOf(request))
    return reply.code(204).send(null)
  })

  moreRoutes(server, deps)
  stateRoutes(server, deps)
  fileRoutes(server, deps)
}

function moreRoutes(server: HttpServer, { templates, views }: Deps): void {
  const tags = { schema: contract.listTemplateTags, config: toList }
  server.get('/api/v1/template-tags', tags, (request) =>
    views.tags(request.query, reachOf(request, 'template:read')),
  )

  const standing = { schema: contract.getTemplateStanding, config: toRead }
  server.get(`${root}/:id/standing`, standing, ({ params }) => views.standing(params.id))

  const duplicate = { schema: contract.duplicateBadgeTemplate, config: toEdit }
  server.post(`${root}/:id/duplicate`, duplicate, async (request, reply) => {
    const id = await templates.duplicate(
      request.params.id,
      { name: request.body?.name },
      actorOf(request),
    )
    return reply
      .code(201)
      .header('location', `${root}/${id}`)
      .send(await views.get(id))
  })
}

function stateRoutes(server: HttpServer, { templates, views }: Deps): void {
  const changes = [
    ['activation', contract.activateBadgeTemplate, templates.activate],
    ['deactivation', contract.deactivateBadgeTemplate, templates.deactivate],
    ['archival', contract.archiveBadgeTemplate, templates.archive],
  ] as const
  for (const [name, schema, change] of changes) {
    server.post(`${root}/:id/${name}`, { schema, config: toEdit }, async (request) => {
      await change(request.params.id, actorOf(request))
      return await views.get(request.params.id)
    })
  }
}

function fileRoutes(server: HttpServer, { templates, views }: Deps): void {
  const exportAll = { schema: contract.exportBadgeTemplates, config: toList }
  server.get('/api/v1/template-files', exportAll, (request) =>
    views.exportAll(request.query, reachOf(request, 'template:read')),
  )

  const importing = { schema: contract.importBadgeTemplates, config: inQuery('template:edit') }
  server.post('/api/v1/template-files', importing, async (request, reply) => {
    const ids = await templates.importFiles(request.body, request.query, actorOf(request))
    return reply.code(201).send({ items: await views.many(ids) })
  })

  const exportOne = { schema: contract.exportBadgeTemplate, config: toRead }
  server.get(`${root}/:id/file`, exportOne, ({ params }) => views.exportOne(params.id))
}

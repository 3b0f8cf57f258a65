import {
  createPathway,
  deletePathway,
  getPathway,
  getPathwayDistribution,
  listPathways,
  updatePathway,
} from '@rosette/contract'
import { inBody, on, reachOf, somewhere } from '../../http/access.js'
import { actorOf } from '../../http/actor.js'
import type { HttpServer } from '../../http/http-server.js'
import type { Pathways } from './create-pathways.js'

const root = '/api/v1/pathways'
const toRead = on('pathway', 'pathway:read')
const toEdit = on('pathway', 'pathway:edit')

export function pathwayRoutes(server: HttpServer, pathways: Pathways): void {
  const list = { schema: listPathways, config: somewhere('pathway:read') }
  server.get(root, list, (request) =>
    pathways.list(request.query, reachOf(request, 'pathway:read')),
  )

  const create = { schema: createPathway, config: inBody('pathway:edit') }
  server.post(root, create, async (request, reply) => {
    const made = await pathways.create(request.body, actorOf(request))
    return reply.code(201).header('location', `${root}/${made.id}`).send(made)
  })

  server.get(`${root}/:id`, { schema: getPathway, config: toRead }, ({ params }) =>
    pathways.get(params.id),
  )

  server.patch(`${root}/:id`, { schema: updatePathway, config: toEdit }, (request) =>
    pathways.update(request.params.id, request.body, actorOf(request)),
  )

  const remove = { schema: deletePathway, config: toEdit }
  server.delete(`${root}/:id`, remove, async (request, reply) => {
    await pathways.remove(request.params.id, actorOf(request))
    return reply.code(204).send(null)
  })

  const count = { schema: getPathwayDistribution, config: toRead }
  server.get(`${root}/:id/distribution`, count, ({ params }) => pathways.distribution(params.id))
}

import * as contract from '@rosette/contract'
import { on } from '../../http/access.js'
import { actorOf } from '../../http/actor.js'
import type { HttpServer } from '../../http/http-server.js'
import type { Templates, TemplateViews } from './templates.js'

type Deps = { readonly templates: Templates; readonly views: TemplateViews }

const root = '/api/v1/badge-templates/:id'
const config = on('template', 'template:edit')

/** The rules of a draft: as a whole, and part by part. */
export function ruleRoutes(server: HttpServer, { templates, views }: Deps): void {
  server.put(`${root}/rules`, { schema: contract.replaceRules, config }, async (request) => {
    await templates.replaceRules(request.params.id, request.body, actorOf(request))
    return await views.get(request.params.id)
  })

  const lists = [
    ['requirements', contract.addRequirement, contract.removeRequirement],
    ['penalties', contract.addPenalty, contract.removePenalty],
  ] as const
  for (const [list, add, remove] of lists) {
    server.post(`${root}/${list}`, { schema: add, config }, async (request, reply) => {
      const { id } = request.params
      await templates.addPart({ id, list }, request.body, actorOf(request))
      return reply.code(201).send(await views.get(id))
    })

    server.delete(`${root}/${list}/:part`, { schema: remove, config }, async (request) => {
      const { id, part } = request.params
      await templates.removePart({ id, list, part }, actorOf(request))
      return await views.get(id)
    })
  }
}

import * as contract from '@rosette/contract'
import type { FastifyRequest } from 'fastify'
import { on, reachOf } from '../../http/access.js'
import { actorOf } from '../../http/actor.js'
import { AppError } from '../../http/app-error.js'
import type { HttpServer } from '../../http/http-server.js'
import type { Templates, TemplateViews } from './templates.js'

type Deps = { readonly templates: Templates; readonly views: TemplateViews }

const root = '/api/v1/badge-templates/:id'
const config = on('template', 'template:edit')

/** The rules: as a whole, also of an active template, and part by part. */
export function ruleRoutes(server: HttpServer, { templates, views }: Deps): void {
  server.put(`${root}/rules`, { schema: contract.replaceRules, config }, async (request) => {
    const { params, body, query } = request
    const [actor, { apply }] = [actorOf(request), query]
    if (apply === undefined) await templates.replaceRules(params.id, body, actor)
    else {
      if (apply === 'everybody') await assertMayRun(request, params.id)
      await templates.changeActiveRules(params.id, body, { actor, apply })
    }
    return await views.get(params.id)
  })

  // It grants and revokes, which is more than editing.
  async function assertMayRun(request: FastifyRequest, id: string): Promise<void> {
    const reach = reachOf(request, 'backfill:run')
    if (reach === 'everywhere' || reach.includes((await views.get(id)).organizationId)) return
    const remedy = 'Without it, rules can be changed with ?apply=from-now.'
    throw new AppError('forbidden', `Applying rules to everybody needs "backfill:run". ${remedy}`)
  }

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

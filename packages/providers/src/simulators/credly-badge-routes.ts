import type { FastifyInstance, FastifyRequest } from 'fastify'
import { parseBody } from './credly-badge-input.js'
import { badgeListing, select, toCursorPage, toPage } from './credly-lists.js'
import { refuse } from './credly-refusals.js'
import { type Asked, one, type RouteDeps, sourceOf } from './credly-route-parts.js'
import { toBadgeView } from './credly-views.js'

export function registerBadgeRoutes(server: FastifyInstance, deps: RouteDeps): void {
  const { state, rules, addressesOf } = deps
  const view = (request: FastifyRequest, badge: Parameters<typeof toBadgeView>[0]) =>
    toBadgeView(badge, state, addressesOf(request))
  const found = (request: FastifyRequest<Asked>) => {
    const ours = [...state.badges.values()].filter((b) => b.organizationId === request.params.org)
    return select(ours, request.query, badgeListing(state))
  }

  server.get<Asked>('/organizations/:org/badges', async (request) => {
    const source = sourceOf(request, addressesOf(request), 'badges')
    const { data, metadata } = toPage(found(request), source)
    return { data: data.map((badge) => view(request, badge)), metadata }
  })
  server.post<Asked>('/organizations/:org/badges', async (request, reply) =>
    reply.code(201).send(one(view(request, rules.issue(request.params.org, request.body)))),
  )
  server.post<Asked>('/organizations/:org/badges/batch', async (request, reply) => {
    const { badges } = parseBody(request.body)
    if (!Array.isArray(badges) || badges.length === 0) throw refuse("Badges can't be blank")
    const issued = rules.issueAll(request.params.org, badges)
    return reply.code(201).send(one(issued.map((badge) => view(request, badge))))
  })
  server.get<Asked>('/organizations/:org/high_volume_issued_badge_search', async (request) => {
    const source = sourceOf(request, addressesOf(request), 'high_volume_issued_badge_search')
    const { data, metadata } = toCursorPage(found(request), source)
    const isMinimal = request.query['badge_format'] === 'minimal'
    const views = data.map((badge) => view(request, badge))
    return { data: isMinimal ? views.map(toMinimal) : views, metadata }
  })
  server.get<Asked>('/organizations/:org/badges/:id', async (request) =>
    one(view(request, rules.findBadge(request.params.org, request.params.id))),
  )
  server.put<Asked>('/organizations/:org/badges/:id/revoke', async (request) => {
    const { org, id } = request.params
    return one(view(request, rules.revoke(org, id, request.body)))
  })
  server.post<Asked>('/organizations/:org/badges/:id/replace', async (request, reply) => {
    const { org, id } = request.params
    return reply.code(201).send(one(view(request, rules.replace(org, id, request.body))))
  })
  server.delete<Asked>('/organizations/:org/badges/:id', async (request, reply) => {
    rules.remove(request.params.org, request.params.id)
    return reply.code(204).send()
  })
}

/** What the short format leaves is not documented; these are the members that identify a badge. */
const minimalMembers = [
  'id',
  'state',
  'recipient_email',
  'issuer_earner_id',
  'issued_at',
  'updated_at',
]

function toMinimal(badge: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(minimalMembers.map((member) => [member, badge[member]]))
}

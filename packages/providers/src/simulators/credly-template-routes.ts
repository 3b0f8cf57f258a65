import type { FastifyInstance } from 'fastify'
import { select, templateListing, toPage } from './credly-lists.js'
import { notFound } from './credly-refusals.js'
import { type Asked, one, type RouteDeps, sourceOf } from './credly-route-parts.js'
import { toEventView, toTemplateView } from './credly-views.js'

export function registerTemplateAndEventRoutes(server: FastifyInstance, deps: RouteDeps): void {
  const { state, addressesOf } = deps

  server.get<Asked>('/organizations/:org/badge_templates', async (request) => {
    const addresses = addressesOf(request)
    const ours = [...state.templates.values()].filter(
      ({ organizationId }) => organizationId === request.params.org,
    )
    const source = sourceOf(request, addresses, 'badge_templates')
    const { data, metadata } = toPage(select(ours, request.query, templateListing), source)
    return { data: data.map((template) => toTemplateView(template, state, addresses)), metadata }
  })
  server.get<Asked>('/organizations/:org/badge_templates/:id', async (request) => {
    const template = state.templates.get(request.params.id)
    if (template?.organizationId !== request.params.org) throw notFound()
    return one(toTemplateView(template, state, addressesOf(request)))
  })
  server.get<Asked>('/organizations/:org/events', async (request) => {
    const ours = state.events.filter(({ organizationId }) => organizationId === request.params.org)
    const source = sourceOf(request, addressesOf(request), 'events')
    const { data, metadata } = toPage(ours.toReversed(), source)
    return { data: data.map(toEventView), metadata }
  })
  server.get<Asked>('/organizations/:org/events/:id', async (request) => {
    const event = state.events.find(({ id }) => id === request.params.id)
    if (event?.organizationId !== request.params.org) throw notFound()
    return one(toEventView(event))
  })
}

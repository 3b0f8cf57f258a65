import type { FastifyInstance } from 'fastify'
import { parseBody, parseFlag } from './credly-badge-input.js'
import { toPage } from './credly-lists.js'
import {
  organizationMembers,
  toOrganizationView,
  toTokenView,
} from './credly-organization-views.js'
import { notFound, refuse } from './credly-refusals.js'
import { type Asked, one, type RouteDeps, sourceOf } from './credly-route-parts.js'
import type { SimOrganization, SimToken } from './credly-state.js'

export function registerOrganizationRoutes(server: FastifyInstance, deps: RouteDeps): void {
  const { state, newId, now, callerOf, addressesOf } = deps
  const find = (id: string): SimOrganization => {
    const organization = state.organizations.get(id)
    if (organization === undefined) throw notFound()
    return organization
  }

  server.get<Asked>('/organizations', async (request) => {
    const addresses = addressesOf(request)
    const own = find(callerOf(request).organizationId)
    const source = { url: `${addresses.apiRoot}organizations`, query: request.query }
    return toPage([toOrganizationView(own, addresses)], source)
  })
  server.get<Asked>('/organizations/:org', async (request) =>
    one(toOrganizationView(find(request.params.org), addressesOf(request))),
  )
  server.put<Asked>('/organizations/:org', async (request) => {
    const organization = find(request.params.org)
    changeOrganization(organization, request.body)
    organization.updatedAt = now()
    return one(toOrganizationView(organization, addressesOf(request)))
  })
  server.get<Asked>('/organizations/:org/authorization_tokens', async (request) => {
    const addresses = addressesOf(request)
    const { token: asking } = callerOf(request)
    const ours = state.tokens.filter(
      (token) => token.organizationId === request.params.org && maySee(asking, token),
    )
    const source = sourceOf(request, addresses, 'authorization_tokens')
    const { data, metadata } = toPage(ours, source)
    return { data: data.map((token) => toTokenView(token, state, addresses)), metadata }
  })
  server.post<Asked>('/organizations/:org/authorization_tokens', async (request, reply) => {
    const body = parseBody(request.body)
    const token: SimToken = {
      id: newId(),
      token: newId().replaceAll('-', ''),
      organizationId: request.params.org,
      description: typeof body['description'] === 'string' ? body['description'] : '',
      read: parseFlag(body, 'read_enabled'),
      write: parseFlag(body, 'write_enabled'),
      delete: parseFlag(body, 'delete_enabled'),
      createdAt: now(),
    }
    state.tokens.push(token)
    return reply.code(201).send(one(toTokenView(token, state, addressesOf(request))))
  })
}

/** A token that may not write or delete sees only those that may not either. */
function maySee(asking: SimToken | undefined, token: SimToken): boolean {
  if (asking === undefined || (asking.write && asking.delete)) return true
  return !token.write && !token.delete
}

function changeOrganization(organization: SimOrganization, input: unknown): void {
  const body = parseBody(input)
  const { name, webhook_url: url, allowed_webhooks: types } = body
  if (url !== undefined && url !== null && !(typeof url === 'string' && URL.canParse(url))) {
    throw refuse('Webhook url is invalid')
  }
  if (typeof name === 'string' && name !== '') organization.name = name
  if (url !== undefined) organization.webhookUrl = typeof url === 'string' ? url : null
  if (Array.isArray(types)) organization.allowedWebhooks = types.map(String)
  for (const member of organizationMembers) {
    if (body[member] !== undefined) organization.other[member] = body[member]
  }
}

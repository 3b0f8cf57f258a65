import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Addresses } from './credly-organization-views.js'
import { CredlyRefusal, notFound } from './credly-refusals.js'
import type { CredlyState, SimBadge, SimTemplate } from './credly-state.js'

type PublicDeps = {
  readonly state: CredlyState
  readonly addressesOf: (request: FastifyRequest) => Addresses
}
type Asked = { Params: { readonly id: string } }

const context = 'https://w3id.org/openbadges/v2'

/** What anybody may read: hosted badges of Open Badges 2.0. */
export function registerPublicRoutes(server: FastifyInstance, deps: PublicDeps): void {
  const { state, addressesOf } = deps
  const findClass = (id: string): SimTemplate => {
    const template = state.templates.get(id)
    if (template === undefined || template.state === 'draft') throw notFound()
    return template
  }

  server.get<Asked>('/obi/v2/badge_assertions/:id', async (request) => {
    const badge = state.badges.get(request.params.id)
    if (badge?.state === 'revoked') throw new CredlyRefusal(410, 'This badge has been revoked')
    // What nobody has accepted, or the earner keeps private, is as if it were not there.
    if (badge === undefined || badge.state !== 'accepted' || !badge.public) throw notFound()
    return toAssertion(badge, addressesOf(request))
  })
  server.get<Asked>('/obi/v2/badge_classes/:id', async (request) =>
    toBadgeClass(findClass(request.params.id), addressesOf(request)),
  )
  server.get<Asked>('/obi/v2/issuers/:org/badge_classes/:id', async (request) =>
    toBadgeClass(findClass(request.params.id), addressesOf(request)),
  )
  server.get<Asked>('/obi/v2/issuers/:id', async (request) => {
    const organization = state.organizations.get(request.params.id)
    if (organization === undefined) throw notFound()
    const { apiRoot, web } = addressesOf(request)
    const id = `${apiRoot}obi/v2/issuers/${organization.id}`
    return { '@context': context, type: 'Issuer', id, name: organization.name, url: web }
  })
}

function toAssertion(badge: SimBadge, { apiRoot, web }: Addresses) {
  const salt = badge.id
  const hash = createHash('sha256').update(`${badge.email}${salt}`).digest('hex')
  return {
    '@context': context,
    type: 'Assertion',
    id: `${apiRoot}obi/v2/badge_assertions/${badge.id}`,
    badge: classAddress(badge, apiRoot),
    recipient: { type: 'email', hashed: true, salt, identity: `sha256$${hash}` },
    verification: { type: 'hosted' },
    issuedOn: badge.issuedAt.toISOString(),
    ...(badge.expiresAt === null ? {} : { expires: badge.expiresAt.toISOString() }),
    image: `${web}images/${badge.templateId}/image.png`,
  }
}

function classAddress(badge: SimBadge, apiRoot: string): string {
  return `${apiRoot}obi/v2/issuers/${badge.organizationId}/badge_classes/${badge.templateId}`
}

function toBadgeClass(template: SimTemplate, { apiRoot, web }: Addresses) {
  const issuer = `${apiRoot}obi/v2/issuers/${template.organizationId}`
  return {
    '@context': context,
    type: 'BadgeClass',
    id: `${issuer}/badge_classes/${template.id}`,
    name: template.name,
    description: template.description,
    image: `${web}images/${template.id}/image.png`,
    criteria: { narrative: template.description },
    issuer,
    tags: template.skills,
  }
}

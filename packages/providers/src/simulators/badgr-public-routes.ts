import { z } from 'zod'
import { sendNoSuchPage } from './badgr-envelope.js'
import type { World } from './badgr-state.js'
import { recipientOf, timeOf, type Views } from './badgr-views.js'

const context = 'https://w3id.org/openbadges/v2'
const paramsSchema = z.object({ id: z.string() })

const picture =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><circle cx="50" cy="50" r="48" fill="#1f5f8b"/><circle cx="50" cy="50" r="30" fill="#f4d35e"/></svg>'

/** What the world sees of a badge: Open Badges 2.0 in its plainest form, and one picture for all. */
export function addPublicRoutes({ core, state }: World, views: Views): void {
  const { server } = core

  server.get('/public/assertions/:id', async (request, reply) => {
    const assertion = state.assertions.get(paramsSchema.parse(request.params).id)
    if (assertion === undefined) return sendNoSuchPage(reply)
    const id = views.publicId('assertions', assertion.entityId)
    const common = { '@context': context, type: 'Assertion', id }
    if (assertion.revoked) {
      const { revocationReason } = assertion
      return reply.code(410).send({ ...common, revoked: true, revocationReason })
    }
    const { identity, hashed, type, ...more } = recipientOf(assertion)
    const salt = 'salt' in more ? { salt: more.salt } : {}
    return {
      ...common,
      badge: views.publicId('badges', assertion.badgeclass),
      recipient: { identity, hashed, type, ...salt },
      issuedOn: timeOf(assertion.fields.issuedOn),
      ...(assertion.fields.expires === null ? {} : { expires: timeOf(assertion.fields.expires) }),
      verification: { type: 'HostedBadge' },
    }
  })
  server.get('/public/badges/:id', async (request, reply) => {
    const badgeClass = state.badgeClasses.get(paramsSchema.parse(request.params).id)
    if (badgeClass === undefined) return sendNoSuchPage(reply)
    const { entityId, issuer, fields } = badgeClass
    const { name, description, criteriaNarrative } = fields
    return {
      '@context': context,
      type: 'BadgeClass',
      id: views.publicId('badges', entityId),
      name,
      description,
      criteria: { narrative: criteriaNarrative },
      image: views.imageOf(entityId),
      issuer: views.publicId('issuers', issuer),
    }
  })
  server.get('/public/issuers/:id', async (request, reply) => {
    const issuer = state.issuers.get(paramsSchema.parse(request.params).id)
    if (issuer === undefined) return sendNoSuchPage(reply)
    const { entityId, name, url, email, description } = issuer
    const id = views.publicId('issuers', entityId)
    return { '@context': context, type: 'Issuer', id, name, url, email, description }
  })
  server.get('/media/uploads/badges/:id', async (_request, reply) =>
    reply.type('image/svg+xml').send(picture),
  )
}

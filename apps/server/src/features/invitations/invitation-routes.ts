import * as contract from '@rosette/contract'
import type { FastifyRequest } from 'fastify'
import type { Db } from '../../db/database.js'
import { on, openToAll } from '../../http/access.js'
import type { HttpServer } from '../../http/http-server.js'
import { knownActor } from '../access/access.js'
import { beginningOf, type Installation, readSession } from '../accounts/accounts.js'
import { type AttemptLimit, assertNotForeign, type SessionCookie } from '../sessions/sessions.js'
import type { InvitationAccepting } from './accept-invitation.js'
import { type InvitationRow, listInvitations } from './invitation-repository.js'
import type { InvitationSending, Sent } from './send-invitations.js'

type Deps = {
  readonly db: Db
  readonly now: () => Date
  readonly installation: Installation
  readonly cookie: SessionCookie
  readonly limit: AttemptLimit
  readonly sending: InvitationSending
  readonly accepting: InvitationAccepting
}

const ofOrganization = '/api/v1/organizations/:id/invitations'
const root = '/api/v1/invitations'

export function invitationRoutes(server: HttpServer, deps: Deps): void {
  const { db, now, sending } = deps
  const inOrganization = on('organization', 'member:edit')
  const config = on('invitation', 'member:edit')

  server.get(
    ofOrganization,
    { schema: contract.listInvitations, config: inOrganization },
    async ({ params }) => {
      const rows = await listInvitations(db, params.id)
      return { items: rows.map((row) => toView(row, now())) }
    },
  )

  server.post(
    ofOrganization,
    { schema: contract.createInvitation, config: inOrganization },
    async (request, reply) => {
      const given = { ...request.body, organizationId: request.params.id }
      const sent = await sending.invite(given, knownActor(request.actor))
      return reply.code(201).send(toSent(sent, now()))
    },
  )

  server.post(
    `${root}/:id/resend`,
    { schema: contract.resendInvitation, config },
    async (request) =>
      toSent(await sending.resend(request.params.id, knownActor(request.actor)), now()),
  )

  server.delete(
    `${root}/:id`,
    { schema: contract.withdrawInvitation, config },
    async (request, reply) => {
      await sending.withdraw(request.params.id, knownActor(request.actor))
      return reply.code(204).send(null)
    },
  )
  acceptingRoutes(server, deps)
}

/** For whoever holds the link. Its secret comes in the body, which no proxy writes down. */
function acceptingRoutes(server: HttpServer, deps: Deps): void {
  const { db, installation, cookie, accepting } = deps
  const open = { config: openToAll, onRequest: deps.limit }

  server.post(
    `${root}/find`,
    { schema: contract.findInvitation, ...open },
    async (request) => await accepting.find(request.body.secret, personOf(request)),
  )

  server.post(
    `${root}/accept`,
    { schema: contract.acceptInvitation, ...open },
    async (request, reply) => {
      assertNotForeign(request, installation.baseUrl)
      const beginning = beginningOf(request)
      const joined = await accepting.accept(request.body, personOf(request), beginning)
      if (joined.secret !== null) cookie.set(reply, joined.secret)
      return await readSession(db, { userId: joined.userId, installation })
    },
  )
}

function personOf({ actor }: FastifyRequest) {
  return actor?.kind === 'user' ? { id: actor.id, email: actor.name } : null
}

function toSent({ row, link }: Sent, now: Date) {
  return { ...toView(row, now), link }
}

function toView(row: InvitationRow, now: Date): contract.Invitation {
  return {
    id: row.id,
    organizationId: row.organization_id ?? '',
    email: row.email ?? '',
    role: row.role ?? 'viewer',
    createdBy: row.created_by,
    createdAt: row.created_at,
    mailedAt: row.mailed_at,
    expiresAt: row.expires_at,
    isExpired: Date.parse(row.expires_at) <= now.getTime(),
  }
}

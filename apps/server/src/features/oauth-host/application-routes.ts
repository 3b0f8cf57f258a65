import * as contract from '@rosette/contract/backpack'
import type { FastifyRequest } from 'fastify'
import { forSignedIn } from '../../http/access.js'
import type { HttpServer } from '../../http/http-server.js'
import { personIn } from '../accounts/accounts.js'
import type { Answering, Consent } from './consent.js'
import type { OAuthHost } from './create-oauth-host.js'
import { proofCookie } from './provider-options.js'

type Deps = { readonly host: OAuthHost; readonly consent: Consent }

const applications = '/api/v1/me/applications'
const question = '/api/v1/me/authorizations/:uid'

/** The applications that somebody let into the backpack, and those that ask. */
export function applicationRoutes(server: HttpServer, { host, consent }: Deps): void {
  server.get(
    applications,
    { schema: contract.listApplications, config: forSignedIn },
    async (request) => ({ items: await host.applications(personIn(request).id) }),
  )

  server.delete(
    `${applications}/:id`,
    { schema: contract.disconnectApplication, config: forSignedIn },
    async (request, reply) => {
      await host.disconnect(personIn(request), request.params.id)
      return reply.code(204).send(null)
    },
  )

  server.get(
    question,
    { schema: contract.getAuthorizationRequest, config: forSignedIn },
    (request) => consent.read(answeringIn(request, request.params.uid)),
  )

  server.post(question, { schema: contract.decideAuthorization, config: forSignedIn }, (request) =>
    consent.decide(answeringIn(request, request.params.uid), request.body.isAllowed),
  )
}

function answeringIn(request: FastifyRequest, uid: string): Answering {
  const { headers, server } = request
  const proof = server.parseCookie(headers.cookie ?? '')[proofCookie]
  return { user: personIn(request), uid, proof }
}

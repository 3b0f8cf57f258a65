import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { CredlyState } from './credly-state.js'

type OauthDeps = {
  readonly state: CredlyState
  readonly newId: () => string
  readonly now: () => Date
}

const lifeSeconds = 7200
const grantSchema = z.object({
  grant_type: z.string().catch(''),
  client_id: z.string().catch(''),
  client_secret: z.string().catch(''),
  scope: z.string().optional().catch(undefined),
})

/** Client credentials (RFC 6749, section 4.4); the token lasts two hours. */
export function registerOauth(server: FastifyInstance, { state, newId, now }: OauthDeps): void {
  server.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(body.toString()))),
  )

  server.post('/oauth/token', async (request, reply) => {
    const grant = grantSchema.parse(request.body ?? {})
    if (grant.grant_type !== 'client_credentials') {
      return reply.code(400).send({ error: 'unsupported_grant_type' })
    }
    const application = state.applications.find(
      ({ clientId, clientSecret }) =>
        clientId === grant.client_id && clientSecret === grant.client_secret,
    )
    if (application === undefined) return reply.code(401).send({ error: 'invalid_client' })
    const scopes = grant.scope?.split(/[ ,]+/).filter(Boolean) ?? application.scopes
    if (scopes.some((scope) => !application.scopes.includes(scope))) {
      return reply.code(400).send({ error: 'invalid_scope' })
    }
    const accessToken = newId().replaceAll('-', '')
    const expiresAt = new Date(now().getTime() + lifeSeconds * 1000)
    state.accessTokens.set(accessToken, { application, scopes, expiresAt })
    return {
      access_token: accessToken,
      token_type: 'Bearer',
      expires_in: lifeSeconds,
      scope: scopes.join(' '),
    }
  })
}

import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Bearer, OAuthHost } from './create-oauth-host.js'

type Wanted = {
  readonly host: Pick<OAuthHost, 'bearerOf'>
  readonly scope: string
  /** A refusal in the words of the API that is asked. */
  readonly refusal: (status: 401 | 403, message: string) => Error
}

/** Whom the token of a request speaks for; one that will not do is refused (RFC 6750, 3). */
export async function demandBearer(
  request: FastifyRequest,
  reply: FastifyReply,
  { host, scope, refusal }: Wanted,
): Promise<Bearer> {
  const token = /^bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  const bearer = token === undefined ? 'missing' : await host.bearerOf(token, scope)
  if (typeof bearer === 'object') return bearer
  reply.header('www-authenticate', challengeOf(bearer, scope))
  if (bearer === 'insufficient') throw refusal(403, `The token lacks ${scope}.`)
  throw refusal(401, 'There is no access token that is good. Ask for a new one.')
}

function challengeOf(why: 'missing' | 'unknown' | 'insufficient', scope: string): string {
  if (why === 'missing') return 'Bearer'
  if (why === 'unknown') return 'Bearer error="invalid_token"'
  return `Bearer error="insufficient_scope", scope="${scope}"`
}

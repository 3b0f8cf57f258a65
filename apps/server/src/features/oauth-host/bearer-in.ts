import type { FastifyRequest } from 'fastify'
import type { Bearer, OAuthHost } from './create-oauth-host.js'

/** Whom the token of a request speaks for; says why it is refused otherwise. */
export async function bearerIn(
  request: FastifyRequest,
  host: Pick<OAuthHost, 'bearerOf'>,
  scope: string,
): Promise<Bearer | 'missing' | 'unknown' | 'insufficient'> {
  const token = /^bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  return token === undefined ? 'missing' : await host.bearerOf(token, scope)
}

/** What a refused token is answered with (RFC 6750, 3). */
export function challengeOf(
  refusal: 'missing' | 'unknown' | 'insufficient',
  scope: string,
): string {
  if (refusal === 'missing') return 'Bearer'
  if (refusal === 'unknown') return 'Bearer error="invalid_token"'
  return `Bearer error="insufficient_scope", scope="${scope}"`
}

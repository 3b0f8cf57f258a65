/**
 * An LMS of Open edX speaks OAuth 2.0 without an id token: asked for it, it gives an access token
 * that is a JWT with the facts about the person. It comes from the LMS itself over TLS, in exchange
 * for our secret, and is signed with a key of the LMS that nobody else has; so it is read, not verified.
 */

/** The LMS calls its token by a type of its own, "JWT", which is used like any other. */
export async function fetchAsBearer(url: string, options: object): Promise<Response> {
  const response = await fetch(url, options)
  if (!response.ok || !/json/.test(response.headers.get('content-type') ?? '')) return response
  const body: unknown = await response.json()
  const isToken = typeof body === 'object' && body !== null && 'token_type' in body
  const told = isToken ? { ...body, token_type: 'bearer' } : body
  return Response.json(told, { status: response.status })
}

/** The facts in the token; undefined when it is none, or has expired. */
export function claimsInToken(token: string, now: Date): Record<string, unknown> | undefined {
  const claims = payloadOf(token)
  const until = claims?.['exp']
  const isFresh = typeof until === 'number' && until * 1000 > now.getTime()
  return isFresh ? claims : undefined
}

function payloadOf(token: string): Record<string, unknown> | undefined {
  const [, payload] = token.split('.')
  if (payload === undefined) return undefined
  try {
    const parsed: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : undefined
  } catch {
    return undefined
  }
}

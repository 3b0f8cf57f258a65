import type { HttpDeps } from '../http.js'
import { ProviderError } from '../provider-error.js'

export type CredlyOptions = {
  readonly organizationId: string
  /** Such as `https://api.credly.com/v1/`. */
  readonly apiBaseUrl: string
  /** Such as `https://www.credly.com/`: the pages for people, and the OAuth tokens. */
  readonly webBaseUrl: string
  readonly credentials:
    | { readonly kind: 'token'; readonly token: string }
    | { readonly kind: 'oauth'; readonly clientId: string; readonly clientSecret: string }
  /** What is encoded for Basic authentication: the token and a colon, as RFC 7617 wants, or the bare token. */
  readonly basicForm?: 'colon' | 'bare'
}

/** The clock tells when an access token ends, and whether a badge has. */
export type CredlyDeps = HttpDeps & { readonly now?: () => Date }

export const credlyName = 'Credly'

/** An address below the base; each part becomes exactly one segment of the path. */
export function joinPath(baseUrl: string, ...parts: readonly string[]): string {
  const base = baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`
  return base + parts.map(toSegment).join('/')
}

/** Ids come from webhooks and databases: dots alone would climb up the path, nothing at all would shorten it. */
function toSegment(part: string): string {
  if (!['', '.', '..'].includes(part)) return encodeURIComponent(part)
  const message = `${credlyName} can have nothing with the id "${part}".`
  throw new ProviderError(message, { kind: 'refused', reason: 'not-found' })
}

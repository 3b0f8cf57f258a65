import type { HttpDeps } from '../http.js'

export type BadgrCredentials =
  | { readonly kind: 'password'; readonly username: string; readonly password: string }
  | { readonly kind: 'client'; readonly clientId: string; readonly clientSecret: string }
  /** A long-lived token, such as a server gives out for one issuer. */
  | { readonly kind: 'token'; readonly token: string }

export type BadgrOptions = {
  /** Such as `https://api.badgr.io`; a trailing slash or `/v2` does no harm. */
  readonly baseUrl: string
  /** The `entityId` of the issuer. */
  readonly issuerId: string
  readonly credentials: BadgrCredentials
}

export type BadgrDeps = HttpDeps & { readonly now?: () => Date }

/** The address that both `/o/token` and `/v2` are appended to. */
export function toBase(baseUrl: string): string {
  return baseUrl.trim().replace(/\/+$/, '').replace(/\/v2$/, '').replace(/\/+$/, '')
}

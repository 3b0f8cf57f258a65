import type { Db } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { findHost, type HostRow } from './host-repository.js'

export type HostDeps = {
  readonly db: Db
  readonly urls: PublicUrls
  readonly masterKey: Buffer
  readonly now: () => Date
  /** Hosts in private networks that may be asked, as for verifying. */
  readonly allowedHosts: readonly string[]
  /** What this site calls itself. */
  readonly siteName: () => string
}

export type Person = { readonly id: string; readonly email: string }

/** Where a host sends a browser back to: one address for each, so that none can have another's code sent to it. */
export function callbackOf(urls: PublicUrls, id: string): string {
  return `${urls.base}/backpack-hosts/callback/${id}`
}

export async function hostOr404(db: Db, userId: string, id: string): Promise<HostRow> {
  const host = await findHost(db, userId, id)
  if (host === undefined) throw hostNotFound()
  return host
}

export function hostNotFound(): AppError {
  return new AppError('host-not-found', 'You have connected no such host.')
}

export function audit(person: Person, action: string, id: string) {
  const subject = `badge-host/${id}`
  return { actor: person.email, action: `badge-host.${action}`, subject, organizationId: null }
}

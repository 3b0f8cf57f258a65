import type { Reply } from './ask-once.js'
import { GuardedFetchError } from './guarded-fetch-error.js'
import { nameOf, parseTarget } from './target.js'

const statuses = new Set([301, 302, 303, 307, 308])

/** Where an answer sends us, if it does; it is an address like any other and has to be checked as one. */
export function parseRedirect(
  { status, headers }: Pick<Reply, 'status' | 'headers'>,
  from: URL,
): URL | undefined {
  if (!statuses.has(status) || headers.location === undefined) return undefined
  const url = parseTarget(headers.location, from.href)
  if (from.protocol === 'https:' && url.protocol === 'http:') {
    const message = `${nameOf(from)} leads from https to http, where anybody may answer. Use the https address.`
    throw new GuardedFetchError('ERR_GUARD_REDIRECTS', message)
  }
  return url
}

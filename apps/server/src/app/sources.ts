import { createGuardedFetch, type GuardedFetch } from '@rosette/guarded-fetch'
import type { Config } from '../config/config.js'
import {
  createDocumentsHere,
  type FetchElsewhere,
  refuseElsewhere,
} from '../features/verifier/verifier.js'
import type { HttpServer } from '../http/http-server.js'
import type { PublicUrls } from '../http/public-urls.js'

type Parts = {
  readonly urls: PublicUrls
  readonly config: Pick<Config, 'verifier'>
  /** Fetches what strangers name; tests put one without a network here. */
  readonly guardedFetch?: GuardedFetch
}

/** Bytes of strangers' documents that are remembered, for as long as they allow. */
const cacheBytes = 16 * 1024 * 1024

/** Where verification gets what badges name: from this site, and from others. */
export function createSources(server: HttpServer, parts: Parts) {
  return { here: createDocumentsHere(server, parts.urls), elsewhere: createElsewhere(parts) }
}

export type Sources = ReturnType<typeof createSources>

/** Asks other servers, where this site may. */
export function createElsewhere({
  config: { verifier },
  guardedFetch,
}: Omit<Parts, 'urls'>): FetchElsewhere {
  if (!verifier.fetches) return refuseElsewhere
  return guardedFetch ?? createGuardedFetch({ allowHosts: verifier.allowedHosts, cacheBytes })
}

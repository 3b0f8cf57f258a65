import { parseAllowedHosts } from './allowed-hosts.js'
import { AskFailure, askOnce } from './ask-once.js'
import { toRefusal, toTimeout } from './failure-words.js'
import type { GuardOptions } from './guarded-fetch.js'
import { guardResolve, resolveBySystem, toLookup } from './guarded-lookup.js'
import { assertTarget, parseTarget } from './target.js'

/** An answer of any status, errors and redirects included. */
export type GuardedResponse = {
  readonly status: number
  /** Without its parameters, in lower case. */
  readonly type: string
  readonly bytes: Uint8Array
}

/** What is asked: by GET, or by POST where there is something to send. */
export type Asking = {
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** Asks an address once; throws `GuardedFetchError` where no whole answer comes. */
export type GuardedRequest = (url: string, asking?: Asking) => Promise<GuardedResponse>

/**
 * Makes requests to public addresses only, for conversations with hosts that a stranger named: they send
 * things, want to read errors, and must not be repeated or led elsewhere. Nothing is remembered.
 *
 * @example
 * const request = createGuardedRequest()
 * const { status, bytes } = await request('https://host.example/token', { body: 'grant_type=…' })
 */
export function createGuardedRequest(
  options: Omit<GuardOptions, 'maxRedirects' | 'cacheBytes' | 'now'> = {},
): GuardedRequest {
  const { timeout = 10_000, maxBytes = 4 * 1024 * 1024, lookup = resolveBySystem } = options
  const { userAgent = 'Rosette/0.1 (+Open Badges)' } = options
  const isAllowed = parseAllowedHosts(options.allowHosts ?? [])
  const guarded = toLookup(guardResolve(lookup))
  const plain = toLookup(lookup)

  return async (address, { headers = {}, body } = {}) => {
    const url = parseTarget(address)
    assertTarget(url, isAllowed)
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
    const question = {
      url,
      headers: { 'accept-encoding': 'gzip', 'user-agent': userAgent, ...headers, ...length },
      isAnyAnswerRead: true,
      ...(body !== undefined && { body }),
    }
    const signal = AbortSignal.timeout(timeout)
    const limits = { maxBytes, signal, lookup: isAllowed(url) ? plain : guarded }
    const reply = await askOnce(question, limits).catch((error: unknown) => {
      if (!(error instanceof AskFailure)) throw error
      throw signal.aborted ? toTimeout(url, timeout) : toRefusal(url, error.cause)
    })
    const [type = ''] = (reply.headers['content-type'] ?? '').split(';')
    return { status: reply.status, type: type.trim().toLowerCase(), bytes: reply.bytes }
  }
}

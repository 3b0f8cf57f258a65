import { parseAllowedHosts } from './allowed-hosts.js'
import { createCachedAsk } from './answer-cache.js'
import { type Ask, createAsk } from './ask.js'
import type { Reply } from './ask-once.js'
import { GuardedFetchError } from './guarded-fetch-error.js'
import { guardResolve, type Resolve, resolveBySystem, toLookup } from './guarded-lookup.js'
import { createRecentFailures } from './recent-failures.js'
import { parseRedirect } from './redirect.js'
import { assertTarget, nameOf, parseTarget } from './target.js'

/** What an address answered. */
export type GuardedAnswer = {
  readonly bytes: Uint8Array
  /** The media type without its parameters, in lower case; empty when none was given. */
  readonly type: string
  /** The address that answered in the end, after redirects. */
  readonly url: string
}

/** Where one may go, and how far. */
export type GuardOptions = {
  /** Hosts, as `name` or `name:port`, that may be in a private network. */
  readonly allowHosts?: readonly string[]
  /** Milliseconds for the whole of it, redirects included; 10,000 unless told. */
  readonly timeout?: number
  /** Bytes of an answer; 4 MB unless told. */
  readonly maxBytes?: number
  /** 3 unless told. */
  readonly maxRedirects?: number
  readonly userAgent?: string
  /** Bytes of answers that are remembered for as long as they allow; 0 remembers nothing, 16 MB unless told. */
  readonly cacheBytes?: number
  readonly now?: () => Date
  /** Every number behind a name, for tests; without it, the system is asked. */
  readonly lookup?: Resolve
}

/** Fetches an address; throws `GuardedFetchError`. */
export type GuardedFetch = (
  url: string,
  request?: {
    readonly accept?: string
    /** Asks for what holds now, even where an answer is remembered that could still be used. */
    readonly isFresh?: boolean
  },
) => Promise<GuardedAnswer>

/** Headers by which the caller says what is wanted. */
type Wanted = { readonly accept: string; readonly 'cache-control'?: string }

const MB = 1024 * 1024

/**
 * Makes a fetch that goes to public addresses only.
 *
 * @example
 * const fetchGuarded = createGuardedFetch({ allowHosts: ['localhost:8080'] })
 * const { bytes, type } = await fetchGuarded('https://badges.example/1', { accept: 'application/json' })
 */
export function createGuardedFetch(options: GuardOptions = {}): GuardedFetch {
  const { timeout = 10_000, maxRedirects = 3 } = options
  const { userAgent = 'Rosette-Verifier/0.1 (+Open Badges)' } = options
  const isAllowed = parseAllowedHosts(options.allowHosts ?? [])
  const ask = createAskFor(options, timeout)
  const underWay = new Map<string, Promise<GuardedAnswer>>()

  return async (address, { accept = '*/*', isFresh = false } = {}) => {
    const url = parseTarget(address)
    const wanted = { accept, ...(isFresh && { 'cache-control': 'no-cache' }) }
    const key = `${JSON.stringify(wanted)}\n${url.href}`
    // Whoever asks the same meanwhile gets the same answer.
    const { bytes, ...rest } = await (underWay.get(key) ?? start(key, url, wanted))
    // A copy: what is remembered must not change with what a caller does to it.
    return { ...rest, bytes: new Uint8Array(bytes) }
  }

  function start(key: string, url: URL, wanted: Wanted): Promise<GuardedAnswer> {
    const answer = withinTime(timeout, (signal) => follow(url, wanted, signal)).finally(() =>
      underWay.delete(key),
    )
    underWay.set(key, answer)
    return answer
  }

  async function follow(start: URL, wanted: Wanted, signal: AbortSignal): Promise<GuardedAnswer> {
    const headers = { ...wanted, 'accept-encoding': 'gzip', 'user-agent': userAgent }
    let url = start
    for (let followed = 0; ; followed += 1) {
      assertTarget(url, isAllowed)
      const reply = await ask({ url, headers }, signal)
      const next = parseRedirect(reply, url)
      if (next === undefined) return toAnswer(reply, url)
      if (followed >= maxRedirects) throw tooManyRedirects(start)
      url = next
    }
  }
}

function createAskFor(options: GuardOptions, timeout: number): Ask {
  const { maxBytes = 4 * MB, cacheBytes = 16 * MB, lookup = resolveBySystem } = options
  const now = () => (options.now?.() ?? new Date()).getTime()
  const isRemembering = cacheBytes > 0
  const ask = createAsk({
    isAllowed: parseAllowedHosts(options.allowHosts ?? []),
    guardedLookup: toLookup(guardResolve(lookup)),
    plainLookup: toLookup(lookup),
    maxBytes,
    timeout,
    ...(isRemembering ? { failures: createRecentFailures(now) } : {}),
  })
  return isRemembering ? createCachedAsk(ask, { bytes: cacheBytes, now }) : ask
}

/** With a timer of its own, which nothing collects before it fires. */
async function withinTime<T>(
  timeout: number,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController()
  const timer = setTimeout(() => controller.abort(), timeout)
  return await run(controller.signal).finally(() => clearTimeout(timer))
}

function toAnswer({ status, headers, bytes }: Reply, url: URL): GuardedAnswer {
  if (status < 200 || status >= 300) {
    const message = `${nameOf(url)} answers with status ${status}.`
    const more = bytes.length > 0 ? { status, bytes: new Uint8Array(bytes) } : { status }
    throw new GuardedFetchError('ERR_GUARD_STATUS', message, more)
  }
  const type = (headers['content-type'] ?? '').split(';')[0] ?? ''
  return { bytes, type: type.trim().toLowerCase(), url: url.href }
}

function tooManyRedirects(start: URL): GuardedFetchError {
  const message = `${nameOf(start)} redirects too often. Use the address where it ends.`
  return new GuardedFetchError('ERR_GUARD_REDIRECTS', message)
}

import type { LookupFunction } from 'node:net'
import { performance } from 'node:perf_hooks'
import type { IsAllowed } from './allowed-hosts.js'
import { AskFailure, askOnce, type Question, type Reply } from './ask-once.js'
import { toRefusal, toTimeout } from './failure-words.js'
import { GuardedFetchError } from './guarded-fetch-error.js'
import type { RecentFailures } from './recent-failures.js'

/** Asks one address, without following where it leads; throws `GuardedFetchError`. */
export type Ask = (question: Question, signal: AbortSignal) => Promise<Reply>

/** How to ask. */
export type AskDeps = {
  readonly isAllowed: IsAllowed
  readonly guardedLookup: LookupFunction
  readonly plainLookup: LookupFunction
  readonly maxBytes: number
  readonly timeout: number
  readonly failures?: RecentFailures
}

/** Makes an `Ask` that goes to public addresses and allowed hosts, and tries twice to connect. */
export function createAsk(deps: AskDeps): Ask {
  const { isAllowed, guardedLookup, plainLookup, maxBytes, failures } = deps
  return async (question, signal) => {
    const { url } = question
    const recent = failures?.get(url.origin) ?? failures?.get(url.href)
    if (recent !== undefined) throw recent
    const lookup = isAllowed(url) ? plainLookup : guardedLookup
    const started = performance.now()
    try {
      return await askTwice(question, { maxBytes, signal, lookup })
    } catch (error) {
      if (!(error instanceof AskFailure)) throw error
      const waited = performance.now() - started
      throw signal.aborted ? late(error, url, waited) : lost(error, url)
    }
  }

  // A redirect that used up the time says nothing against the host it led to.
  function late({ isConnected }: AskFailure, url: URL, waited: number): GuardedFetchError {
    const error = toTimeout(url, deps.timeout)
    if (waited >= deps.timeout / 2) failures?.add(isConnected ? url.href : url.origin, error)
    return error
  }

  function lost({ isConnected, cause }: AskFailure, url: URL): GuardedFetchError {
    const error = toRefusal(url, cause)
    const isLost = error.code === 'ERR_GUARD_UNREACHABLE'
    if (isLost) failures?.add(isConnected ? url.href : url.origin, error)
    return error
  }
}

// A connection may fail for a moment; that alone is no reason to call a badge doubtful.
async function askTwice(question: Question, limits: Parameters<typeof askOnce>[1]): Promise<Reply> {
  try {
    return await askOnce(question, limits)
  } catch (error) {
    const isPassing = error instanceof AskFailure && !(error.cause instanceof GuardedFetchError)
    if (!isPassing || limits.signal.aborted) throw error
    return await askOnce(question, limits)
  }
}

import CachePolicy from 'http-cache-semantics'
import { LRUCache } from 'lru-cache'
import type { Ask } from './ask.js'
import type { Question, Reply } from './ask-once.js'

/** However long an answer may be kept: a revocation must be seen within this time. */
const mostMs = 3_600_000
/** What an entry costs besides its bytes and headers, roughly. */
const entryBytes = 1024
const keptStatuses = new Set([200, 301, 302, 303, 307, 308])

type Kept = { readonly policy: CachePolicy; readonly reply: Reply; readonly until: number }

export type CacheOptions = { readonly bytes: number; readonly now: () => number }

/**
 * Puts a cache before an `Ask` (RFC 9111, as a shared cache). Only what an answer expressly allows is
 * kept: nothing is guessed from its age, and nothing stale is used because a host is down.
 */
export function createCachedAsk(ask: Ask, { bytes, now }: CacheOptions): Ask {
  const kept = new LRUCache<string, Kept>({ maxSize: bytes, sizeCalculation: sizeOf })

  return async (question, signal) => {
    const key = keyOf(question)
    const found = kept.get(key)
    if (found === undefined) return keep(question, await ask(question, signal))
    const request = toRequest(question)
    if (now() < found.until && found.policy.satisfiesWithoutRevalidation(request)) {
      return found.reply
    }
    const reply = await ask(withConditions(question, found.policy), signal)
    if (reply.status !== 304) return keep(question, reply)
    const { policy, matches } = found.policy.revalidatedPolicy(request, reply)
    // It speaks of an answer that we do not have.
    if (!matches) return keep(question, await ask(question, signal))
    return store(question, policy, found.reply)
  }

  function keep(question: Question, reply: Reply): Reply {
    return store(question, createPolicy(question, reply, now), reply)
  }

  function store(question: Question, policy: CachePolicy, reply: Reply): Reply {
    const key = keyOf(question)
    if (!isWorthKeeping(policy, reply)) kept.delete(key)
    else kept.set(key, { policy, reply, until: now() + mostMs })
    return reply
  }
}

function createPolicy(question: Question, reply: Reply, now: () => number): CachePolicy {
  class Policy extends CachePolicy {
    now(): number {
      return now()
    }
  }
  const options = { shared: true, cacheHeuristic: 0, immutableMinTimeToLive: 0 }
  return new Policy(toRequest(question), reply, options)
}

function isWorthKeeping(policy: CachePolicy, { status, headers }: Reply): boolean {
  if (!keptStatuses.has(status) || !policy.storable()) return false
  return !policy.stale() || headers.etag !== undefined || headers['last-modified'] !== undefined
}

function withConditions(question: Question, policy: CachePolicy): Question {
  const asked = policy.revalidationHeaders(toRequest(question))
  const conditions = ['if-none-match', 'if-modified-since'].flatMap((name) => {
    const value = asked[name]
    return typeof value === 'string' ? [[name, value]] : []
  })
  return { ...question, headers: { ...question.headers, ...Object.fromEntries(conditions) } }
}

function toRequest({ url, headers }: Question) {
  return { url: url.href, method: 'GET', headers: { ...headers, host: url.host } }
}

function keyOf({ url, headers }: Question): string {
  return `${headers['accept']}\n${url.href}`
}

function sizeOf({ reply }: Kept, key: string): number {
  return reply.bytes.length + JSON.stringify(reply.headers).length * 2 + key.length * 2 + entryBytes
}

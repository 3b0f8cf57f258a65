import { setTimeout as pause } from 'node:timers/promises'
import { ProviderError, type RateLimit } from '@rosette/providers'
import { sql } from 'kysely'
import type { Db } from '../../db/database.js'

/** Who waits longer than this gives up its turn and comes back later. */
const longestWaitMs = 15_000

/**
 * Token buckets in the database, shared by all processes. A request takes its token in advance, even
 * one that is refilled later, and waits until that time: requests go in the order in which they came.
 */
export function createRateLimits({ db }: { readonly db: Db }) {
  /** Waits for its turn; throws `rate-limited` when that is far away. */
  async function take(key: string, limit: RateLimit, signal: AbortSignal): Promise<void> {
    const waitMs = await reserve(key, limit)
    if (waitMs > longestWaitMs) {
      await giveBack(key)
      throw limitReached(waitMs)
    }
    if (waitMs === 0) return
    // Whoever has no time to wait has made no request, and may come back for it.
    await pause(waitMs, undefined, { signal }).catch(() => {
      throw limitReached(waitMs)
    })
  }

  async function reserve(key: string, { burst, perSecond }: RateLimit): Promise<number> {
    const { rows } = await sql<{ wait: number }>`
      insert into rate_bucket as b (key, tokens, refilled_at)
      values (${key}, ${burst}::float8 - 1, clock_timestamp())
      on conflict (key) do update set
        tokens = least(${burst}::float8, b.tokens
          + extract(epoch from clock_timestamp() - b.refilled_at)::float8 * ${perSecond}::float8) - 1,
        refilled_at = clock_timestamp()
      returning greatest(0, -tokens / ${perSecond}::float8 * 1000,
        coalesce(extract(epoch from blocked_until - clock_timestamp())::float8 * 1000, 0)) as wait
    `.execute(db)
    return Number(rows[0]?.wait ?? 0)
  }

  async function giveBack(key: string): Promise<void> {
    await sql`update rate_bucket set tokens = tokens + 1 where key = ${key}`.execute(db)
  }

  /** Stops all requests under this key for as long as the provider asked. */
  async function block(key: string, forMs: number): Promise<void> {
    await sql`
      insert into rate_bucket (key, tokens, blocked_until)
      values (${key}, 0, clock_timestamp() + ${forMs} * interval '1 millisecond')
      on conflict (key) do update
      set blocked_until = greatest(rate_bucket.blocked_until, excluded.blocked_until)`.execute(db)
  }

  return { take, block }
}

function limitReached(retryAfterMs: number): ProviderError {
  const message = 'The limit of requests to this provider is reached.'
  return new ProviderError(message, { kind: 'rate-limited', retryAfterMs })
}

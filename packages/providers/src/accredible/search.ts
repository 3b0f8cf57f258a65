import { z } from 'zod'
import type { CallOptions, Changes, ProviderBadge } from '../provider.js'
import { ProviderError } from '../provider-error.js'
import type { AccredibleApi } from './api.js'
import { type BadgeContext, credentialSchema, toBadge } from './credentials.js'
import { dayOf } from './days.js'

const pageSize = 50

const pageSchema = z.object({
  credentials: z.array(credentialSchema),
  meta: z
    .object({ cursor: z.string().nullish().catch(null), count: z.number().nullish().catch(null) })
    .nullish(),
})

/** Searches with a query of `field[operator]` keys, in the only lasting order there is: by id. */
export function createSearch(api: AccredibleApi, context: BadgeContext) {
  return async function* search(
    query: Readonly<Record<string, string>>,
    { signal }: CallOptions = {},
  ): AsyncGenerator<readonly ProviderBadge[]> {
    // By cursor: pages by number end after 10,000 rows.
    const seen = new Set<string>()
    let rows = 0
    for (let cursor: string | undefined; ; ) {
      const page = { size: pageSize, ...(cursor === undefined ? {} : { cursor }) }
      const { credentials, meta } = await api.call({
        method: 'POST',
        version: 'v2',
        path: ['credentials', 'search'],
        body: { query, sort: { id: 'asc' }, page },
        what: 'a search for credentials',
        schema: pageSchema,
        signal,
      })
      rows += credentials.length
      if (credentials.length > 0) yield credentials.map((row) => toBadge(row, context))
      if (credentials.length < pageSize) return
      cursor = meta?.cursor || undefined
      if (cursor === undefined && rows >= (meta?.count ?? 0)) return
      // Half of a result would pass for all of it.
      if (cursor === undefined || seen.has(cursor)) throw brokenOff(rows)
      seen.add(cursor)
    }
  }
}

export type Search = ReturnType<typeof createSearch>

function brokenOff(rows: number): ProviderError {
  const message = `Accredible gives no way on after ${rows} credentials of a search.`
  return new ProviderError(message, { kind: 'unanswered' })
}

export async function collect<T>(batches: AsyncIterable<readonly T[]>): Promise<T[]> {
  const all: T[] = []
  for await (const batch of batches) all.push(...batch)
  return all
}

/**
 * How far back the first poll looks, and one after a quiet time. No clock is so wrong that what changes
 * now seems older.
 */
const lookBackMs = 86_400_000
/** What is written may be found a little later, and the clocks of several machines stamp it. */
const overlapMs = 300_000

/** One poll: all that changed since the cursor, the last moments before it once more. */
export async function pollSince(
  cursor: string | null,
  { search, now, signal }: { search: Search; now: () => Date } & CallOptions,
): Promise<Changes> {
  const begun = now().getTime()
  const last = cursor === null ? Number.NaN : Date.parse(cursor)
  const from = Number.isNaN(last) ? begun - lookBackMs : last
  const since = new Date(from - overlapMs).toISOString()
  // The filter takes days; the rest of the first day is left out here.
  const found = await collect(search({ 'updated_at[gte]': dayOf(since) }, signal ? { signal } : {}))
  const badges = found.filter(({ updatedAt }) => updatedAt === null || updatedAt >= since)
  const newest = badges
    .map(({ updatedAt }) => Date.parse(updatedAt ?? since))
    .reduce((a, b) => Math.max(a, b), from)
  // A row may change after its page was read, up to so long before the newest that was read later.
  const took = Math.max(0, now().getTime() - begun)
  const reached = Math.max(from, newest - took, begun - lookBackMs)
  return { badges, cursor: new Date(reached).toISOString() }
}

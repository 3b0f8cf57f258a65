import type { Redis } from 'ioredis'
import type { RawEntry } from './envelope.js'
import type { SourceHappening } from './happenings.js'
import type { InFlight } from './in-flight.js'
import type { GroupPlace } from './redis-group.js'
import { parseClaimReply, parseReadReply, type StreamEntry, toRawEntry } from './redis-replies.js'

/** What reading pending entries needs to know. */
export type PendingContext = {
  readonly redis: Redis
  readonly place: GroupPlace
  readonly topic: string
  readonly batchSize: number
  readonly inFlight: InFlight
  readonly report: (happening: SourceHappening) => void
}

/** Entries that were delivered before and not acknowledged. */
export type PendingPages = {
  /** The next entries of this consumer, or `[]` when there are no more. */
  own(): Promise<readonly RawEntry[]>
  /** The next entries that any consumer left idle, or `[]`. */
  claimed(): Promise<readonly RawEntry[]>
  /** Own entries are looked through again from the first. */
  restart(): void
  /** How long until entries are claimed again; null when never. */
  msUntilClaim(): number | null
}

/** When pending entries of other consumers are taken over; 0 is never. */
export type ClaimTiming = { readonly olderThanMs: number; readonly now: () => number }

const fromStart = '0-0'

/** Pages through pending entries; those in flight in this process are left out. */
export function createPendingPages(context: PendingContext, timing: ClaimTiming): PendingPages {
  const everyMs = Math.min(Math.max(timing.olderThanMs / 2, 100), 30_000)
  let ownCursor: string | null = fromStart
  let claimCursor = fromStart
  let claimAt = timing.now()

  const msUntilClaim = () => (timing.olderThanMs > 0 ? Math.max(claimAt - timing.now(), 0) : null)

  return {
    msUntilClaim,
    restart() {
      ownCursor = fromStart
    },
    async own() {
      while (ownCursor !== null) {
        const busy = context.inFlight.snapshot()
        const page = await readOwn(context, ownCursor)
        ownCursor = page.at(-1)?.id ?? null
        const entries = await deliverable(context, page, busy)
        if (entries.length > 0) return entries
      }
      return []
    },
    async claimed() {
      while (msUntilClaim() === 0) {
        const busy = context.inFlight.snapshot()
        const page = await claim(context, timing.olderThanMs, claimCursor)
        claimCursor = page.next
        // A page that is not the last is followed by the next at once.
        if (page.next === fromStart) claimAt = timing.now() + everyMs
        reportTrimmed(context, page.deleted)
        const entries = await deliverable(context, page.entries, busy)
        if (entries.length === 0) continue
        context.report({ kind: 'claimed', topic: context.topic, entries: entries.length })
        return entries
      }
      return []
    },
  }
}

async function readOwn({ redis, place, batchSize }: PendingContext, after: string) {
  const { key, consumerGroup, consumerName } = place
  const range = ['COUNT', batchSize, 'STREAMS', key, after]
  const reply = redis.callBuffer('XREADGROUP', 'GROUP', consumerGroup, consumerName, ...range)
  return parseReadReply(await reply)
}

async function claim({ redis, place, batchSize }: PendingContext, ms: number, cursor: string) {
  const { key, consumerGroup, consumerName } = place
  const range = [ms, cursor, 'COUNT', batchSize]
  return parseClaimReply(
    await redis.callBuffer('XAUTOCLAIM', key, consumerGroup, consumerName, ...range),
  )
}

/**
 * Sorts out what was being handled when the page was asked for (it may have been acknowledged while
 * the answer was on its way) and what no longer exists; the latter is settled.
 */
async function deliverable(
  context: PendingContext,
  page: readonly StreamEntry[],
  busy: ReadonlySet<string>,
): Promise<readonly RawEntry[]> {
  const idle = page.filter(({ id }) => !busy.has(id))
  const gone = idle.filter(({ fields }) => fields === null).map(({ id }) => id)
  if (gone.length > 0) {
    await context.redis.xack(context.place.key, context.place.consumerGroup, ...gone)
    reportTrimmed(context, gone)
  }
  const entries = idle.filter(({ fields }) => fields !== null)
  return context.inFlight.admit(entries.map((entry) => toRawEntry(context.topic, entry)))
}

function reportTrimmed({ report, topic }: PendingContext, positions: readonly string[]): void {
  if (positions.length > 0) report({ kind: 'trimmed', topic, positions })
}

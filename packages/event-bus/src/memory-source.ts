import type { EventSource, RawEntry } from './envelope.js'
import type { MemoryTopic, PendingEntry } from './memory-topic.js'

type Settings = {
  readonly batchSize: number
  readonly pollTimeoutSeconds: number
  readonly claimOlderThanMs: number
  readonly now: () => number
}

type Consumer = { readonly consumerGroup: string; readonly consumerName: string }

/** Creates the in-process reader of one consumer. */
export function createMemorySource(
  topic: MemoryTopic,
  { consumerGroup, consumerName }: Consumer,
  { batchSize, pollTimeoutSeconds, claimOlderThanMs, now }: Settings,
): EventSource {
  const group = topic.group(consumerGroup)
  const inFlight = new Set<string>()
  let closing = new AbortController()
  let ownPendingDue = true

  const isSilent = ({ deliveredAt }: PendingEntry) =>
    claimOlderThanMs > 0 && now() - deliveredAt >= claimOlderThanMs

  const isFree = (held: PendingEntry) =>
    !inFlight.has(held.entry.position) &&
    ((ownPendingDue && held.consumer === consumerName) || isSilent(held))

  function deliver(entries: readonly RawEntry[]): readonly RawEntry[] {
    for (const entry of entries) {
      inFlight.add(entry.position)
      group.pending.set(entry.position, { entry, consumer: consumerName, deliveredAt: now() })
    }
    return entries
  }

  function takePending(): RawEntry[] {
    const free = [...group.pending.values()].filter(isFree).slice(0, batchSize)
    if (free.length < batchSize) ownPendingDue = false
    return free.map((held) => held.entry)
  }

  const takeAny = () => {
    const pending = takePending()
    return deliver(pending.length > 0 ? pending : topic.take(group, batchSize))
  }

  return {
    async open() {
      closing = new AbortController()
      ownPendingDue = true
      inFlight.clear()
    },
    async read() {
      if (closing.signal.aborted) return []
      const first = takeAny()
      if (first.length > 0) return first
      await topic.changed(pollTimeoutSeconds * 1000, closing.signal)
      return closing.signal.aborted ? [] : takeAny()
    },
    async acknowledge(entries) {
      for (const { position } of entries) {
        group.pending.delete(position)
        inFlight.delete(position)
      }
    },
    release(entries) {
      for (const { position } of entries) inFlight.delete(position)
    },
    async lag() {
      return { pending: group.pending.size, behind: topic.behind(group) }
    },
    async close() {
      closing.abort()
    },
  }
}

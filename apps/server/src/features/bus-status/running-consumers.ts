import type { BusStatus } from '@rosette/contract'

type Place = { readonly topic: string; readonly group: string; readonly name: string }
type Batch = { readonly at: number; readonly events: number }
type Running = {
  readonly place: Place
  readonly since: string
  readonly batches: Batch[]
  last: string | null
}

const windowMs = 60_000

/** Which consumers run inside this process, since when, and how busy they are. */
export function createRunningConsumers(now: () => Date) {
  const running = new Set<Running>()

  /** A consumer began; what it answers with is told of each batch, and of the end. */
  function began(place: Place) {
    const entry: Running = { place, since: now().toISOString(), batches: [], last: null }
    running.add(entry)
    return {
      handled(events: number): void {
        const at = now()
        entry.last = at.toISOString()
        entry.batches.push({ at: at.getTime(), events })
        forgetBefore(entry.batches, at.getTime() - windowMs)
      },
      ended: () => void running.delete(entry),
    }
  }

  function list(): BusStatus['running'] {
    const time = now().getTime()
    return [...running].map(({ place, since, batches, last }) => {
      forgetBefore(batches, time - windowMs)
      const seconds = Math.min(windowMs, Math.max(1000, time - Date.parse(since))) / 1000
      const events = batches.reduce((sum, batch) => sum + batch.events, 0)
      return {
        ...place,
        since,
        batchesPerSecond: rounded(batches.length / seconds),
        eventsPerSecond: rounded(events / seconds),
        lastBatchAt: last,
      }
    })
  }

  return { began, list }
}

export type RunningConsumers = ReturnType<typeof createRunningConsumers>

function forgetBefore(batches: Batch[], limit: number): void {
  const first = batches.findIndex(({ at }) => at >= limit)
  batches.splice(0, first === -1 ? batches.length : first)
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100
}

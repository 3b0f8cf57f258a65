import type { EventSource, RawEntry } from './envelope.js'
import type { ConsumerHappening } from './happenings.js'
import type { Patience } from './patience.js'

/** What `runConsumer` needs; `wait` and `random` are for tests. */
export type ConsumerOptions = {
  /** Opened and closed by the loop. */
  readonly source: EventSource
  /** Resolves when the effects of the whole batch are committed, and only then. */
  readonly handle: (batch: readonly RawEntry[]) => Promise<void>
  /** Puts an entry that cannot be handled where people find it, with the error that says why. */
  readonly park: (entry: RawEntry, reason: Error) => Promise<void>
  /** Whether the error will pass without the entry being changed: the database is down, say. */
  readonly isOutage: (error: unknown) => boolean
  readonly stop: AbortSignal
  readonly report?: (happening: ConsumerHappening) => void
  /** The most entries `handle` gets at once; 1000 unless told. */
  readonly maxBatch?: number
  readonly wait?: Patience['wait']
  readonly random?: Patience['random']
}

/** The same with every default filled in. */
export type ConsumerRun = Required<ConsumerOptions>

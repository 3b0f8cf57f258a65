import type { RawEntry } from './envelope.js'

type Retry = { readonly error: unknown; readonly attempt: number; readonly delayMs: number }

/** What the consumer loop tells about its run: worth a log line or a counter, never fatal. */
export type ConsumerHappening =
  | ({ readonly kind: 'open-failed' } & Retry)
  | ({ readonly kind: 'read-failed' } & Retry)
  | ({ readonly kind: 'handle-retried'; readonly entries: number } & Retry)
  | { readonly kind: 'batch-split'; readonly entries: number; readonly error: unknown }
  | { readonly kind: 'entry-parked'; readonly entry: RawEntry; readonly error: unknown }
  | ({ readonly kind: 'park-retried'; readonly entry: RawEntry } & Retry)
  | { readonly kind: 'park-failed'; readonly entry: RawEntry; readonly error: unknown }
  | ({ readonly kind: 'acknowledge-failed'; readonly entries: number } & Retry)

/** What a source notices by itself while it reads. */
export type SourceHappening =
  /** Entries of a consumer that fell silent are now ours. */
  | { readonly kind: 'claimed'; readonly topic: string; readonly entries: number }
  /** Pending entries were trimmed away before anybody handled them: they are lost. */
  | { readonly kind: 'trimmed'; readonly topic: string; readonly positions: readonly string[] }
  /** The stream or the consumer group had vanished and was made anew. */
  | { readonly kind: 'group-recreated'; readonly topic: string; readonly consumerGroup: string }
  | { readonly kind: 'connection-lost'; readonly topic: string }

/** Everything the bus reports; one listener may serve the loop and the source. */
export type Happening = ConsumerHappening | SourceHappening

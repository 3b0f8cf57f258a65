import type { EventsMetadata } from '@rosette/openedx-events'

/** What a transport delivers: one entry of a topic, its payload undecoded. */
export type RawEntry = {
  readonly topic: string
  /** Where the entry stands in its topic, in the transport's own form (Redis: the entry id). */
  readonly position: string
  readonly headers: Readonly<Record<string, string>>
  /** Null when the entry carries no payload at all; such an entry is delivered, never dropped. */
  readonly value: Buffer | null
}

/** One consumer in one consumer group on one topic. */
export interface EventSource {
  /** Connects and takes up its position; may be called again after it failed. */
  open(): Promise<void>
  /** Waits for at most the poll timeout; `[]` when nothing came. Pending entries come first. */
  read(): Promise<readonly RawEntry[]>
  /** Tells the transport that these entries are done with and need no redelivery. */
  acknowledge(entries: readonly RawEntry[]): Promise<void>
  /** Gives entries up without acknowledging them, so that they are delivered again later. */
  release(entries: readonly RawEntry[]): void
  /** What waits: entries delivered but not acknowledged, and entries not delivered yet. */
  lag(): Promise<ConsumerLag>
  /** Interrupts a blocked read; what was delivered but not acknowledged stays pending. */
  close(): Promise<void>
}

/** How far a consumer group is behind; `behind` is null where the transport cannot tell. */
export type ConsumerLag = { readonly pending: number; readonly behind: number | null }

/** Where events go out. */
export interface EventSink {
  /** Resolves when the transport has every message, and rejects when it may lack one. */
  publish(messages: readonly OutgoingMessage[]): Promise<void>
  close(): Promise<void>
}

/** One event on its way out; `topic` is given without the prefix. */
export type OutgoingMessage = {
  readonly topic: string
  readonly metadata: EventsMetadata
  readonly value: Buffer
  /** What orders events on transports that have partitions; Redis has none and ignores it. */
  readonly key?: string
}

/** The transport's name of a topic: `<prefix>-<topic>`, or the topic alone without a prefix. */
export function topicKey(prefix: string | null | undefined, topic: string): string {
  return prefix ? `${prefix}-${topic}` : topic
}

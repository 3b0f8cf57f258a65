/** How one topic is, for people who look after the bus. */
export type TopicState = {
  readonly topic: string
  /** Entries it holds; null while it is not there. */
  readonly length: number | null
  readonly groups: readonly GroupState[]
}

export type GroupState = {
  readonly name: string
  /** Delivered and not acknowledged. */
  readonly pending: number
  /** Not delivered yet; null where the transport cannot tell. */
  readonly behind: number | null
  readonly consumers: readonly {
    readonly name: string
    readonly pending: number
    readonly idleMs: number | null
  }[]
}

/** Looks at topics without reading from them. */
export interface BusInspector {
  /** Rejects when the transport is away. */
  inspect(topics: readonly string[]): Promise<readonly TopicState[]>
  close(): Promise<void>
}

import type { RawEntry } from './envelope.js'

/** An entry that a consumer was given and has not acknowledged. */
export type PendingEntry = { readonly entry: RawEntry; consumer: string; deliveredAt: number }

/** One consumer group's position and what its consumers hold. */
export type MemoryGroup = { next: number; readonly pending: Map<string, PendingEntry> }

// What nobody reads is kept to the length that the Redis transport keeps.
const unreadLimit = 10_000

/** An ordered list of entries with the groups that read it. */
export class MemoryTopic {
  readonly name: string
  readonly #groups = new Map<string, MemoryGroup>()
  readonly #waiting = new Set<() => void>()
  #entries: RawEntry[] = []
  /** How many entries were dropped from the front because every group has them. */
  #dropped = 0

  constructor(name: string) {
    this.name = name
  }

  append(headers: Readonly<Record<string, string>>, value: Buffer): void {
    const position = String(this.#dropped + this.#entries.length)
    this.#entries.push({ topic: this.name, position, headers, value })
    if (this.#groups.size === 0) this.#forget(this.#entries.length - unreadLimit)
    for (const wake of this.#waiting) wake()
  }

  group(name: string): MemoryGroup {
    const group = this.#groups.get(name) ?? { next: 0, pending: new Map() }
    this.#groups.set(name, group)
    return group
  }

  /** Moves the group on and returns what it had not seen. */
  take(group: MemoryGroup, count: number): RawEntry[] {
    const from = Math.max(group.next - this.#dropped, 0)
    const taken = this.#entries.slice(from, from + count)
    group.next = this.#dropped + from + taken.length
    this.#forgetSeen()
    return taken
  }

  get length(): number {
    return this.#entries.length
  }

  get groups(): ReadonlyMap<string, MemoryGroup> {
    return this.#groups
  }

  behind(group: MemoryGroup): number {
    return this.#dropped + this.#entries.length - Math.max(group.next, this.#dropped)
  }

  /** Resolves with the next append, after the delay, or with the abort. */
  changed(ms: number, interrupt: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer)
        interrupt.removeEventListener('abort', wake)
        this.#waiting.delete(wake)
        resolve()
      }
      const timer = setTimeout(wake, ms)
      this.#waiting.add(wake)
      interrupt.addEventListener('abort', wake, { once: true })
      if (interrupt.aborted) wake()
    })
  }

  /** Entries are kept for the slowest group only; a group made later starts from what is left. */
  #forgetSeen(): void {
    this.#forget(Math.min(...[...this.#groups.values()].map(({ next }) => next)) - this.#dropped)
  }

  #forget(count: number): void {
    // In steps, because cutting the front off a long list copies the rest.
    if (count < 10_000) return
    this.#entries = this.#entries.slice(count)
    this.#dropped += count
  }
}

import { toHeaders } from '@rosette/openedx-events'
import type { EventSink, EventSource } from './envelope.js'
import type { BusInspector, TopicState } from './inspect.js'
import { createMemorySource } from './memory-source.js'
import { type MemoryGroup, MemoryTopic } from './memory-topic.js'

/** How the in-process bus behaves; the defaults are those of the Redis transport. */
export type MemoryBusOptions = {
  readonly batchSize?: number
  readonly pollTimeoutSeconds?: number
  /** Pending entries of another consumer are taken over after this idle time; 0 never. */
  readonly claimOlderThanMs?: number
  readonly now?: () => number
}

/** Which consumer of which group reads which topic. */
export type MemoryConsumer = {
  readonly topic: string
  readonly consumerGroup: string
  readonly consumerName: string
  /** Overrides what the bus was created with. */
  readonly batchSize?: number
  readonly claimOlderThanMs?: number
}

/** A bus inside this process. */
export type MemoryBus = {
  source(consumer: MemoryConsumer): EventSource
  sink(): EventSink
  inspector(): BusInspector
}

/** Creates a bus that behaves like the Redis transport and forgets everything with the process. */
export function createMemoryBus(options: MemoryBusOptions = {}): MemoryBus {
  const settings = {
    batchSize: 1000,
    pollTimeoutSeconds: 60,
    claimOlderThanMs: 60_000,
    now: () => performance.now(),
    ...options,
  }
  const topics = new Map<string, MemoryTopic>()
  const topicNamed = (name: string): MemoryTopic => {
    const topic = topics.get(name) ?? new MemoryTopic(name)
    topics.set(name, topic)
    return topic
  }

  return {
    source: (consumer) =>
      createMemorySource(topicNamed(consumer.topic), consumer, { ...settings, ...consumer }),
    sink: () => ({
      async publish(messages) {
        for (const { topic, metadata, value } of messages) {
          topicNamed(topic).append(Object.fromEntries(toHeaders(metadata)), value)
        }
      },
      async close() {},
    }),
    inspector: () => ({
      inspect: async (names) => names.map((name) => stateOf(name, topics.get(name))),
      async close() {},
    }),
  }
}

function stateOf(name: string, topic: MemoryTopic | undefined): TopicState {
  if (topic === undefined) return { topic: name, length: null, groups: [] }
  const groups = [...topic.groups].map(([group, state]) => ({
    name: group,
    pending: state.pending.size,
    behind: topic.behind(state),
    consumers: consumersOf(state),
  }))
  return { topic: name, length: topic.length, groups }
}

// Only those that hold entries are known here.
function consumersOf({ pending }: MemoryGroup) {
  const held = new Map<string, number>()
  for (const { consumer } of pending.values()) held.set(consumer, (held.get(consumer) ?? 0) + 1)
  return [...held].map(([name, count]) => ({ name, pending: count, idleMs: null }))
}

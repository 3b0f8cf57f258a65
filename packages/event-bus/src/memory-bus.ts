import { toHeaders } from '@rosette/openedx-events'
import type { EventSink, EventSource } from './envelope.js'
import { createMemorySource } from './memory-source.js'
import { MemoryTopic } from './memory-topic.js'

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
  }
}

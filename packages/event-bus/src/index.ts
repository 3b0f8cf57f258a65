export type { EventsMetadata } from '@rosette/openedx-events'
export { runConsumer } from './consumer.js'
export { type ConsumerExtra, ConsumerExtraError, parseConsumerExtra } from './consumer-extra.js'
export type { ConsumerOptions } from './consumer-options.js'
export {
  type ConsumerLag,
  type EventSink,
  type EventSource,
  type OutgoingMessage,
  type RawEntry,
  topicKey,
} from './envelope.js'
export type { ConsumerHappening, Happening, SourceHappening } from './happenings.js'
export type { BusInspector, GroupState, TopicState } from './inspect.js'
export {
  createMemoryBus,
  type MemoryBus,
  type MemoryBusOptions,
  type MemoryConsumer,
} from './memory-bus.js'
export { createRedisInspector } from './redis-inspector.js'
export { createRedisSink, type RedisSinkOptions } from './redis-sink.js'
export { createRedisSource, type RedisSourceOptions } from './redis-source.js'

import {
  type BusInspector,
  createMemoryBus,
  createRedisInspector,
  createRedisSink,
  createRedisSource,
  type EventSink,
  type EventSource,
  type SourceHappening,
} from '@rosette/event-bus'
import type { Config } from './config/config.js'
import type { Secrets } from './config/secrets.js'
import { log } from './telemetry/log.js'

export type ConsumerOptions = {
  readonly topic: string
  readonly consumerGroup: string
  readonly consumerName: string
  readonly lastReadMessageId?: string | null
  readonly checkBacklog?: boolean | null
  readonly claimOlderThanMs?: number | null
}

/** The bus the settings name: Redis where an address is given, else one inside this process. */
export type Bus = {
  readonly kind: 'redis' | 'memory'
  source(options: ConsumerOptions): EventSource
  readonly sink: EventSink
  readonly inspector: BusInspector
}

export function openBus(config: Config['bus'], secrets: Pick<Secrets, 'redisUrl'>): Bus {
  const { redisUrl: url } = secrets
  if (url === undefined) {
    const memory = createMemoryBus()
    return {
      kind: 'memory',
      source: (options) =>
        memory.source({ ...options, claimOlderThanMs: options.claimOlderThanMs ?? 60_000 }),
      sink: memory.sink(),
      inspector: memory.inspector(),
    }
  }
  const { topicPrefix: prefix, maxLength: maxLen } = config
  return {
    kind: 'redis',
    sink: createRedisSink({ url, prefix, maxLen }),
    inspector: createRedisInspector({ url, prefix }),
    source: ({ lastReadMessageId, checkBacklog, claimOlderThanMs, ...options }) =>
      createRedisSource({
        ...options,
        url,
        prefix,
        // A read fills two transactions.
        batchSize: 2 * config.batchSize,
        pollTimeoutSeconds: config.pollTimeoutSeconds,
        ...(lastReadMessageId == null ? {} : { lastReadMessageId }),
        ...(checkBacklog == null ? {} : { checkBacklog }),
        ...(claimOlderThanMs == null ? {} : { claimOlderThanMs }),
        onProblem: reportSource(options.topic),
      }),
  }
}

function reportSource(topic: string) {
  return (happening: SourceHappening) => log.warn({ ...happening, topic }, 'event source')
}

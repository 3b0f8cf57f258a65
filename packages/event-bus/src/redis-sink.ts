import { toHeaders } from '@rosette/openedx-events'
import { type EventSink, type OutgoingMessage, topicKey } from './envelope.js'
import { connectRedis } from './redis-connection.js'

/** Where and how events are published. */
export type RedisSinkOptions = {
  readonly url: string
  readonly prefix?: string | null
  /** Streams are trimmed to about this many entries. */
  readonly maxLen?: number
}

// Bounds what waits in memory for answers; larger gains nothing.
const pipelineSize = 1000

/** Creates a publisher whose stream entries any Open edX consumer reads. */
export function createRedisSink({ url, prefix, maxLen = 10_000 }: RedisSinkOptions): EventSink {
  const redis = connectRedis({ url, answerWithinMs: 10_000 })

  async function publishSome(messages: readonly OutgoingMessage[]): Promise<void> {
    const pipeline = redis.pipeline()
    for (const message of messages) {
      const key = topicKey(prefix, message.topic)
      pipeline.xadd(key, 'MAXLEN', '~', maxLen, '*', ...toFields(message))
    }
    const failed = (await pipeline.exec())?.find(([error]) => error !== null)
    if (failed?.[0]) throw failed[0]
  }

  return {
    async publish(messages) {
      for (let at = 0; at < messages.length; at += pipelineSize) {
        await publishSome(messages.slice(at, at + pipelineSize))
      }
    },
    async close() {
      redis.disconnect()
    },
  }
}

/** The names and the order are part of the wire format. */
function toFields({ metadata, value }: OutgoingMessage): (string | Buffer)[] {
  return [...toHeaders(metadata).flat(), 'event_data', value]
}

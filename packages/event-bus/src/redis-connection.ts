import { Redis } from 'ioredis'

/** How a connection to Redis is made. */
export type RedisConnectionOptions = {
  readonly url: string
  /** An answer that takes longer than this means that the connection is dead. */
  readonly answerWithinMs?: number
  readonly onLost?: () => void
}

/** Opens a connection that reconnects by itself and fails its commands when it breaks. */
export function connectRedis({ url, answerWithinMs, onLost }: RedisConnectionOptions): Redis {
  const redis = new Redis(url, {
    // A broken connection may have swallowed a reply, and the entries in it are pending under our
    // name. Resending silently would leave them there; the failure makes the source look for them.
    maxRetriesPerRequest: 0,
    retryStrategy: (attempt) => Math.min(50 * 2 ** attempt, 2000),
    // RESP2 replies have one shape on every server version.
    protocol: 2,
    ...(answerWithinMs === undefined ? {} : { socketTimeout: answerWithinMs }),
    disableClientInfo: true,
    lazyConnect: true,
  })
  // Every failure reaches its caller through the command; an unheard error event would be printed.
  redis.on('error', () => undefined)
  let wasReady = false
  redis.on('ready', () => {
    wasReady = true
  })
  redis.on('close', () => {
    if (wasReady) onLost?.()
    wasReady = false
  })
  return redis
}

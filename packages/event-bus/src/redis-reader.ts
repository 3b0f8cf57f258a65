import type { Redis } from 'ioredis'
import type { RawEntry } from './envelope.js'
import { connectRedis } from './redis-connection.js'
import { createReplyParser } from './reply-parser.js'

/** The connection of the blocking read. */
export type RedisReader = {
  /** Sends XREADGROUP with these arguments; one at a time. */
  read(args: readonly string[]): Promise<readonly RawEntry[]>
  /** Interrupts a read in progress, which rejects. */
  disconnect(): void
}

/** Where the reader connects; an answer later than `answerWithinMs` means a dead connection. */
export type RedisReaderOptions = {
  readonly url: string
  readonly topic: string
  readonly answerWithinMs: number
  readonly onLost: () => void
}

type Socket = Redis['stream']

/**
 * Connects through the client (address, TLS, password, database, reconnecting) and then reads from
 * the socket itself, because decoding the answers is where the time goes (see the reply parser).
 */
export function createRedisReader(options: RedisReaderOptions): RedisReader {
  const { url, topic, answerWithinMs, onLost } = options
  const redis = connectRedis({ url, onLost })
  let socket: Socket | null = null
  let parser = createReplyParser(topic)
  let settle: ((answer: readonly RawEntry[] | Error) => void) | null = null

  redis.on('ready', () => {
    // The client sends nothing more by itself, so every byte from here on answers a read.
    socket = redis.stream
    parser = createReplyParser(topic)
    socket.removeAllListeners('data')
    socket.on('data', take)
  })
  redis.on('close', () => {
    socket = null
    settle?.(new Error('The connection to Redis broke'))
  })

  function take(chunk: Buffer): void {
    try {
      const answer = parser.push(chunk)
      if (answer !== null) settle?.(answer)
    } catch (error) {
      // After bytes that make no sense, nothing on this connection can be trusted.
      socket?.destroy(error instanceof Error ? error : undefined)
    }
  }

  function answered(): Promise<readonly RawEntry[]> {
    return new Promise((resolve, reject) => {
      const late = () => socket?.destroy(new Error('Redis did not answer in time'))
      const timer = setTimeout(late, answerWithinMs)
      settle = (answer) => {
        clearTimeout(timer)
        settle = null
        if (answer instanceof Error) reject(answer)
        else resolve(answer)
      }
    })
  }

  return {
    async read(args) {
      const connected = socket ?? (await connectedSocket(redis))
      const answer = answered()
      connected.write(toCommand(['XREADGROUP', ...args]))
      return await answer
    },
    disconnect: () => redis.disconnect(),
  }
}

/** Waits for the attempt to connect that is under way, and rejects if it fails. */
function connectedSocket(redis: Redis): Promise<Socket> {
  if (redis.status === 'end') return Promise.reject(new Error('The connection to Redis is closed'))
  return new Promise((resolve, reject) => {
    const onReady = () => {
      redis.off('close', onClose)
      resolve(redis.stream)
    }
    const onClose = () => {
      redis.off('ready', onReady)
      reject(new Error('Redis cannot be reached'))
    }
    redis.once('ready', onReady)
    redis.once('close', onClose)
    // A failure comes as a close, too.
    if (redis.status === 'wait') redis.connect().catch(() => undefined)
  })
}

function toCommand(words: readonly string[]): string {
  const blobs = words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`)
  return `*${words.length}\r\n${blobs.join('')}`
}

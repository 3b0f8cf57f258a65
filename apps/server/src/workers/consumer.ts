import { type ConsumerLag, type EventSource, type RawEntry, runConsumer } from '@rosette/event-bus'
import { isDatabaseOutage } from '../db/database.js'
import { log } from '../telemetry/log.js'

type Handler<Outcome> = {
  prepare(entries: readonly RawEntry[]): void
  handle(entries: readonly RawEntry[], consumerGroup: string): Promise<Outcome>
  park(entry: RawEntry, detail: string, consumerGroup: string): Promise<void>
}

type Options<Outcome> = {
  readonly source: EventSource
  readonly topic: string
  readonly consumerGroup: string
  readonly handler: Handler<Outcome>
  readonly maxBatch: number
  readonly stop: AbortSignal
  readonly onHandled?: (outcome: Outcome) => void
  /** Told from time to time how far the consumer group is behind. */
  readonly onLag?: (lag: ConsumerLag) => void
}

/** Runs one consumer of the bus into the database until it is stopped. */
export async function consumeInto<Outcome>(options: Options<Outcome>): Promise<void> {
  const { handler, consumerGroup, topic } = options
  const timer = watchLag(options)
  await runConsumer({
    source: decodingAhead(options.source, (entries) => handler.prepare(entries)),
    // In two steps: an optional call leaves its arguments alone when nobody listens.
    async handle(batch) {
      const outcome = await handler.handle(batch, consumerGroup)
      options.onHandled?.(outcome)
    },
    park: (entry, reason) => handler.park(entry, reason.message, consumerGroup),
    isOutage: isDatabaseOutage,
    stop: options.stop,
    maxBatch: options.maxBatch,
    report: (happening) => log.warn({ topic, ...happening }, 'consumer'),
  })
  clearInterval(timer)
}

// The loop reads one batch ahead; decoding it at once fills the time in which the database works.
function decodingAhead(
  source: EventSource,
  prepare: (entries: readonly RawEntry[]) => void,
): EventSource {
  return {
    open: () => source.open(),
    acknowledge: (entries) => source.acknowledge(entries),
    release: (entries) => source.release(entries),
    lag: () => source.lag(),
    close: () => source.close(),
    async read() {
      const entries = await source.read()
      // Entries that were read are lost to this consumer if reading fails. What cannot be prepared
      // fails again in its turn, where it can be parked.
      try {
        prepare(entries)
      } catch (error) {
        log.warn({ err: error }, 'entries could not be prepared')
      }
      return entries
    },
  }
}

const lagEveryMs = 15_000

function watchLag<Outcome>({ source, onLag, topic }: Options<Outcome>) {
  const timer = setInterval(() => {
    source.lag().then(onLag, (error) => log.debug({ topic, err: error }, 'lag unknown'))
  }, lagEveryMs)
  timer.unref()
  return timer
}

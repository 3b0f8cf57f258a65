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

type Lanes<Outcome> = Omit<Options<Outcome>, 'source'> & {
  readonly openSource: (lane: number) => EventSource
}

/** While one lane waits for the database, the other decodes; more than two gain nothing on few cores. */
const lanes = 2

/**
 * Runs a consumer of the bus into the database until it is stopped: several lanes, each a reader
 * of the consumer group with batches of its own. They need no order among them: marks merge in any.
 */
export async function consumeInLanes<Outcome>(options: Lanes<Outcome>): Promise<void> {
  const { openSource, ...rest } = options
  const first = openSource(1)
  // The first lane takes up the wanted position, so the others read nothing before it has.
  const positioned = once(first)
  const others = Array.from({ length: lanes - 1 }, async (_, i) => {
    await Promise.race([positioned, whenStopped(options.stop)])
    if (!options.stop.aborted) await consumeInto({ ...rest, source: openSource(i + 2) })
  })
  const watching = positioned.then(() => watchLag(first, options))
  await Promise.all([consumeInto({ ...rest, source: first }), ...others])
  watching.then((timer) => clearInterval(timer)).catch(() => {})
}

const lagEveryMs = 15_000

function watchLag<Outcome>(source: EventSource, { onLag, topic }: Lanes<Outcome>) {
  const timer = setInterval(() => {
    source.lag().then(onLag, (error) => log.debug({ topic, err: error }, 'lag unknown'))
  }, lagEveryMs)
  timer.unref()
  return timer
}

/** Resolves when the source is open; wraps its `open`. */
function once(source: EventSource): Promise<void> {
  return new Promise((resolve) => {
    const open = source.open.bind(source)
    source.open = async () => {
      await open()
      resolve()
    }
  })
}

function whenStopped(stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (stop.aborted) resolve()
    else stop.addEventListener('abort', () => resolve(), { once: true })
  })
}

async function consumeInto<Outcome>(options: Options<Outcome>): Promise<void> {
  const { handler, consumerGroup, topic } = options
  await runConsumer({
    source: decodingAhead(options.source, (entries) => handler.prepare(entries)),
    handle: async (batch) => options.onHandled?.(await handler.handle(batch, consumerGroup)),
    park: (entry, reason) => handler.park(entry, reason.message, consumerGroup),
    isOutage: isDatabaseOutage,
    stop: options.stop,
    maxBatch: options.maxBatch,
    report: (happening) => log.warn({ topic, ...happening }, 'consumer'),
  })
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
      prepare(entries)
      return entries
    },
  }
}

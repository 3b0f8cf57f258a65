import { parseConsumerExtra } from '@rosette/event-bus'
import type { ConsumerOptions } from '../bus.js'
import type { Runtime } from '../runtime.js'
import { countBatch, reportLag } from '../telemetry/events.js'
import { log } from '../telemetry/log.js'
import { consumeInto } from '../workers/consumer.js'
import { startWorker, type Worker } from '../workers/worker.js'

/** Consumes one topic until the signal; nothing is received while badges are disabled. */
export async function consumeTopic(
  { app, settings }: Runtime,
  options: ConsumerOptions,
  stop: AbortSignal,
): Promise<void> {
  const { config } = settings
  if (!config.badgesEnabled) {
    log.warn('BADGES_ENABLED is false: no events are received')
    return
  }
  if (!config.bus.consumersEnabled) {
    log.warn('EVENT_BUS_REDIS_CONSUMERS_ENABLED is false: no events are received')
    return
  }
  const { topic, consumerGroup: group, consumerName: name } = options
  const running = app.running.began({ topic, group, name })
  await consumeInto({
    source: app.bus.source(options),
    topic: options.topic,
    consumerGroup: options.consumerGroup,
    handler: app.progress,
    maxBatch: 2 * config.bus.batchSize,
    stop,
    onLag: (lag) => reportLag({ topic: options.topic, group: options.consumerGroup }, lag),
    onHandled: (outcome) => {
      countBatch(options.topic, outcome)
      running.handled(outcome.received)
      if (config.bus.auditLogging && app.bus.kind === 'redis') {
        log.info({ topic: options.topic, ...outcome }, 'batch committed')
      }
    },
  }).finally(running.ended)
}

/** Every topic of the settings at once. */
export async function consumeConfigured(runtime: Runtime, stop: AbortSignal): Promise<void> {
  const { topics, consumerGroup, consumerName } = runtime.settings.config.bus
  const each = topics.map((topic) =>
    consumeTopic(runtime, { topic, consumerGroup, consumerName }, stop),
  )
  await Promise.all(each)
}

/** The options of `consume-events`, as the Open edX command has them. */
export function toConsumerOptions(given: {
  readonly topic: string
  readonly group: string
  readonly extra?: string
  readonly fallbackName: string
}): ConsumerOptions {
  const { topic, group, extra, fallbackName } = given
  const parsed = extra === undefined ? { consumerName: fallbackName } : parseConsumerExtra(extra)
  return { topic, consumerGroup: group, ...parsed }
}

/** The jobs of the queue, and a lane for each provider account. */
export async function startWorking({ app, pool }: Runtime): Promise<Worker> {
  const worker = await startWorker(pool, app)
  const lanes = app.issuances.startLanes()
  return {
    async stop() {
      await Promise.all([worker.stop(), lanes.stop()])
    },
  }
}

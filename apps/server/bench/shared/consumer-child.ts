import { createApp } from '#src/app.js'
import { settingsFrom } from '#src/config/load.js'
import { createPool } from '#src/db/database.js'
import { consumeInto } from '#src/workers/consumer.js'

// One consumer process, as `rosette consume-events` runs it, that tells how far it is.
const settings = settingsFrom(process.env)
const { bus } = settings.config
const app = createApp(settings, createPool(settings.secrets.databaseUrl ?? '', 5))
const controller = new AbortController()
process.on('message', () => controller.abort())

let received = 0
let awarded = 0
let peak = 0
const [topic = ''] = bus.topics
const { consumerGroup, consumerName } = bus
await consumeInto({
  source: app.bus.source({ topic, consumerGroup, consumerName }),
  topic,
  consumerGroup,
  handler: app.progress,
  maxBatch: 2 * bus.batchSize,
  stop: controller.signal,
  onHandled: (outcome) => {
    received += outcome.received
    awarded += outcome.awarded
    peak = Math.max(peak, process.memoryUsage.rss())
    process.send?.({ at: Date.now(), received, awarded, peak, cpu: process.cpuUsage() })
  },
})
await app.close()
process.disconnect?.()

import { createMemoryBus } from './memory-bus.js'
import { describeTransport } from './transport.features.js'

describeTransport('the memory transport', async () => {
  const bus = createMemoryBus({ pollTimeoutSeconds: 0.02 })
  return {
    source: (consumer) => bus.source({ topic: 'learning', ...consumer }),
    sink: () => bus.sink(),
  }
})

import { expect, it } from 'vitest'
import { createMemoryBus } from './memory-bus.js'
import { aMessage, describeTransport, namesOf } from './transport.features.js'

describeTransport('the memory transport', async () => {
  const bus = createMemoryBus({ pollTimeoutSeconds: 0.02 })
  return {
    source: (consumer) => bus.source({ topic: 'learning', ...consumer }),
    sink: () => bus.sink(),
  }
})

it('keeps the newest entries of a topic that nobody reads, and no more', async () => {
  const bus = createMemoryBus({ batchSize: 100_000 })
  await bus.sink().publish(Array.from({ length: 45_000 }, (_, at) => aMessage(`e${at}`)))
  const late = bus.source({ topic: 'learning', consumerGroup: 'late', consumerName: 'one' })
  await late.open()
  const kept = namesOf(await late.read())
  expect(kept.length).toBeLessThan(20_000)
  expect(kept.at(-1)).toBe('e44999')
  expect(kept.at(0)).toBe(`e${45_000 - kept.length}`)
})

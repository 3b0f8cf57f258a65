import { expect, it } from 'vitest'
import { createMemoryBus } from './memory-bus.js'
import { aMessage } from './transport.features.js'

it('tells how a topic of the memory bus is without reading from it', async () => {
  const bus = createMemoryBus({ batchSize: 2, pollTimeoutSeconds: 0.02 })
  const source = bus.source({ topic: 'learning', consumerGroup: 'rosette', consumerName: 'one' })
  await source.open()
  await bus.sink().publish(['a', 'b', 'c', 'd', 'e'].map((name) => aMessage(name)))
  const taken = await source.read()
  expect(taken).toHaveLength(2)
  expect(await bus.inspector().inspect(['learning', 'other'])).toEqual([
    {
      topic: 'learning',
      length: 5,
      groups: [
        {
          name: 'rosette',
          pending: 2,
          behind: 3,
          consumers: [{ name: 'one', pending: 2, idleMs: null }],
        },
      ],
    },
    { topic: 'other', length: null, groups: [] },
  ])
})

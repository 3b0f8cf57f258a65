import { z } from 'zod'
import { instant, problems, signedIn } from './common.js'

const counted = z.int().min(0)

const consumer = z.object({
  name: z.string(),
  pending: counted,
  idleMs: z.number().nullable().meta({ description: 'Since it asked for entries the last time' }),
})

const group = z.object({
  name: z.string(),
  isOurs: z.boolean().meta({ description: 'Named in our settings, or read by this process' }),
  pending: counted.meta({ description: 'Delivered, and not acknowledged yet' }),
  behind: counted.nullable().meta({
    description: 'Not delivered yet; null where the bus cannot tell',
  }),
  consumers: z.array(consumer),
})

const topic = z.object({
  name: z.string().meta({ description: 'Without the prefix' }),
  length: counted.nullable().meta({ description: 'Entries it holds; null while it is not there' }),
  isConsumed: z.boolean().meta({ description: 'Named in ROSETTE_TOPICS' }),
  groups: z.array(group),
})

const running = z.object({
  topic: z.string(),
  group: z.string(),
  name: z.string(),
  since: instant,
  batchesPerSecond: z.number().meta({ description: 'Over the last minute' }),
  eventsPerSecond: z.number(),
  lastBatchAt: instant.nullable(),
})

export const busStatus = z
  .object({
    kind: z.enum(['redis', 'memory']),
    isEnabled: z.boolean().meta({ description: 'BADGES_ENABLED' }),
    problem: z.string().nullable().meta({
      description: 'Why the bus could not be asked; what is told then is what we know ourselves',
    }),
    topics: z.array(topic),
    running: z.array(running).meta({ description: 'Consumers inside the process that answers' }),
    signals: z.array(
      z.object({
        eventType: z.string(),
        topic: z.string(),
        keyField: z.string(),
        isEnabled: z.boolean(),
      }),
    ),
    outbox: z.object({
      waiting: counted,
      stopped: counted,
      oldestWaitingAt: instant.nullable(),
      lastSentAt: instant.nullable(),
    }),
  })
  .meta({ id: 'BusStatus' })
export type BusStatus = z.output<typeof busStatus>

export const getBusStatus = {
  tags: ['bus'],
  security: signedIn,
  summary: 'Read how the event bus is: topics, consumer groups, lag, signals',
  response: { 200: busStatus, ...problems() },
}

export const retrySignals = {
  tags: ['bus'],
  security: signedIn,
  summary: 'Put signals that have stopped back into the queue',
  response: {
    200: z
      .object({ retried: counted.meta({ description: 'How many wait again' }) })
      .meta({ id: 'SignalRetry' }),
    ...problems(),
  },
}

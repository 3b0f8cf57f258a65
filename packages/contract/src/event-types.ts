import { z } from 'zod'
import { problems, signedIn } from './common.js'
import { ruleOperators } from './rules.js'

export const eventType = z
  .object({
    eventType: z.string(),
    title: z.string(),
    /** The one keyword argument that carries the payload. */
    keyword: z.string().meta({ description: 'The keyword argument that carries the payload' }),
    keyPaths: z.array(
      z.object({
        path: z.string(),
        label: z.string(),
        type: z.enum(['boolean', 'number', 'datetime', 'key', 'text', 'list', 'map']),
        nullable: z.boolean(),
        operators: z.array(z.enum(ruleOperators)).readonly(),
      }),
    ),
  })
  .meta({ id: 'EventType' })
export type EventType = z.output<typeof eventType>

export const listEventTypes = {
  tags: ['event types'],
  security: signedIn,
  summary: 'List the event types that rules may name, with their key paths',
  response: {
    200: z.object({ items: z.array(eventType) }).meta({ id: 'EventTypes' }),
    ...problems(),
  },
}

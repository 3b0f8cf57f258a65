import { z } from 'zod'
import { id, instant, pageOf, paging, problems, signedIn } from './common.js'

export const signalStates = ['waiting', 'sent', 'stopped'] as const

export const signal = z
  .object({
    id: z.int(),
    eventType: z.string(),
    eventId: id,
    time: instant,
    data: z.record(z.string(), z.unknown()),
    state: z.enum(signalStates),
    lastError: z.string().nullable(),
    createdAt: instant,
    sentAt: instant.nullable(),
  })
  .meta({ id: 'Signal' })
export type Signal = z.output<typeof signal>

export const listSignals = {
  tags: ['signals'],
  security: signedIn,
  summary: 'List the signals that we emit, the latest first',
  querystring: z.object({ ...paging, state: z.enum(signalStates).optional() }),
  response: { 200: pageOf(signal, 'SignalPage'), ...problems() },
}

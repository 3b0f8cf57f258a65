import { z } from 'zod'
import { id, idInput, instant, pageOf, paging, problems, signedIn } from './common.js'

export const providerEventStates = ['waiting', 'applied', 'ignored', 'unknown', 'refused'] as const

const providerEvent = z
  .object({
    id,
    accountId: id,
    externalId: z.string().meta({ description: 'Its id at the provider' }),
    claimedType: z.string().meta({ description: 'What the announcement said' }),
    eventType: z.string().nullable().meta({
      description: 'What the provider said when asked; null until then',
    }),
    occurredAt: instant.nullable(),
    state: z.enum(providerEventStates),
    detail: z.string().nullable().meta({ description: 'Why it stands so, in a sentence' }),
    data: z.record(z.string(), z.unknown()).nullable(),
    receivedAt: instant,
    settledAt: instant.nullable(),
  })
  .meta({ id: 'ProviderEvent' })
export type ProviderEvent = z.output<typeof providerEvent>

export const listProviderEvents = {
  tags: ['provider events'],
  security: signedIn,
  summary: 'List what providers announced, the latest first',
  querystring: z.object({
    ...paging,
    accountId: idInput.optional(),
    state: z.enum(providerEventStates).optional(),
  }),
  response: { 200: pageOf(providerEvent, 'ProviderEventPage'), ...problems() },
}

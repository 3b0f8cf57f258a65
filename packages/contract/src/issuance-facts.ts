import { z } from 'zod'
import { id, instant, providers } from './common.js'

export const issuanceStates = [
  'queued',
  'issuing',
  'issued',
  'failed',
  'stopped',
  'revoking',
  'revoked',
] as const

export const revocationEffects = ['revoke', 'expire', 'delete', 'none'] as const

/** What is told of an issuance wherever it is shown. */
export const issuanceFacts = z.object({
  id,
  target: z.enum(['native', 'provider']).meta({
    description: 'Our own signed Open Badge, or a badge at a provider',
  }),
  account: z
    .object({ id, name: z.string(), provider: z.enum(providers) })
    .nullable()
    .meta({ description: 'The account at the provider; null for our own badges' }),
  state: z.enum(issuanceStates).meta({
    description: 'failed is tried again at nextTryAt; stopped waits for a person: see remedy',
  }),
  wanted: z.enum(['issued', 'revoked']).meta({ description: 'What the award asks for now' }),
  externalState: z.string().nullable().meta({ description: "The provider's own word" }),
  externalId: z.string().nullable(),
  externalUrl: z.string().nullable().meta({ description: 'Where the badge is at the provider' }),
  attempts: z.int(),
  lastError: z.string().nullable(),
  reason: z.string().nullable().meta({ description: 'Why it stopped, for programs' }),
  remedy: z.string().nullable().meta({ description: 'What a person can do about it' }),
  note: z.string().nullable().meta({ description: 'What led to the present state' }),
  nextTryAt: instant.nullable(),
  issuedAt: instant.nullable(),
  revokedAt: instant.nullable(),
  revocationEffect: z.enum(revocationEffects).nullable().meta({
    description: 'What taking it back did at the provider; none when there was nothing to take',
  }),
})

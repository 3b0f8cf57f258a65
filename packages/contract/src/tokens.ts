import { z } from 'zod'
import { id, idParams, instant, problems, signedIn } from './common.js'

export const apiToken = z
  .object({
    id,
    name: z.string(),
    createdAt: instant,
    lastUsedAt: instant.nullable().meta({ description: 'To the hour' }),
    revokedAt: instant.nullable(),
  })
  .meta({ id: 'ApiToken' })
export type ApiToken = z.output<typeof apiToken>

const route = { tags: ['tokens'], security: signedIn }

export const listTokens = {
  ...route,
  summary: 'List administration tokens, revoked ones included',
  response: {
    200: z.object({ items: z.array(apiToken) }).meta({ id: 'ApiTokens' }),
    ...problems(),
  },
}

export const createToken = {
  ...route,
  summary: 'Make an administration token',
  body: z.strictObject({ name: z.string().trim().min(1).max(100) }).meta({ id: 'NewApiToken' }),
  response: {
    201: apiToken
      .extend({ token: z.string().meta({ description: 'Shown this once' }) })
      .meta({ id: 'CreatedApiToken' }),
    ...problems(),
  },
}

export const revokeToken = {
  ...route,
  summary: 'Revoke an administration token, at once and for good',
  params: idParams,
  response: { 200: apiToken, ...problems('not-found', 'conflict') },
}

import { z } from 'zod'
import { permission, role } from './access.js'
import { id, idInput, idParams, instant, instantInput, problems, signedIn } from './common.js'

export const apiToken = z
  .object({
    id,
    name: z.string(),
    hint: z
      .string()
      .nullable()
      .meta({ description: 'How it begins; null for tokens from before this was kept' }),
    organizationId: id.nullable().meta({ description: 'Null reaches all organizations' }),
    permissions: z.array(permission).nullable().meta({ description: 'Null is everything' }),
    createdBy: z.string().nullable(),
    createdAt: instant,
    expiresAt: instant.nullable(),
    lastUsedAt: instant.nullable().meta({ description: 'To the hour' }),
    revokedAt: instant.nullable(),
  })
  .meta({ id: 'ApiToken' })
export type ApiToken = z.output<typeof apiToken>

const route = { tags: ['tokens'], security: signedIn }

export const listTokens = {
  ...route,
  summary: 'List the tokens of programs, revoked ones included',
  querystring: z.object({ organizationId: idInput.optional() }),
  response: {
    200: z.object({ items: z.array(apiToken) }).meta({ id: 'ApiTokens' }),
    ...problems(),
  },
}

export const createToken = {
  ...route,
  summary: 'Make a token for a program',
  description: 'Nobody gives what they do not hold themselves. What is left out is everything.',
  body: z
    .strictObject({
      name: z.string().trim().min(1).max(100),
      organizationId: idInput.nullable().optional(),
      permissions: z.array(permission).min(1).optional(),
      role: role.optional().meta({ description: 'Instead of permissions: those of a role' }),
      expiresAt: instantInput.nullable().optional(),
    })
    .meta({ id: 'NewApiToken' }),
  response: {
    201: apiToken
      .extend({ token: z.string().meta({ description: 'Shown this once' }) })
      .meta({ id: 'CreatedApiToken' }),
    ...problems('forbidden', 'organization-not-found'),
  },
}

export const revokeToken = {
  ...route,
  summary: 'Revoke a token, at once and for good',
  params: idParams,
  response: { 200: apiToken, ...problems('not-found', 'conflict') },
}

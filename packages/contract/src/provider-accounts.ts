import { z } from 'zod'
import { id, idInput, idParams, instant, pageOf, paging, problems, signedIn } from './common.js'
import { issuanceStates } from './issuance-facts.js'

const provider = z.enum(['credly', 'accredible', 'badgr'])

const capabilities = z
  .object({
    revocation: z.enum(['revoke', 'expire', 'delete']).meta({
      description: 'What taking a badge back really does there',
    }),
    reissue: z.enum(['anew', 'renew']).meta({
      description: 'Whether a badge that was taken back makes room for a new one, or is renewed',
    }),
    changes: z.enum(['webhook', 'polling']).meta({
      description: 'How changes made there reach this platform',
    }),
    needsAcceptance: z.boolean(),
    evidence: z.boolean(),
    expiry: z.enum(['time', 'date']).nullable().meta({
      description: 'How exactly the end of a badge is kept; null for not at all',
    }),
    quiet: z.boolean().meta({ description: "The provider's e-mail can be switched off" }),
    locales: z.array(z.string()),
    requires: z.array(z.enum(['email', 'name'])).meta({ description: 'What a learner must have' }),
    rotatesKey: z.boolean().meta({ description: 'A new key can be made from here' }),
    requestsPerMinute: z.number().meta({ description: 'The limit when the account sets none' }),
  })
  .meta({ id: 'ProviderCapabilities' })

export const providerAccount = z
  .object({
    id,
    number: z.int().meta({ description: 'Short, for the command line' }),
    organizationId: id,
    issuerId: id.meta({ description: 'In whose name its badges appear on our own pages' }),
    provider,
    name: z.string(),
    externalId: z.string().nullable().meta({
      description: 'The organization at Credly, the issuer at a server of Badgr',
    }),
    apiBaseUrl: z.string().nullable().meta({ description: 'Null for the address in the settings' }),
    requestsPerMinute: z.int().nullable(),
    keyKind: z.enum(['token', 'client', 'password', 'settings']).meta({
      description: 'What opens the account; settings: it stands in BADGES_CONFIG',
    }),
    keyExpiresAt: instant.nullable(),
    state: z.enum(['working', 'paused']),
    pausedAt: instant.nullable(),
    pauseReason: z.string().nullable(),
    nextProbeAt: instant.nullable().meta({
      description: 'When it is looked whether it works again; null when a person paused it',
    }),
    hasWebhookSecret: z.boolean(),
    webhookUrl: z.string().nullable().meta({
      description: 'The address of the webhook, without the secret; null where changes are polled',
    }),
    capabilities,
    syncedAt: instant.nullable(),
    syncSummary: z
      .object({
        seen: z.int(),
        created: z.int(),
        updated: z.int(),
        archived: z.int(),
        restored: z.int(),
      })
      .nullable(),
    syncError: z.string().nullable(),
    polledAt: instant.nullable(),
    issuances: z.record(z.enum(issuanceStates), z.int()).meta({ description: 'How many by state' }),
    createdAt: instant,
  })
  .meta({ id: 'ProviderAccount' })
export type ProviderAccount = z.output<typeof providerAccount>

const text = z.string().trim().min(1).max(1000)

const credentials = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('token'), token: text }),
    z.strictObject({ kind: z.literal('client'), clientId: text, clientSecret: text }),
    // Blanks at the ends of a password belong to it.
    z.strictObject({
      kind: z.literal('password'),
      username: text,
      password: z.string().min(1).max(1000),
    }),
  ])
  .meta({
    id: 'ProviderCredentials',
    description:
      'A key (all providers), an OAuth client (Credly, Badgr), or user name and password (Badgr). Stored sealed, and never shown again.',
  })

const details = {
  name: z.string().trim().min(1).max(200),
  issuerId: idInput,
  externalId: z.string().trim().min(1).max(200).nullable(),
  apiBaseUrl: z.string().trim().min(1).max(2000).nullable(),
  requestsPerMinute: z.int().min(10).max(100_000).nullable(),
  skipTest: z.boolean().meta({ description: 'Store it without trying it at the provider' }),
}

const route = { tags: ['provider accounts'], security: signedIn }
const tried = ['provider-refused', 'provider-unreachable'] as const
const root = 'provider-account-not-found'

export const listProviderAccounts = {
  ...route,
  summary: 'List accounts at providers by name',
  querystring: z.object({
    ...paging,
    organizationId: idInput.optional(),
    provider: provider.optional(),
  }),
  response: { 200: pageOf(providerAccount, 'ProviderAccountPage'), ...problems() },
}

export const createProviderAccount = {
  ...route,
  summary: 'Add an account at a provider',
  description: 'It is tried first: when the provider does not take the key, nothing is stored.',
  body: z
    .strictObject({
      organizationId: idInput,
      issuerId: details.issuerId.optional().meta({
        description: 'May be left out where the organization has one issuer',
      }),
      provider,
      name: details.name,
      externalId: details.externalId.optional(),
      apiBaseUrl: details.apiBaseUrl.optional(),
      requestsPerMinute: details.requestsPerMinute.optional(),
      credentials,
      skipTest: details.skipTest.optional(),
    })
    .meta({ id: 'NewProviderAccount' }),
  response: {
    201: providerAccount,
    ...problems('organization-not-found', 'issuer-not-found', 'provider-account-exists', ...tried),
  },
}

export const getProviderAccount = {
  ...route,
  summary: 'Read one account',
  params: idParams,
  response: { 200: providerAccount, ...problems(root) },
}

export const updateProviderAccount = {
  ...route,
  summary: 'Change an account',
  description: 'A new key or address is tried first. Another host needs the key again.',
  params: idParams,
  body: z
    .strictObject({
      name: details.name.optional(),
      issuerId: details.issuerId.optional(),
      externalId: details.externalId.optional(),
      apiBaseUrl: details.apiBaseUrl.optional(),
      requestsPerMinute: details.requestsPerMinute.optional(),
      credentials: credentials.optional(),
      skipTest: details.skipTest.optional(),
    })
    .meta({ id: 'ProviderAccountChange' }),
  response: {
    200: providerAccount,
    ...problems(
      root,
      'issuer-not-found',
      'provider-account-exists',
      'provider-account-in-use',
      'provider-account-preconfigured',
      'conflict',
      ...tried,
    ),
  },
}

export const deleteProviderAccount = {
  ...route,
  summary: 'Remove an account that was never used',
  description: 'Refused while a badge template issues through it, and once a badge has.',
  params: idParams,
  response: {
    204: z.null(),
    ...problems(root, 'provider-account-in-use', 'provider-account-preconfigured'),
  },
}

export const testProviderAccount = {
  ...route,
  summary: 'Try the connection; what paused by itself goes on when it works',
  params: idParams,
  response: {
    200: z
      .object({
        name: z.string().meta({ description: 'What the provider calls the account' }),
        keyExpiresAt: instant.nullable(),
        credits: z.int().nullable().meta({ description: 'Badges that may still be issued' }),
      })
      .meta({ id: 'ProviderConnection' }),
    ...problems(root, ...tried),
  },
}

export const rotateProviderKey = {
  ...route,
  summary: 'Make a new key at the provider and use it from now on',
  description: 'The old key is not deleted there: it works until it ends.',
  params: idParams,
  response: {
    200: providerAccount,
    ...problems(root, 'provider-account-preconfigured', 'conflict', ...tried),
  },
}

export const putWebhookSecret = {
  ...route,
  summary: 'Make a new secret for the address of the webhook',
  description: 'The former one stops working at once. Only where changes come by webhook.',
  params: idParams,
  response: {
    200: z
      .object({ webhookUrl: z.string().meta({ description: 'With the secret; shown this once' }) })
      .meta({ id: 'WebhookAddress' }),
    ...problems(root),
  },
}

export const deleteWebhookSecret = {
  ...route,
  summary: 'Accept announcements at the address without a secret again',
  params: idParams,
  response: { 200: providerAccount, ...problems(root) },
}

export const pauseProviderAccount = {
  ...route,
  summary: 'Send nothing to this account until a person resumes it',
  params: idParams,
  response: { 200: providerAccount, ...problems(root) },
}

export const resumeProviderAccount = {
  ...route,
  summary: 'Take up the work of a paused account again',
  params: idParams,
  response: { 200: providerAccount, ...problems(root) },
}

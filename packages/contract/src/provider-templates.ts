import { z } from 'zod'
import { templateStates } from './badge-templates.js'
import {
  id,
  idInput,
  idParams,
  instant,
  pageOf,
  paging,
  problems,
  providers,
  signedIn,
} from './common.js'

const providerTemplate = z
  .object({
    id,
    accountId: id,
    accountName: z.string(),
    provider: z.enum(providers),
    externalId: z.string().meta({ description: 'Its id at the provider' }),
    name: z.string(),
    description: z.string(),
    imageUrl: z.string().nullable(),
    url: z.string().nullable().meta({ description: 'Where people read about it, or edit it' }),
    state: z.enum(templateStates).meta({
      description: 'At the provider; what it does not have any more is archived here',
    }),
    allowsDuplicates: z.boolean(),
    skills: z.array(z.string()).readonly(),
    changedAt: instant.nullable().meta({ description: 'Its last change, as the provider says' }),
    syncedAt: instant.meta({ description: 'When it was read from there the last time' }),
    badgeTemplates: z
      .array(z.object({ id, name: z.string(), state: z.enum(templateStates) }))
      .readonly()
      .meta({ description: 'The badge templates whose badges are issued by it' }),
  })
  .meta({ id: 'ProviderTemplate' })
export type ProviderTemplate = z.output<typeof providerTemplate>

const route = { tags: ['provider templates'], security: signedIn }

export const listProviderTemplates = {
  ...route,
  summary: 'List the templates of providers by name',
  querystring: z.object({
    ...paging,
    accountId: idInput.optional(),
    organizationId: idInput.optional(),
    state: z.enum(templateStates).optional(),
    search: z.string().max(200).optional().meta({ description: 'In the name' }),
  }),
  response: { 200: pageOf(providerTemplate, 'ProviderTemplatePage'), ...problems() },
}

export const getProviderTemplate = {
  ...route,
  summary: 'Read one template of a provider',
  params: idParams,
  response: { 200: providerTemplate, ...problems('provider-template-not-found') },
}

export const syncProviderAccount = {
  ...route,
  summary: 'Read all templates of an account from its provider',
  description:
    'New active ones get a badge template, as a draft. Those that are archived or gone there are archived here, with their rules, and come back as drafts. Nothing changes when the provider fails halfway.',
  params: idParams,
  body: z
    .strictObject({
      force: z.boolean().optional().meta({
        description: 'Believes a provider that has no templates at all any more',
      }),
    })
    .nullish()
    .meta({ id: 'NewSync' }),
  response: {
    200: z
      .object({
        seen: z.int(),
        created: z.int(),
        updated: z.int(),
        archived: z.int(),
        restored: z.int(),
      })
      .meta({ id: 'SyncSummary' }),
    ...problems('provider-account-not-found', 'provider-refused', 'provider-unreachable'),
  },
}

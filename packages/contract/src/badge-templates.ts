import { z } from 'zod'
import { achievement, achievementInput } from './achievements.js'
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
import {
  penaltiesInput,
  penalty,
  penaltyInput,
  reaward,
  repeat,
  requirement,
  requirementInput,
  requirementsInput,
  rulesInput,
  templateFile,
  templateFilesInput,
  words,
} from './rules.js'

export const templateStates = ['draft', 'active', 'archived'] as const

const issuing = z
  .discriminatedUnion('target', [
    z.object({ target: z.literal('native') }),
    z.object({
      target: z.literal('provider'),
      providerTemplateId: id,
      accountId: id,
      provider: z.enum(providers),
      accountName: z.string(),
      externalId: z.string().meta({ description: 'Its id at the provider' }),
      name: z.string(),
      state: z.enum(templateStates).meta({ description: 'Its state at the provider' }),
      url: z.string().nullable(),
      follows: z.boolean().meta({
        description:
          'Whether name, description and tags are taken from the provider; they are until one is edited here',
      }),
    }),
  ])
  .meta({ id: 'Issuing', description: 'Where badges are issued from now on' })

export const badgeTemplate = z
  .object({
    id,
    organizationId: id,
    issuerId: id,
    name: z.string(),
    description: z.string(),
    criteria: z.string().meta({ description: 'How it is earned, in Markdown' }),
    tags: z.array(z.string()).readonly(),
    ...achievement,
    state: z.enum(templateStates),
    image: z
      .object({ id, mediaType: z.enum(['image/png', 'image/svg+xml']), url: z.string() })
      .nullable()
      .meta({ description: 'Null while the template has no picture of its own' }),
    reaward,
    repeat: repeat.nullable(),
    expiresAfterDays: z.int().nullable(),
    issuing,
    notifies: z.boolean().meta({ description: 'Whether the provider may write to the learner' }),
    locale: z.string().nullable().meta({ description: 'BCP 47, for the e-mail of the provider' }),
    requirements: z.array(requirement).readonly(),
    penalties: z.array(penalty).readonly(),
    awarded: z.int().meta({ description: 'How many hold the badge now' }),
    createdAt: instant,
    updatedAt: instant,
    activatedAt: instant.nullable(),
  })
  .meta({ id: 'BadgeTemplate' })
export type BadgeTemplate = z.output<typeof badgeTemplate>

const details = {
  name: z.string().trim().min(1).max(200),
  ...words,
  reaward,
  repeat: repeat.nullable(),
  providerTemplateId: idInput.nullable().meta({
    description:
      'The template of a provider by which badges are issued, of an account of the same organization; null for our own Open Badges. A change concerns later awards only.',
  }),
  notifies: z.boolean(),
  locale: z
    .string()
    .max(35)
    .refine(isLanguageTag, 'must be a language tag (BCP 47), such as pt-BR')
    .nullable(),
  ...achievementInput,
}

const route = { tags: ['badge templates'], security: signedIn }
const notBound = ['provider-template-not-found', 'provider-template-unavailable'] as const
const notDraft = problems('template-not-found', 'template-not-draft', 'rules-invalid')

export const templateSorts = ['name', 'changed', 'created', 'awarded'] as const

export const listBadgeTemplates = {
  ...route,
  summary: 'List badge templates by name',
  querystring: z.object({
    ...paging,
    organizationId: idInput.optional(),
    state: z.enum(templateStates).optional(),
    search: z.string().max(200).optional().meta({ description: 'In the name or a tag' }),
    tag: z.string().max(60).optional().meta({ description: 'Exactly this tag' }),
    target: z
      .union([z.literal('native'), idInput])
      .optional()
      .meta({ description: 'Where badges are issued: native, or the id of a provider account' }),
    sort: z
      .enum(templateSorts)
      .default('name')
      .meta({ description: 'By name, or first what was changed, made or awarded last or most' }),
  }),
  response: { 200: pageOf(badgeTemplate, 'BadgeTemplatePage'), ...problems() },
}

export const listTemplateTags = {
  ...route,
  summary: 'List the tags of badge templates, the most used first',
  querystring: z.object({ organizationId: idInput.optional() }),
  response: {
    200: z
      .object({ items: z.array(z.object({ tag: z.string(), templates: z.int() })) })
      .meta({ id: 'TemplateTags' }),
    ...problems(),
  },
}

export const getTemplateStanding = {
  ...route,
  summary: 'Count who holds a badge, who is on the way, and who lost it',
  params: idParams,
  response: {
    200: z
      .object({
        holding: z.int().meta({ description: 'Learners who hold it now' }),
        onTheWay: z.int().meta({ description: 'Learners with any progress who do not hold it' }),
        lost: z.int().meta({ description: 'Learners who held it and do not any more' }),
      })
      .meta({ id: 'TemplateStanding' }),
    ...problems('template-not-found'),
  },
}

export const duplicateBadgeTemplate = {
  ...route,
  summary: 'Make a draft that is like another badge template, its picture and rules included',
  params: idParams,
  body: z
    .strictObject({
      name: details.name.optional().meta({ description: 'The same name when it is left out' }),
    })
    .nullish()
    .meta({ id: 'NewDuplicate' }),
  response: { 201: badgeTemplate, ...problems('template-not-found') },
}

export const createBadgeTemplate = {
  ...route,
  summary: 'Create a badge template, as a draft',
  body: z
    .strictObject({
      organizationId: idInput,
      issuerId: idInput.optional().meta({
        description: 'May be left out when the organization has one issuer',
      }),
      name: details.name,
      description: details.description.optional(),
      criteria: details.criteria.optional(),
      tags: details.tags.optional(),
      language: details.language.optional(),
      achievementType: details.achievementType.optional(),
      fieldOfStudy: details.fieldOfStudy.optional(),
      alignments: details.alignments.optional(),
      results: details.results.optional(),
      reaward: details.reaward.optional(),
      repeat: details.repeat.optional(),
      expiresAfterDays: details.expiresAfterDays.optional(),
      providerTemplateId: details.providerTemplateId.optional(),
      notifies: details.notifies.optional(),
      locale: details.locale.optional(),
      requirements: requirementsInput.optional(),
      penalties: penaltiesInput.optional(),
    })
    .meta({ id: 'NewBadgeTemplate' }),
  response: {
    201: badgeTemplate,
    ...problems('organization-not-found', 'issuer-not-found', 'rules-invalid', ...notBound),
  },
}

export const getBadgeTemplate = {
  ...route,
  summary: 'Read one badge template with its rules',
  params: idParams,
  response: { 200: badgeTemplate, ...problems('template-not-found') },
}

export const updateBadgeTemplate = {
  ...route,
  summary: 'Change what a badge template says',
  description:
    '`repeat` decides how marks are kept, so it is changed only in a draft. Another `providerTemplateId` concerns later awards only: badges that were issued stay where they are.',
  params: idParams,
  body: z
    .strictObject({
      name: details.name.optional(),
      description: details.description.optional(),
      criteria: details.criteria.optional(),
      tags: details.tags.optional(),
      language: details.language.optional(),
      achievementType: details.achievementType.optional(),
      fieldOfStudy: details.fieldOfStudy.optional(),
      alignments: details.alignments.optional(),
      results: details.results.optional(),
      reaward: details.reaward.optional(),
      repeat: details.repeat.optional(),
      expiresAfterDays: details.expiresAfterDays.optional(),
      providerTemplateId: details.providerTemplateId.optional(),
      notifies: details.notifies.optional(),
      locale: details.locale.optional(),
      issuerId: idInput.optional(),
    })
    .meta({ id: 'BadgeTemplateChange' }),
  response: {
    200: badgeTemplate,
    ...problems(
      'template-not-found',
      'template-not-draft',
      'issuer-not-found',
      'rules-invalid',
      ...notBound,
    ),
  },
}

export const deleteBadgeTemplate = {
  ...route,
  summary: 'Delete a badge template that was never awarded',
  params: idParams,
  response: {
    204: z.null(),
    ...problems('template-not-found', 'template-not-draft', 'template-in-use'),
  },
}

export const replaceRules = {
  ...route,
  summary: 'Put new rules in the place of all old ones',
  description:
    'In a draft, marks of the old requirements go with them; awards stay. An active template takes new rules only with `apply`; marks stay where the same events count for a requirement of the same id. Members that are left out keep their value, except that requirements and penalties are replaced as a whole.',
  params: idParams,
  querystring: z.object({
    apply: z.enum(['from-now', 'everybody']).optional().meta({
      description:
        'For an active template. `from-now`: nobody gains or loses the badge by the change itself, until an event touches them. `everybody`: a backfill is queued, which applies the new rules to all past events.',
    }),
  }),
  body: rulesInput,
  response: {
    200: badgeTemplate,
    ...problems(
      'template-not-found',
      'template-not-draft',
      'template-not-active',
      'rules-invalid',
      'activation-refused',
    ),
  },
}

export const addRequirement = {
  ...route,
  summary: 'Add one requirement',
  description: 'Only in a draft. Marks of the other requirements stay.',
  params: idParams,
  body: requirementInput,
  response: { 201: badgeTemplate, ...notDraft },
}

export const addPenalty = {
  ...route,
  summary: 'Add one penalty',
  description: 'Only in a draft.',
  params: idParams,
  body: penaltyInput,
  response: { 201: badgeTemplate, ...notDraft },
}

const partParams = z.object({ id: idInput, part: z.string().min(1).max(200) })

export const removeRequirement = {
  ...route,
  summary: 'Remove one requirement',
  description: 'Only in a draft, and refused while another rule names it.',
  params: partParams,
  response: { 200: badgeTemplate, ...notDraft },
}

export const removePenalty = {
  ...route,
  summary: 'Remove one penalty',
  description: 'Only in a draft.',
  params: partParams,
  response: { 200: badgeTemplate, ...notDraft },
}

export const activateBadgeTemplate = {
  ...route,
  summary: 'Let events count for a badge template from now on',
  params: idParams,
  response: {
    200: badgeTemplate,
    ...problems('template-not-found', 'template-archived', 'activation-refused'),
  },
}

export const deactivateBadgeTemplate = {
  ...route,
  summary: 'Stop events from counting, so that the rules may be changed',
  description: 'The template becomes a draft. Awards and marks stay.',
  params: idParams,
  response: { 200: badgeTemplate, ...problems('template-not-found', 'template-archived') },
}

export const archiveBadgeTemplate = {
  ...route,
  summary: 'Put a badge template out of use; its awards stay valid',
  params: idParams,
  response: { 200: badgeTemplate, ...problems('template-not-found') },
}

export const exportBadgeTemplates = {
  ...route,
  summary: 'Export rules in the file format',
  querystring: z.object({
    organizationId: idInput.optional(),
    state: z.enum(templateStates).optional(),
  }),
  response: { 200: z.array(templateFile).readonly(), ...problems() },
}

export const exportBadgeTemplate = {
  ...route,
  summary: 'Export the rules of one badge template in the file format',
  params: idParams,
  response: { 200: templateFile, ...problems('template-not-found') },
}

export const importBadgeTemplates = {
  ...route,
  summary: 'Create drafts from one template or a list of them in the file format',
  description:
    'All or none. New ids are given; rules that name another template of the same file follow it.',
  querystring: z.object({ organizationId: idInput, issuerId: idInput.optional() }),
  body: templateFilesInput,
  response: {
    201: z.object({ items: z.array(badgeTemplate) }).meta({ id: 'ImportedBadgeTemplates' }),
    ...problems('organization-not-found', 'issuer-not-found', 'rules-invalid'),
  },
}

export const putTemplateImage = {
  ...route,
  summary: 'Set the picture of a badge template',
  description:
    'The body is the picture itself (image/png or image/svg+xml), or multipart/form-data with one file.',
  params: idParams,
  consumes: ['image/png', 'image/svg+xml', 'multipart/form-data'],
  response: {
    200: badgeTemplate,
    ...problems('template-not-found', 'image-refused', 'too-large', 'unsupported-media-type'),
  },
}

export const deleteTemplateImage = {
  ...route,
  summary: 'Remove the picture of a badge template',
  params: idParams,
  response: { 200: badgeTemplate, ...problems('template-not-found') },
}

function isLanguageTag(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length === 1
  } catch {
    return false
  }
}

import { z } from 'zod'
import { badgeTemplate, templateStates } from './badge-templates.js'
import { id, idInput, idParams, instant, pageOf, paging, problems, signedIn } from './common.js'
import { penalty, requirement } from './rules.js'

const value = z.unknown().meta({ description: 'As it is written in a snapshot' })

const detailChange = z
  .object({
    kind: z.literal('detail'),
    field: z.string().meta({
      description:
        'A member of the snapshot, such as name; `order` when only the order of the rules changed',
    }),
    before: value,
    after: value,
  })
  .meta({ id: 'DetailChange' })

const imageChange = z
  .object({
    kind: z.literal('image'),
    before: z.boolean().meta({ description: 'Whether there was a picture' }),
    after: z.boolean(),
  })
  .meta({ id: 'ImageChange' })

const requirementChange = z
  .object({
    kind: z.literal('requirement'),
    id: z.string(),
    before: requirement.nullable().meta({ description: 'Null when it was added' }),
    after: requirement.nullable().meta({ description: 'Null when it was removed' }),
  })
  .meta({ id: 'RequirementChange' })

const penaltyChange = z
  .object({
    kind: z.literal('penalty'),
    id: z.string(),
    before: penalty.nullable(),
    after: penalty.nullable(),
  })
  .meta({ id: 'PenaltyChange' })

const templateChange = z
  .discriminatedUnion('kind', [detailChange, imageChange, requirementChange, penaltyChange])
  .meta({ id: 'TemplateChange' })
export type TemplateChange = z.output<typeof templateChange>

const version = {
  number: z.int().meta({ description: 'Counts from 1' }),
  at: instant,
  actor: z.string(),
  action: z.string().meta({ description: 'What was done, such as update or replace-rules' }),
  hasImage: z.boolean(),
  isCurrent: z.boolean().meta({ description: 'Whether the template is as this version left it' }),
  changes: z
    .array(templateChange)
    .readonly()
    .meta({ description: 'Since the version before; empty for the first' }),
}
export const templateVersion = z.object(version).meta({ id: 'TemplateVersion' })
export type TemplateVersion = z.output<typeof templateVersion>

const snapshot = z
  .object({
    name: z.string(),
    description: z.string(),
    criteria: z.string(),
    tags: z.array(z.string()).readonly(),
    language: badgeTemplate.shape.language,
    achievementType: badgeTemplate.shape.achievementType,
    fieldOfStudy: badgeTemplate.shape.fieldOfStudy,
    alignments: badgeTemplate.shape.alignments,
    results: badgeTemplate.shape.results,
    expiresAfterDays: z.int().nullable(),
    issuerId: id,
    providerTemplateId: id.nullable().meta({ description: 'Null for our own Open Badges' }),
    notifies: z.boolean(),
    locale: z.string().nullable(),
    state: z.enum(templateStates),
    reaward: badgeTemplate.shape.reaward,
    repeat: badgeTemplate.shape.repeat,
    requirements: badgeTemplate.shape.requirements,
    penalties: badgeTemplate.shape.penalties,
  })
  .meta({ id: 'TemplateSnapshot' })

const templateVersionDetail = z
  .object({ ...version, snapshot })
  .meta({ id: 'TemplateVersionDetail' })
export type TemplateVersionDetail = z.output<typeof templateVersionDetail>

const route = { tags: ['badge templates'], security: signedIn }
const versionParams = z.object({ id: idInput, number: z.coerce.number().int().min(1).max(2e9) })
const notThere = ['template-not-found', 'template-version-not-found'] as const

export const listTemplateVersions = {
  ...route,
  summary: 'List what a badge template was after each change, the latest first',
  params: idParams,
  querystring: z.object(paging),
  response: {
    200: pageOf(templateVersion, 'TemplateVersionPage'),
    ...problems('template-not-found'),
  },
}

export const getTemplateVersion = {
  ...route,
  summary: 'Read one version of a badge template as a whole',
  params: versionParams,
  response: { 200: templateVersionDetail, ...problems(...notThere) },
}

export const getTemplateVersionImage = {
  ...route,
  summary: 'Read the picture that a badge template had',
  params: versionParams,
  response: {
    200: {
      description: 'The picture as it was uploaded or designed',
      content: { 'image/png': { schema: z.any() }, 'image/svg+xml': { schema: z.any() } },
    },
    ...problems(...notThere, 'image-not-found'),
  },
}

export const restoreTemplateVersion = {
  ...route,
  summary: 'Make a badge template what it was in a version',
  description:
    'Words, picture, issuing and rules; whether it is a draft, active or archived stays as it is. This is a new change, which makes a new version. Rules are restored under the same conditions under which they are edited.',
  params: versionParams,
  response: {
    200: badgeTemplate,
    ...problems(
      ...notThere,
      'template-not-draft',
      'rules-invalid',
      'issuer-not-found',
      'provider-template-not-found',
      'provider-template-unavailable',
    ),
  },
}

import { z } from 'zod'
import { awardResult, awardResults } from './achievements.js'
import {
  id,
  idInput,
  idParams,
  instant,
  instantInput,
  pageOf,
  paging,
  problems,
  signedIn,
} from './common.js'
import { loggedEvent } from './events.js'
import { issuanceFacts } from './issuance-facts.js'

export const awardStatuses = ['awarded', 'revoked'] as const

export const evidence = z
  .object({
    url: z
      .url({ protocol: /^https?$/, error: 'must be a web address' })
      .max(2000)
      .optional(),
    name: z.string().max(300).optional(),
    narrative: z.string().max(5000).optional(),
  })
  .meta({ id: 'Evidence' })

const evidenceInput = z.strictObject(evidence.shape).meta({ id: 'NewEvidence' })

export const learnerName = z
  .object({ id, username: z.string(), name: z.string(), email: z.string() })
  .meta({ id: 'LearnerName' })

export const award = z
  .object({
    id,
    template: z.object({ id, name: z.string() }),
    learner: learnerName,
    instance: z
      .string()
      .nullable()
      .meta({ description: 'For a repeated badge, the value that it was earned for' }),
    status: z.enum(awardStatuses),
    expired: z.boolean(),
    source: z.enum(['rules', 'hand']),
    awardedAt: instant,
    expiresAt: instant.nullable(),
    revokedAt: instant.nullable(),
    revokedBy: z.enum(['rules', 'hand']).nullable(),
    revocationReason: z.string().nullable(),
    narrative: z.string().nullable(),
    evidence: z.array(evidence),
    results: z.array(awardResult),
    showsName: z.boolean().meta({ description: 'The learner agreed to be named in public' }),
  })
  .meta({ id: 'Award' })
export type Award = z.output<typeof award>

const cause = {
  by: z.string().nullable().meta({ description: 'Who did it by hand' }),
  events: z.array(loggedEvent),
}

export const awardDetail = award
  .extend({
    publicUrl: z.string(),
    why: z.object({
      by: cause.by,
      fulfillments: z.array(
        z.object({
          requirement: z.string(),
          group: z.string(),
          description: z.string().nullable().meta({
            description: 'Null when the requirement has been removed since, or has none',
          }),
          eventType: z.string().nullable(),
          since: instant,
          events: cause.events,
        }),
      ),
    }),
    revocation: z
      .object({
        by: cause.by,
        lost: z.array(
          z.object({
            requirement: z.string(),
            description: z.string().nullable(),
            events: cause.events,
          }),
        ),
      })
      .nullable(),
    issuances: z.array(issuanceFacts),
  })
  .meta({ id: 'AwardDetail' })
export type AwardDetail = z.output<typeof awardDetail>

const route = { tags: ['awards'], security: signedIn }

export const listAwards = {
  ...route,
  summary: 'List awards, the latest decision first',
  querystring: z.object({
    ...paging,
    templateId: idInput.optional(),
    learnerId: idInput.optional(),
    status: z.enum(awardStatuses).optional(),
  }),
  response: { 200: pageOf(award, 'AwardPage'), ...problems() },
}

export const getAward = {
  ...route,
  summary: 'Read one award, why it was granted and what became of it',
  params: idParams,
  response: { 200: awardDetail, ...problems('award-not-found') },
}

export const grantAward = {
  ...route,
  summary: 'Grant a badge by hand',
  description: 'It is revoked only by hand. The template must be active.',
  params: idParams,
  body: z
    .strictObject({
      learnerId: idInput,
      instance: z.string().min(1).max(1000).optional().meta({
        description: 'For a template that repeats, and only for one: the value it stands for',
      }),
      reason: z.string().max(2000).optional().meta({ description: 'Kept in the audit log' }),
      narrative: z.string().max(5000).optional().meta({ description: 'Shown on the badge' }),
      evidence: z.array(evidenceInput).max(50).optional(),
      results: awardResults.optional().meta({
        description: 'What came out, for results that the template describes',
      }),
      awardedAt: instantInput.optional(),
      expiresAt: instantInput.nullable().optional().meta({
        description: 'When it is left out, what the template says; null for never',
      }),
    })
    .meta({ id: 'NewAward' }),
  response: {
    201: awardDetail,
    ...problems(
      'template-not-found',
      'learner-not-found',
      'template-not-active',
      'template-archived',
      'award-exists',
    ),
  },
}

export const revokeAward = {
  ...route,
  summary: 'Revoke an award',
  description: 'The rules do not grant it again after that; a person may.',
  params: idParams,
  body: z
    .strictObject({ reason: z.string().trim().min(1).max(2000) })
    .meta({ id: 'NewRevocation' }),
  response: { 200: awardDetail, ...problems('award-not-found', 'award-not-active') },
}

export const updateAward = {
  ...route,
  summary: 'Record whether the learner agrees to be named in public',
  params: idParams,
  body: z.strictObject({ showsName: z.boolean() }).meta({ id: 'AwardUpdate' }),
  response: { 200: awardDetail, ...problems('award-not-found') },
}

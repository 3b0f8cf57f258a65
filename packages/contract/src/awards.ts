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
  tableFile,
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

/** Which awards a list, a file or a step for many is about. */
export const awardFilter = {
  organizationId: idInput.optional(),
  templateId: idInput.optional(),
  learnerId: idInput.optional(),
  status: z.enum(awardStatuses).optional(),
  expired: z
    .enum(['true', 'false'])
    .optional()
    .meta({ description: 'Only those that have expired, or only those that have not' }),
  source: z.enum(['rules', 'hand']).optional(),
  from: instantInput.optional().meta({ description: 'Awarded at this time or later' }),
  until: instantInput.optional().meta({ description: 'Awarded before this time' }),
  search: z.string().max(300).optional().meta({
    description:
      'The beginning of the user name or e-mail address, a part of the name, or the LMS user id',
  }),
}

export const awardSorts = ['latest', 'earliest', 'newest', 'oldest'] as const

const sort = z.enum(awardSorts).default('latest').meta({
  description:
    'latest and earliest go by when we decided, newest and oldest by the date of the award',
})

export const listAwards = {
  ...route,
  summary: 'List awards, the latest decision first',
  querystring: z.object({ ...paging, ...awardFilter, sort }),
  response: { 200: pageOf(award, 'AwardPage'), ...problems() },
}

export const exportAwards = {
  ...route,
  summary: 'Download awards as CSV',
  description: 'All that the filters leave, the latest decision first.',
  querystring: z.object(awardFilter),
  response: { 200: tableFile, ...problems() },
}

const severalAwards = {
  ids: z.array(idInput).min(1).max(1000).optional(),
  filter: z.strictObject(awardFilter).optional().meta({
    description: 'In the place of `ids`: 200 of them at a time; go on with `next` as the cursor',
  }),
  cursor: paging.cursor,
  dryRun: z.boolean().default(false).meta({ description: 'Only say how many it concerns' }),
}

const eachAward = <Outcome extends string>(outcomes: readonly Outcome[]) =>
  z.object({
    concerned: z.int().meta({ description: 'How many awards, and of how many people' }),
    learners: z.int(),
    remaining: z.int().meta({ description: 'How many more there are after these' }),
    next: z.string().nullable(),
    items: z.array(z.object({ id, outcome: z.enum(outcomes), detail: z.string().nullable() })),
  })

export const revokeOutcomes = ['revoked', 'not-active', 'not-found'] as const
export const revokeAwards = {
  ...route,
  summary: 'Revoke many awards for one reason',
  description: 'Those that are in force and within reach. Each is answered for.',
  body: z
    .strictObject({ ...severalAwards, reason: z.string().trim().min(1).max(2000) })
    .meta({ id: 'NewRevocations' }),
  response: { 200: eachAward(revokeOutcomes).meta({ id: 'Revocations' }), ...problems() },
}

export const reissueOutcomes = ['reissued', 'refused', 'not-found'] as const
export const reissueAwards = {
  ...route,
  summary: 'Sign the badges of many awards anew',
  body: z.strictObject(severalAwards).meta({ id: 'NewAwardReissues' }),
  response: { 200: eachAward(reissueOutcomes).meta({ id: 'AwardReissues' }), ...problems() },
}

export const awardHistoryKinds = [
  'granted',
  'signed',
  'signed-anew',
  'issuance',
  'revoked',
  'expired',
  'changed',
] as const

export const awardHistory = z
  .object({
    items: z.array(
      z.object({
        at: instant,
        kind: z.enum(awardHistoryKinds),
        by: z
          .string()
          .nullable()
          .meta({ description: 'The person or program; null for the rules' }),
        state: z.string().nullable().meta({ description: 'Of the issuance from then on' }),
        account: z.string().nullable().meta({ description: 'Where; null for our own badges' }),
        detail: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'AwardHistory' })
export type AwardHistory = z.output<typeof awardHistory>

export const getAwardHistory = {
  ...route,
  summary: 'Read what happened to an award, the oldest first',
  params: idParams,
  response: { 200: awardHistory, ...problems('award-not-found') },
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

import { z } from 'zod'
import { learnerName } from './awards.js'
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
import { issuanceFacts, issuanceStates } from './issuance-facts.js'

export const issuance = issuanceFacts
  .extend({
    awardId: id,
    template: z.object({ id, name: z.string() }),
    learner: learnerName,
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'Issuance' })
export type Issuance = z.output<typeof issuance>

export const issuanceDetail = issuance
  .extend({
    history: z.array(
      z.object({
        at: instant,
        state: z.enum(issuanceStates),
        externalState: z.string().nullable(),
        note: z.string().nullable(),
        error: z.string().nullable(),
        nextTryAt: instant.nullable(),
      }),
    ),
  })
  .meta({ id: 'IssuanceDetail' })
export type IssuanceDetail = z.output<typeof issuanceDetail>

export const issuanceCounts = z
  .object({
    items: z.array(
      z.object({
        account: issuance.shape.account,
        state: z.enum(issuanceStates),
        count: z.int(),
      }),
    ),
  })
  .meta({ id: 'IssuanceCounts' })
export type IssuanceCounts = z.output<typeof issuanceCounts>

/** Several states, by repeating the parameter or with commas. */
const states = z
  .union([z.string(), z.array(z.string())])
  .transform((given) => [given].flat().flatMap((text) => text.split(',')))
  .pipe(z.array(z.enum(issuanceStates)).min(1))
  .meta({ description: `One or several, repeated or with commas: ${issuanceStates.join(', ')}` })

const route = { tags: ['issuances'], security: signedIn }

const issuanceFilter = {
  organizationId: idInput.optional(),
  state: states.optional(),
  accountId: idInput.optional(),
  target: issuance.shape.target.optional(),
  templateId: idInput.optional(),
  learnerId: idInput.optional(),
  wanted: issuance.shape.wanted.optional(),
  from: instantInput.optional().meta({ description: 'Last changed at this time or later' }),
  until: instantInput.optional().meta({ description: 'Last changed before this time' }),
  search: z.string().max(300).optional().meta({
    description:
      'The beginning of the user name or e-mail address, a part of the name, or the LMS user id',
  }),
}

export const listIssuances = {
  ...route,
  summary: 'List issuances, the latest change first',
  querystring: z.object({ ...paging, ...issuanceFilter }),
  response: { 200: pageOf(issuance, 'IssuancePage'), ...problems() },
}

export const exportIssuances = {
  ...route,
  summary: 'Download issuances as CSV',
  querystring: z.object(issuanceFilter),
  response: { 200: tableFile, ...problems() },
}

export const countIssuances = {
  ...route,
  summary: 'Count issuances by account and state',
  querystring: z.object({ organizationId: idInput.optional() }),
  response: { 200: issuanceCounts, ...problems() },
}

export const getIssuance = {
  ...route,
  summary: 'Read one issuance with its history, the oldest entry first',
  params: idParams,
  response: { 200: issuanceDetail, ...problems('issuance-not-found') },
}

export const retryIssuance = {
  ...route,
  summary: 'Put one issuance back into the queue',
  description: 'It must have failed, have stopped, or have ended at the provider by itself.',
  params: idParams,
  response: {
    200: issuanceDetail,
    ...problems('issuance-not-found', 'issuance-not-retryable'),
  },
}

export const retryIssuances = {
  ...route,
  summary: 'Put failed and stopped issuances back into the queue',
  description: 'All of them, those of one account, or those that are named.',
  body: z
    .strictObject({
      accountId: idInput.optional(),
      ids: z.array(idInput).min(1).max(1000).optional(),
      templateId: idInput.optional(),
      organizationId: idInput.optional(),
      dryRun: z.boolean().default(false).meta({ description: 'Only say how many it concerns' }),
    })
    .meta({ id: 'NewRetry' }),
  response: {
    200: z
      .object({
        concerned: z.int().meta({ description: 'How many there are to try again' }),
        retried: z.int().meta({ description: 'How many wait in the queue again' }),
      })
      .meta({ id: 'Retry' }),
    ...problems(),
  },
}

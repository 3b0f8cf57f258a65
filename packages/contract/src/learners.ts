import { z } from 'zod'
import { award } from './awards.js'
import {
  id,
  idInput,
  idParams,
  instant,
  pageOf,
  paging,
  problems,
  signedIn,
  tableFile,
} from './common.js'
import { eventPage } from './events.js'
import { progress, progressList } from './progress.js'

export const learner = z
  .object({
    id,
    lmsUserId: z.number().nullable().meta({ description: 'Null for who was entered by hand' }),
    username: z.string(),
    email: z.string(),
    name: z.string(),
    isActive: z.boolean(),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'Learner' })
export type Learner = z.output<typeof learner>

export const learnerDetail = learner
  .extend({ progress: z.array(progress), awards: z.array(award) })
  .meta({ id: 'LearnerDetail' })
export type LearnerDetail = z.output<typeof learnerDetail>

const route = { tags: ['learners'], security: signedIn }

export const listLearners = {
  ...route,
  summary: 'List or search learners by user name',
  querystring: z.object({
    ...paging,
    search: z.string().max(300).optional().meta({
      description:
        'The beginning of the user name or e-mail address, a part of the name, or the LMS user id',
    }),
    organizationId: idInput.optional().meta({
      description: 'Only those who have, had or are on the way to a badge of this organization',
    }),
  }),
  response: { 200: pageOf(learner, 'LearnerPage'), ...problems() },
}

export const exportLearners = {
  ...route,
  summary: 'Download learners as CSV',
  querystring: listLearners.querystring.pick({ search: true, organizationId: true }),
  response: { 200: tableFile, ...problems() },
}

export const createLearner = {
  ...route,
  summary: 'Enter a learner by hand, who is unknown to the LMS',
  body: z
    .strictObject({
      username: z.string().trim().min(1).max(150),
      email: z.email().max(320),
      name: z.string().trim().max(300).optional(),
    })
    .meta({ id: 'NewLearner' }),
  response: { 201: learner, ...problems('learner-exists') },
}

export const getLearner = {
  ...route,
  summary: 'Read one learner with progress and awards',
  params: idParams,
  response: { 200: learnerDetail, ...problems('learner-not-found') },
}

export const getLearnerProgress = {
  ...route,
  summary: 'Read the progress of a learner towards every badge begun',
  params: idParams,
  response: { 200: progressList, ...problems('learner-not-found') },
}

export const listLearnerEvents = {
  ...route,
  summary: 'List the events of a learner, the latest first',
  params: idParams,
  querystring: z.object(paging),
  response: { 200: eventPage, ...problems('learner-not-found') },
}

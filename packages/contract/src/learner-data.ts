import { z } from 'zod'
import { id, idParams, problems, signedIn } from './common.js'
import { learner } from './learners.js'

const route = { tags: ['learners'], security: signedIn }

export const recomputation = z
  .object({
    judged: z.int().meta({ description: 'How many badges the learner was judged for' }),
    changes: z.array(
      z.object({
        change: z.enum(['granted', 'revoked']),
        awardId: id,
        template: z.object({ id, name: z.string() }),
        instance: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'Recomputation' })
export type Recomputation = z.output<typeof recomputation>

export const recomputeLearner = {
  ...route,
  summary: 'Judge a learner anew by the rules in force',
  description:
    'By the marks that events have left, for the active badges within reach. What follows for badges that build on these is done too.',
  params: idParams,
  response: { 200: recomputation, ...problems('learner-not-found') },
}

export const updateLearner = {
  ...route,
  summary: 'Correct the name, the user name or the e-mail address of a learner',
  description: 'Until an event that happens after this says otherwise.',
  params: idParams,
  body: z
    .strictObject({
      username: z.string().trim().min(1).max(150).optional(),
      email: z.email().max(320).optional(),
      name: z.string().trim().max(300).optional(),
    })
    .meta({ id: 'LearnerUpdate' }),
  response: { 200: learner, ...problems('learner-not-found', 'learner-exists') },
}

export const exportLearner = {
  ...route,
  summary: 'Download everything that is stored about a learner, as JSON',
  description:
    'Names, events, marks, awards, signed credentials, issuances, rows of imports and entries of the audit log.',
  params: idParams,
  response: {
    200: {
      description: 'Everything, as one document',
      content: { 'application/json': { schema: z.string() } },
    },
    ...problems('learner-not-found'),
  },
}

const erasure = z.object({
  events: z.int().meta({ description: 'Events that were deleted' }),
  awards: z.int().meta({ description: 'Awards that are kept without a name, all of them revoked' }),
  credentials: z.int().meta({ description: 'Signed badges that were deleted and are revoked' }),
  atProviders: z.int().meta({ description: 'Badges that providers are asked to take back' }),
})

export const eraseLearner = {
  ...route,
  summary: 'Erase what is stored about a learner',
  description:
    'Names, addresses, events, marks, evidence and signed texts go for good; awards stay without a name and are revoked, so that no badge verifies any more. Later events of the learner are not stored.',
  params: idParams,
  body: z
    .strictObject({
      username: z.string().meta({ description: 'As it is now: what is erased cannot come back' }),
    })
    .meta({ id: 'NewErasure' }),
  response: { 200: erasure.meta({ id: 'Erasure' }), ...problems('learner-not-found', 'conflict') },
}

export const retireLearner = {
  ...route,
  summary: 'Erase a learner whose account ends in the LMS',
  description:
    'By LMS user id or user name. May be repeated: who is erased or unknown already stays so, and later events of this LMS user id are not stored.',
  body: z
    .strictObject({
      lmsUserId: z.int().min(1).optional(),
      username: z.string().trim().min(1).max(150).optional(),
    })
    .refine((given) => given.lmsUserId !== undefined || given.username !== undefined, {
      error: 'name the learner by lmsUserId, by username, or by both',
    })
    .meta({ id: 'NewRetirement' }),
  response: {
    200: erasure.extend({ outcome: z.enum(['erased', 'unknown']) }).meta({ id: 'Retirement' }),
    ...problems(),
  },
}

const mapping = z.record(z.string(), z.string().trim().min(1).max(150))

/** As the retirement and renaming scripts of Open edX ask its Credentials service. */
export const replaceUsernames = {
  ...route,
  summary: 'Replace user names, as Open edX asks for it',
  description:
    'The address and the form of the Credentials service of Open edX. A new name that begins with `retired__` retires the learner.',
  body: z
    .object({ username_mappings: z.array(mapping).max(1000) })
    .meta({ id: 'UsernameMappings' }),
  response: {
    200: z
      .object({
        successful_replacements: z.array(mapping),
        failed_replacements: z.array(mapping),
      })
      .meta({ id: 'UsernameReplacements' }),
    ...problems(),
  },
}

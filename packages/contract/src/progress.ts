import { z } from 'zod'
import { learnerName } from './awards.js'
import { id, idParams, instant, pageOf, paging, problems, signedIn } from './common.js'

export const progress = z
  .object({
    template: z.object({ id, name: z.string(), state: z.enum(['draft', 'active', 'archived']) }),
    learner: learnerName,
    instance: z.string().nullable(),
    ratio: z.number().meta({ description: 'Fulfilled groups divided by groups, 0 to 1' }),
    complete: z.boolean(),
    groups: z.array(
      z.object({
        group: z.string(),
        fulfilled: z.boolean(),
        requirements: z.array(
          z.object({
            id: z.string(),
            eventType: z.string(),
            description: z.string().nullable(),
            fulfilled: z.boolean(),
            since: instant.nullable(),
          }),
        ),
      }),
    ),
    award: z
      .object({
        id,
        status: z.enum(['awarded', 'revoked']),
        source: z.enum(['rules', 'hand']),
        awardedAt: instant,
        revokedAt: instant.nullable(),
      })
      .nullable()
      .meta({ description: 'The latest award, also one that was revoked' }),
  })
  .meta({ id: 'Progress' })
export type Progress = z.output<typeof progress>

export const progressList = z.object({ items: z.array(progress) }).meta({ id: 'LearnerProgress' })

export const listTemplateProgress = {
  tags: ['badge templates'],
  security: signedIn,
  summary: 'List who is on the way to a badge',
  description: 'Everybody with any mark, in the order in which they became known.',
  params: idParams,
  querystring: z.object({
    ...paging,
    standing: z.enum(['on-the-way']).optional().meta({
      description: 'Only those who never held the badge',
    }),
  }),
  response: { 200: pageOf(progress, 'ProgressPage'), ...problems('template-not-found') },
}

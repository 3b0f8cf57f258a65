import { z } from 'zod'
import { id, instant, problems, signedIn } from './common.js'

export const foundKinds = ['learner', 'template', 'award', 'issuance', 'event'] as const

export const found = z
  .object({
    kind: z.enum(foundKinds),
    id,
    title: z.string(),
    detail: z.string().nullable(),
    templateId: id.nullable().meta({ description: 'Whose picture stands beside it' }),
    organization: z.object({ id, slug: z.string(), name: z.string() }).nullable().meta({
      description: 'Null for learners and events, which belong to none',
    }),
    at: instant.nullable().meta({ description: 'The time of an event, which finds it at once' }),
  })
  .meta({ id: 'Found' })
export type Found = z.output<typeof found>

export const searchAll = {
  tags: ['search'],
  security: signedIn,
  summary: 'Find learners, badges, awards, issuances and events',
  description:
    'By the beginning of a name, user name or e-mail address, by a part of the name of a badge, and by whatever names one thing: an id in either form, the id at the LMS or at a provider, or a pasted public address. At most eight of each kind.',
  querystring: z.object({ q: z.string().trim().min(1).max(500) }),
  response: {
    200: z
      .object({
        items: z.array(found),
        isWhole: z.boolean().meta({
          description: 'False when the event log was too long to be searched for an id',
        }),
      })
      .meta({ id: 'SearchResult' }),
    ...problems(),
  },
}

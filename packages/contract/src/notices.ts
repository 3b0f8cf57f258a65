import { z } from 'zod'
import { id, idParams, instant, pageOf, paging, problems, signedIn } from './common.js'

/** What may need a person. */
export const noticeKinds = [
  'account-paused',
  'key-ends-soon',
  'sync-failed',
  'template-vanished',
  'badge-ended-there',
] as const

export const notice = z
  .object({
    id,
    // A text, because a later version may have stored kinds that this one does not know.
    kind: z.string().meta({ description: `Such as ${noticeKinds.join(', ')}` }),
    sentence: z.string().meta({ description: 'What is the matter and what to do, in plain words' }),
    subject: z.string().meta({ description: 'Such as provider-account/0192f5a0-…' }),
    organizationId: id.nullable(),
    detail: z.record(z.string(), z.unknown()),
    openedAt: instant,
    resolvedAt: instant.nullable(),
  })
  .meta({ id: 'Notice' })
export type Notice = z.output<typeof notice>

const route = { tags: ['notices'], security: signedIn }

export const listNotices = {
  ...route,
  summary: 'List what needs a person, the latest first',
  querystring: z.object({
    ...paging,
    open: z
      .enum(['true', 'false'])
      .optional()
      .meta({ description: 'Only those that are open, or only those that are resolved' }),
    kind: z.enum(noticeKinds).optional(),
  }),
  response: { 200: pageOf(notice, 'NoticePage'), ...problems() },
}

export const resolveNotice = {
  ...route,
  summary: 'Say that a person has seen to it',
  description:
    'One that is resolved already stays as it is. It is opened anew when its cause is found again.',
  params: idParams,
  response: { 200: notice, ...problems('notice-not-found') },
}

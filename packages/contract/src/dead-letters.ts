import { z } from 'zod'
import { id, idParams, instant, pageOf, paging, problems, signedIn } from './common.js'

export const deadLetterStates = ['parked', 'replayed', 'discarded'] as const

export const deadLetter = z
  .object({
    id,
    topic: z.string(),
    consumerGroup: z.string(),
    position: z.string(),
    eventType: z.string().nullable(),
    eventId: z.string().nullable(),
    reason: z.string(),
    detail: z.string(),
    state: z.enum(deadLetterStates),
    createdAt: instant,
    settledAt: instant.nullable(),
  })
  .meta({ id: 'DeadLetter' })
export type DeadLetter = z.output<typeof deadLetter>

export const deadLetterDetail = deadLetter
  .extend({
    headers: z.record(z.string(), z.string()),
    value: z
      .object({ bytes: z.int(), base64: z.string(), hex: z.string() })
      .nullable()
      .meta({ description: 'The payload as it came; null when the entry had none' }),
  })
  .meta({ id: 'DeadLetterDetail' })
export type DeadLetterDetail = z.output<typeof deadLetterDetail>

const route = { tags: ['dead letters'], security: signedIn }

export const listDeadLetters = {
  ...route,
  summary: 'List entries that could not be used, the latest first',
  querystring: z.object({
    ...paging,
    state: z.enum(deadLetterStates).default('parked'),
    reason: z.string().max(100).optional(),
  }),
  response: { 200: pageOf(deadLetter, 'DeadLetterPage'), ...problems() },
}

export const countDeadLetters = {
  ...route,
  summary: 'Count dead letters by state and reason',
  response: {
    200: z
      .object({
        items: z.array(
          z.object({ state: z.enum(deadLetterStates), reason: z.string(), count: z.int() }),
        ),
      })
      .meta({ id: 'DeadLetterCounts' }),
    ...problems(),
  },
}

export const getDeadLetter = {
  ...route,
  summary: 'Read one dead letter with its headers and bytes',
  params: idParams,
  response: { 200: deadLetterDetail, ...problems('dead-letter-not-found') },
}

const settled = problems('dead-letter-not-found', 'dead-letter-settled')

export const replayDeadLetter = {
  ...route,
  summary: 'Try an entry again with the settings of today',
  params: idParams,
  response: {
    200: deadLetterDetail,
    ...problems(
      'dead-letter-not-found',
      'dead-letter-settled',
      'replay-refused',
      'badges-disabled',
    ),
  },
}

export const discardDeadLetter = {
  ...route,
  summary: 'Give an entry up; it stays readable',
  params: idParams,
  response: { 200: deadLetterDetail, ...settled },
}

export const replayDeadLetters = {
  ...route,
  summary: 'Try all parked entries of one reason again, a thousand at a time',
  body: z.strictObject({ reason: z.string().min(1).max(100) }).meta({ id: 'NewReplay' }),
  response: {
    200: z
      .object({
        replayed: z.int(),
        refused: z.int().meta({ description: 'Tried in vain; they stay parked' }),
        remaining: z.int().meta({ description: 'Not tried yet: ask again' }),
      })
      .meta({ id: 'Replay' }),
    ...problems('badges-disabled'),
  },
}

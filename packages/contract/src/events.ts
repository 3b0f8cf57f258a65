import { z } from 'zod'
import {
  id,
  idParams,
  instant,
  instantInput,
  pageOf,
  paging,
  problems,
  signedIn,
} from './common.js'

export const loggedEvent = z
  .object({
    id,
    type: z.string(),
    time: instant,
    source: z.string(),
    lmsUserId: z.number().nullable(),
    receivedAt: instant,
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'Event' })
export type LoggedEvent = z.output<typeof loggedEvent>

const named = z.object({ id, name: z.string() })

export const eventDetail = loggedEvent
  .extend({
    learner: z.object({ id, username: z.string(), name: z.string() }).nullable(),
    marks: z
      .array(
        z.object({
          template: named,
          requirement: z.string(),
          instance: z.string().nullable(),
          as: z.array(z.enum(['first', 'last', 'reset'])),
        }),
      )
      .meta({ description: 'Requirements that this event fulfilled or reset' }),
    awards: z
      .array(
        z.object({
          id,
          template: named,
          status: z.enum(['awarded', 'revoked']),
          role: z.enum(['granted', 'revoked']),
        }),
      )
      .meta({ description: 'Awards that were granted or revoked because of it' }),
  })
  .meta({ id: 'EventDetail' })
export type EventDetail = z.output<typeof eventDetail>

export const eventPage = pageOf(loggedEvent, 'EventPage')
export type EventPage = z.output<typeof eventPage>

const route = { tags: ['events'], security: signedIn }

export const listEvents = {
  ...route,
  summary: 'List received events, the latest first',
  querystring: z.object({
    ...paging,
    type: z.string().max(300).optional(),
    username: z.string().max(300).optional(),
    lmsUserId: z.coerce.number().int().min(0).optional(),
    from: instantInput.optional(),
    until: instantInput.optional(),
    search: z.string().trim().max(200).optional().meta({
      description:
        'A text that the payload holds, such as a course key. A page looks into some thousand events: it may be short, even empty, and have a next one',
    }),
  }),
  response: { 200: eventPage, ...problems() },
}

export const getEvent = {
  ...route,
  summary: 'Read one event and what it did',
  params: idParams,
  querystring: z.object({
    time: instantInput.optional().meta({
      description: 'Its time, which finds it at once; without it the whole log is searched',
    }),
  }),
  response: { 200: eventDetail, ...problems('event-not-found') },
}

/** What one request of CloudEvents came to. */
export const ingestion = z
  .object({
    received: z.int(),
    passedOver: z.int().meta({ description: 'Of known types that are not configured' }),
    matched: z.int(),
    awarded: z.int(),
    revoked: z.int(),
  })
  .meta({ id: 'Ingestion' })
export type Ingestion = z.output<typeof ingestion>

const cloudEvent = z
  .object({
    specversion: z.literal('1.0'),
    type: z.string(),
    source: z.string(),
    id: z.string().meta({ description: 'A UUID, or any text that is unique at the source' }),
    time: instantInput.meta({ description: 'In UTC' }),
    datacontenttype: z.enum(['application/json', 'application/avro']).optional(),
    data: z
      .unknown()
      .optional()
      .meta({ description: 'The payload, or an object with it under its keyword' }),
    data_base64: z.string().optional(),
  })
  .meta({ id: 'CloudEvent' })

export const ingestEvents = {
  tags: ['events'],
  security: signedIn,
  summary: 'Send events as CloudEvents 1.0',
  description:
    'Structured (application/cloudevents+json), in batches (application/cloudevents-batch+json), or binary: attributes in ce- headers and the data as application/json or application/avro. All events of a request are stored, or none.',
  consumes: [
    'application/cloudevents+json',
    'application/cloudevents-batch+json',
    'application/json',
    'application/avro',
  ],
  body: z.union([cloudEvent, z.array(cloudEvent)]),
  response: {
    202: ingestion,
    ...problems('event-refused', 'badges-disabled', 'unsupported-media-type'),
  },
}

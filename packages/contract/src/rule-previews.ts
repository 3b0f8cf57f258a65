import { z } from 'zod'
import { backfillLearner } from './backfills.js'
import { id, idInput, instant, instantInput, problems, signedIn } from './common.js'
import { rulesInput } from './rules.js'

const counted = z.int().min(0)

export const rulePreview = z
  .object({
    events: z.object({
      read: counted.meta({ description: 'Of the event types that the rules name' }),
      matched: counted,
      from: instant.nullable().meta({ description: 'Back to when the log was read' }),
      until: instant.nullable(),
      isComplete: z.boolean().meta({ description: 'Whether that was the whole log' }),
    }),
    learners: z.object({ complete: counted, halfWay: counted, started: counted }),
    examples: z
      .array(
        z.object({
          learner: backfillLearner,
          instance: z.string().nullable(),
          completeAt: instant.nullable(),
          ratio: z.number(),
          groups: z.record(z.string(), z.boolean()),
        }),
      )
      .meta({ description: 'At most 20: the latest to complete it, then those who are nearest' }),
    perRequirement: z.array(
      z.object({
        id: z.string(),
        events: counted.meta({ description: 'Events that fulfil it' }),
        learners: counted.meta({ description: 'Learners who hold it now' }),
      }),
    ),
    perPenalty: z.array(
      z.object({ id: z.string(), events: counted.meta({ description: 'Events that it matches' }) }),
    ),
  })
  .meta({ id: 'RulePreview' })
export type RulePreview = z.output<typeof rulePreview>

const about = {
  organizationId: idInput,
  templateId: idInput.optional().meta({ description: 'The template whose rules these shall be' }),
  rules: rulesInput.meta({
    description: 'As in PUT /badge-templates/{id}/rules: reaward, repeat, requirements, penalties',
  }),
}

const route = { tags: ['rule previews'], security: signedIn }
const refusals = problems(
  'organization-not-found',
  'template-not-found',
  'rules-invalid',
  'too-many-requests',
)

export const createRulePreview = {
  ...route,
  summary: 'See who would have earned a badge by these rules, without storing anything',
  description:
    'Reads the latest events of the types concerned, as many as a second or two allow, and says how far back it came.',
  body: z.strictObject({ ...about, since: instantInput.optional() }).meta({ id: 'NewRulePreview' }),
  response: { 200: rulePreview, ...refusals },
}

/** An event with the fields that the rules look at. */
export const seenEvent = z
  .object({
    id: z.string(),
    type: z.string(),
    time: instant,
    fields: z.array(z.object({ keyPath: z.string(), value: z.unknown() })),
  })
  .meta({ id: 'SeenEvent' })
export type SeenEvent = z.output<typeof seenEvent>

const dataRuleSeen = z.object({
  keyPath: z.string(),
  operator: z.string(),
  value: z.union([z.string(), z.array(z.string()).readonly()]),
  seen: z.unknown().meta({ description: 'What the event has there; null when it has nothing' }),
})

export const missing = z
  .discriminatedUnion('reason', [
    z.object({ reason: z.literal('no-event') }).meta({
      description: 'The learner has no event of the type',
    }),
    z
      .object({ reason: z.literal('data-rules'), events: counted })
      .meta({ description: 'Events of the type, none of which fits the data rules' }),
    z
      .object({
        reason: z.literal('window'),
        events: z.array(seenEvent),
        from: instant.nullable(),
        until: instant.nullable(),
      })
      .meta({ description: 'Events that fit, but lie outside of the window' }),
    z
      .object({ reason: z.literal('value-missing'), keyPath: z.string(), events: counted })
      .meta({ description: 'Events that fit, but lack the distinct or repeat value' }),
    z.object({ reason: z.literal('count'), held: counted, needed: counted }),
    z
      .object({ reason: z.literal('after'), requirement: z.string(), since: instant.nullable() })
      .meta({
        description: 'A requirement that had to be fulfilled earlier; when it was, if at all',
      }),
    z
      .object({
        reason: z.literal('reset'),
        penalty: z.string().nullable(),
        event: seenEvent.nullable(),
        at: instant,
      })
      .meta({ description: 'Was fulfilled until this penalty' }),
  ])
  .meta({ id: 'MissingReason' })
export type MissingReason = z.output<typeof missing>

export const learnerPreview = z
  .object({
    learner: backfillLearner,
    eventsRead: counted,
    isComplete: z.boolean().meta({
      description:
        'Whether all events of the learner were read; the latest are, if there are too many',
    }),
    logBeginsAt: instant.nullable(),
    award: z
      .object({
        id,
        instance: z.string().nullable(),
        status: z.enum(['awarded', 'revoked']),
        source: z.enum(['rules', 'hand']),
        awardedAt: instant,
        revokedAt: instant.nullable(),
        revokedBy: z.enum(['rules', 'hand']).nullable(),
      })
      .nullable()
      .meta({ description: 'The latest award of the template to the learner' }),
    instances: z
      .array(
        z.object({
          instance: z.string().nullable(),
          complete: z.boolean(),
          completeAt: instant.nullable(),
          ratio: z.number(),
          groups: z.array(
            z.object({
              group: z.string(),
              fulfilled: z.boolean(),
              requirements: z.array(
                z.object({
                  id: z.string(),
                  fulfilled: z.boolean(),
                  since: instant.nullable(),
                  held: counted.meta({ description: 'Distinct values, or 1, that are held now' }),
                  needed: counted,
                  events: z.array(seenEvent).meta({ description: 'What fulfilled it' }),
                  missing: z.array(missing).meta({ description: 'Empty when it is fulfilled' }),
                  nearMisses: z.array(z.object({ event: seenEvent, failed: dataRuleSeen })).meta({
                    description: 'The latest events of the type with the first rule they fail',
                  }),
                }),
              ),
            }),
          ),
        }),
      )
      .meta({ description: 'One, with instance null, unless the badge repeats' }),
  })
  .meta({ id: 'LearnerPreview' })
export type LearnerPreview = z.output<typeof learnerPreview>

export const createLearnerPreview = {
  ...route,
  summary: 'See why a learner would have a badge by these rules, or what is missing',
  body: z.strictObject({ ...about, learnerId: idInput }).meta({ id: 'NewLearnerPreview' }),
  response: {
    200: learnerPreview,
    ...problems(
      'organization-not-found',
      'template-not-found',
      'learner-not-found',
      'rules-invalid',
      'too-many-requests',
    ),
  },
}

export const eventValues = z
  .object({
    items: z.array(
      z.object({
        value: z.string(),
        label: z.string().nullable().meta({ description: 'A name that stands beside it' }),
        events: counted,
      }),
    ),
    from: instant.nullable().meta({ description: 'Back to when the log was read' }),
    isComplete: z.boolean(),
  })
  .meta({ id: 'EventValues' })
export type EventValues = z.output<typeof eventValues>

export const listEventValues = {
  ...route,
  summary: 'List values that recent events have at a key path, the most frequent first',
  querystring: z.object({
    eventType: z.string().min(1).max(300),
    keyPath: z.string().min(1).max(300),
    q: z.string().max(200).optional().meta({ description: 'Part of the value or its name' }),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  response: { 200: eventValues, ...problems() },
}

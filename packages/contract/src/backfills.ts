import { z } from 'zod'
import { id, idParams, instant, pageOf, paging, problems, signedIn } from './common.js'

export const backfillKinds = ['preview', 'run'] as const
export const backfillStates = ['queued', 'running', 'done', 'cancelled', 'failed'] as const
/** What a backfill does to an award: `kept` would be lost, but the event log does not reach back to what earned it. */
export const backfillChanges = ['gain', 'lose', 'kept'] as const

const counted = z.int().min(0)

const learnersOnTheWay = z
  .object({
    none: counted.meta({ description: 'Events of the right types, but no group fulfilled' }),
    started: counted.meta({ description: 'Some groups, less than half of them' }),
    halfWay: counted.meta({ description: 'At least half of the groups' }),
    complete: counted,
  })
  .meta({
    id: 'LearnersOnTheWay',
    description: 'Learners by how far they are; for a repeated badge, learners and values',
  })

const backfillResult = z
  .object({
    events: z.object({
      read: counted.meta({ description: 'Of the event types that the rules name' }),
      matched: counted,
      from: instant.nullable().meta({ description: 'The earliest event that was read' }),
      until: instant.nullable(),
    }),
    logBeginsAt: instant.nullable().meta({
      description: 'Older events are no longer known; awards that rest on them are kept',
    }),
    learners: learnersOnTheWay,
    gain: counted,
    lose: counted,
    kept: counted.meta({
      description: 'Awards that the rules would take away if the log reached back far enough',
    }),
    others: z
      .array(
        z.object({
          template: z.object({ id, name: z.string() }),
          gain: counted,
          lose: counted,
        }),
      )
      .meta({ description: 'Badges that are built on this one' }),
  })
  .meta({ id: 'BackfillResult' })
export type BackfillResult = z.output<typeof backfillResult>

export const backfill = z
  .object({
    id,
    template: z.object({ id, name: z.string() }),
    kind: z.enum(backfillKinds),
    state: z.enum(backfillStates),
    requestedBy: z.string(),
    requestedAt: instant,
    startedAt: instant.nullable(),
    finishedAt: instant.nullable(),
    restarts: counted.meta({
      description: 'How often the rules changed under it, so it began anew',
    }),
    error: z.string().nullable().meta({ description: 'Why it failed, and what to do' }),
    progress: z.object({
      read: counted.meta({ description: 'Events gone through, of any type' }),
      total: counted.meta({ description: 'About how many there are' }),
      ratio: z.number().min(0).max(1),
    }),
    result: backfillResult.meta({ description: 'So far; final when the state is done' }),
  })
  .meta({ id: 'Backfill' })
export type Backfill = z.output<typeof backfill>

export const backfillLearner = z
  .object({
    id: id.nullable().meta({ description: 'Null while only the event log knows them' }),
    lmsUserId: z.number().nullable(),
    username: z.string(),
    name: z.string(),
  })
  .meta({ id: 'BackfillLearner' })
export type BackfillLearner = z.output<typeof backfillLearner>

export const backfillChange = z
  .object({
    change: z.enum(backfillChanges),
    template: z.object({ id, name: z.string() }),
    learner: backfillLearner,
    instance: z.string().nullable(),
    awardId: id.nullable().meta({ description: 'Null for what a preview would grant' }),
    at: instant.nullable().meta({ description: 'The date of the award, or of the revocation' }),
    fulfillments: z.array(
      z.object({
        requirement: z.string(),
        group: z.string(),
        since: instant,
        events: z.array(z.string()),
      }),
    ),
    lost: z
      .array(z.object({ requirement: z.string(), event: z.string() }))
      .meta({ description: 'What penalties reset; empty when the rules no longer give it' }),
  })
  .meta({ id: 'BackfillChange' })
export type BackfillChange = z.output<typeof backfillChange>

const route = { tags: ['backfills'], security: signedIn }

export const createBackfill = {
  ...route,
  summary: 'Apply the rules of a badge template to past events, or see what that would do',
  description:
    'A preview stores nothing but its result, and works for drafts too. A run grants and revokes as if the events came in now. A preview that is under way already is answered again; a second run is refused.',
  params: idParams,
  body: z.strictObject({ kind: z.enum(backfillKinds) }).meta({ id: 'NewBackfill' }),
  response: {
    202: backfill,
    ...problems('template-not-found', 'template-not-active', 'rules-invalid', 'backfill-running'),
  },
}

export const listBackfills = {
  ...route,
  summary: 'List backfills, the latest first',
  querystring: z.object({
    ...paging,
    organizationId: id.optional(),
    templateId: id.optional(),
    kind: z.enum(backfillKinds).optional(),
    state: z.enum(backfillStates).optional(),
  }),
  response: { 200: pageOf(backfill, 'BackfillPage'), ...problems() },
}

export const listTemplateBackfills = {
  ...route,
  summary: 'List backfills of a badge template, the latest first',
  params: idParams,
  querystring: z.object(paging),
  response: { 200: pageOf(backfill, 'BackfillPage'), ...problems('template-not-found') },
}

export const getBackfill = {
  ...route,
  summary: 'Read how far a backfill is and what it has found',
  params: idParams,
  response: { 200: backfill, ...problems('backfill-not-found') },
}

export const listBackfillChanges = {
  ...route,
  summary: 'List who gains and who loses, and why',
  description: 'At most the first 1000 of each kind are kept; the numbers of the result are whole.',
  params: idParams,
  querystring: z.object({
    ...paging,
    change: z.enum(backfillChanges).optional(),
  }),
  response: {
    200: pageOf(backfillChange, 'BackfillChangePage'),
    ...problems('backfill-not-found'),
  },
}

export const cancelBackfill = {
  ...route,
  summary: 'Stop a backfill',
  description:
    'What a run has decided already stays, and is right for each learner concerned; the others are left as they were.',
  params: idParams,
  response: { 200: backfill, ...problems('backfill-not-found', 'backfill-settled') },
}

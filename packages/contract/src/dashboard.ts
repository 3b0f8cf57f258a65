import { z } from 'zod'
import { learnerName } from './awards.js'
import { id, idInput, instant, problems, providers, signedIn } from './common.js'
import { issuanceStates } from './issuance-facts.js'

/** What may need a person, in the order in which it is told. */
export const needKinds = [
  'account-paused',
  'issuances-failed',
  'consumer-behind',
  'dead-letters',
  'signals-stopped',
  'backfill-failed',
  'import-waiting',
  'key-ends',
  'token-ends',
  'rules-quiet',
  'notice',
] as const

const counted = z.int().min(0)
const named = z.object({ id, name: z.string() })

export const need = z
  .object({
    kind: z.enum(needKinds),
    count: counted.meta({ description: 'Of the things concerned; 1 where it is one thing' }),
    since: instant.nullable(),
    endsAt: instant.nullable().meta({ description: 'Of keys and tokens' }),
    detail: z.string().nullable().meta({
      description:
        'The reason, in the words of who gave it: the provider, the bus; of dead letters its code; of a notice the whole sentence',
    }),
    account: named
      .extend({ provider: z.enum(providers) })
      .nullable()
      .meta({ description: 'Null for our own badges' }),
    template: named.nullable(),
    subject: z.string().nullable().meta({
      description:
        'What else it is about: the name of a token or file, a topic; of issuances that failed, stopped where any has, else failed',
    }),
    subjectId: z.string().nullable(),
  })
  .meta({ id: 'Need', description: 'Something that a person has to see to' })
export type Need = z.output<typeof need>

export const dashboardDay = z
  .object({
    day: z.iso.date().meta({ description: 'In UTC' }),
    events: counted.meta({ description: 'Of the whole installation' }),
    awards: counted,
    revocations: counted,
    issued: counted.meta({ description: 'Badges that were signed here or issued at a provider' }),
  })
  .meta({ id: 'DashboardDay' })
export type DashboardDay = z.output<typeof dashboardDay>

export const dashboard = z
  .object({
    days: z.array(dashboardDay).meta({ description: 'The last 30 days, the oldest first' }),
    eventsAreEstimated: z.boolean().meta({
      description: 'Large event logs are estimated, not counted',
    }),
    waiting: z.record(z.enum(issuanceStates), counted).meta({
      description: 'Issuances that are not settled, by state',
    }),
    needs: z.array(need),
    latestAwards: z.array(
      z
        .object({
          id,
          template: named.extend({ updatedAt: instant }),
          learner: learnerName,
          status: z.enum(['awarded', 'revoked']),
          awardedAt: instant,
        })
        .meta({ id: 'LatestAward' }),
    ),
    firstSteps: z
      .object({
        badge: z.boolean().meta({ description: 'There is a badge' }),
        preview: z.boolean().meta({ description: 'Somebody has looked who would get one' }),
        activation: z.boolean().meta({ description: 'A badge is or was active' }),
        events: z.boolean().meta({ description: 'Events of an LMS have arrived' }),
        colleague: z.boolean().meta({ description: 'There are two members, or an invitation' }),
      })
      .meta({ id: 'FirstSteps', description: 'What newcomers do, by what is there' }),
  })
  .meta({ id: 'Dashboard' })
export type Dashboard = z.output<typeof dashboard>

export const getDashboard = {
  tags: ['dashboard'],
  security: signedIn,
  summary: 'Read what happened in an organization, and what needs a person',
  description:
    'What is told depends on what the caller may see: dead letters and consumers are for those who run the platform, tokens for those who may edit them.',
  querystring: z.object({ organizationId: idInput }),
  response: { 200: dashboard, ...problems('organization-not-found') },
}

import { z } from 'zod'
import { id, idInput, instant, instantInput, problems, signedIn } from './common.js'

const counted = z.int().nonnegative()
const template = z.object({ id, name: z.string() })

const insightIntervals = ['day', 'week', 'month'] as const

const timeZone = z
  .string()
  .max(60)
  .refine(isTimeZone, { error: 'must be the name of a time zone, such as Europe/Berlin' })
  .default('UTC')
  .meta({ description: 'In which days, weeks and months begin' })

const narrowed = {
  organizationId: idInput.optional(),
  templateId: idInput.optional(),
}
const between = {
  from: instantInput.optional().meta({ description: 'Not before; 90 days ago if left out' }),
  until: instantInput.optional().meta({ description: 'Before; now if left out' }),
}
const course = z.string().min(1).max(255).optional().meta({
  description: 'A course key: badges that this course was behind',
})
const bucketed = { interval: z.enum(insightIntervals).default('week'), timeZone }

const day = z.iso.date().meta({ description: 'The first day of the interval' })

export const awardsOverTime = z
  .object({
    items: z.array(z.object({ start: day, awarded: counted, revoked: counted })),
    awarded: counted,
    revoked: counted,
  })
  .meta({ id: 'AwardsOverTime' })
export type AwardsOverTime = z.output<typeof awardsOverTime>

export const awardsByBadge = z
  .object({
    items: z.array(
      z.object({
        template,
        awarded: counted,
        revoked: counted,
        learners: counted.meta({ description: 'Who got it in this time' }),
      }),
    ),
  })
  .meta({ id: 'AwardsByBadge' })
export type AwardsByBadge = z.output<typeof awardsByBadge>

export const awardsByCourse = z
  .object({
    items: z.array(
      z.object({
        course: z.string().nullable().meta({ description: 'null where no course was behind it' }),
        awarded: counted,
        learners: counted,
      }),
    ),
    isPartial: z.boolean().meta({ description: 'Whether only the newest awards were looked at' }),
    looked: counted.meta({ description: 'How many awards were looked at' }),
  })
  .meta({ id: 'AwardsByCourse' })
export type AwardsByCourse = z.output<typeof awardsByCourse>

const steps = {
  started: counted.meta({ description: 'Learners of whom anything counts towards it' }),
  halfWay: counted.meta({ description: 'Of those, who have at least half of the groups' }),
  complete: counted.meta({ description: 'Of those, who have all of them' }),
}

export const badgeFunnels = z
  .object({
    items: z.array(
      z.object({
        template,
        ...steps,
        holders: counted.meta({ description: 'Who have the badge, however they got it' }),
      }),
    ),
    at: instant.meta({ description: 'When it was counted; kept for a minute' }),
  })
  .meta({ id: 'BadgeFunnels' })
export type BadgeFunnels = z.output<typeof badgeFunnels>

export const badgeStops = z
  .object({
    items: z.array(
      z.object({
        template,
        ...steps,
        groups: z.array(
          z.object({
            group: z.string(),
            fulfilled: counted.meta({ description: 'Learners who have it' }),
            missing: counted.meta({ description: 'Who have started and lack it' }),
            onlyMissing: counted.meta({ description: 'Who lack nothing else' }),
            requirements: z.array(
              z.object({
                id: z.string(),
                description: z.string().nullable(),
                eventType: z.string(),
                fulfilled: counted,
              }),
            ),
          }),
        ),
      }),
    ),
    at: instant,
  })
  .meta({ id: 'BadgeStops' })
export type BadgeStops = z.output<typeof badgeStops>

export const issuingDelays = z
  .object({
    items: z.array(
      z.object({
        target: z.object({
          kind: z.enum(['native', 'credly', 'accredible', 'badgr']),
          name: z.string().nullable().meta({ description: 'Of the account at the provider' }),
          accountId: id.nullable(),
        }),
        issued: counted,
        waiting: counted.meta({ description: 'Decided in this time, and not issued yet' }),
        median: z.number().nullable().meta({ description: 'Seconds from decision to issuance' }),
        p90: z.number().nullable(),
        slowest: z.number().nullable(),
      }),
    ),
  })
  .meta({ id: 'IssuingDelays' })
export type IssuingDelays = z.output<typeof issuingDelays>

const views = {
  awardViews: counted.meta({ description: 'Pages of awards shown to people' }),
  badgeViews: counted.meta({ description: 'Pages of badges shown to people' }),
  shares: counted.meta({ description: 'Presses of a share button' }),
  visits: counted.meta({ description: 'Views that came by a shared link' }),
  downloads: counted.meta({ description: 'Images and files that were saved' }),
  verifications: counted,
}

export const publicCounts = z
  .object({
    items: z.array(z.object({ start: day, ...views })),
    badges: z.array(
      z.object({
        template,
        ...views,
        awards: counted.meta({ description: 'Awards of this badge that are in force' }),
        claimed: counted.meta({
          description:
            'Of those, whose badge was ever downloaded or shared, or accepted at a provider: nobody is followed, so it says no more',
        }),
      }),
    ),
    totals: z.object(views),
  })
  .meta({
    id: 'PublicCounts',
    description:
      'Counted in days of UTC, without cookies or addresses: reloads count again, known robots do not',
  })
export type PublicCounts = z.output<typeof publicCounts>

const route = { tags: ['insights'], security: signedIn }

const aTable = { description: 'A table', content: { 'text/csv': { schema: z.string() } } }

const awardsOverTimeQuery = z.object({ ...narrowed, ...between, ...bucketed, course })
export const getAwardsOverTime = {
  ...route,
  summary: 'Awards and revocations over time',
  querystring: awardsOverTimeQuery,
  response: { 200: awardsOverTime, ...problems('overloaded') },
}
export const exportAwardsOverTime = {
  ...route,
  summary: 'Awards and revocations over time, as a table (CSV)',
  querystring: awardsOverTimeQuery,
  response: { 200: aTable, ...problems('overloaded') },
}

const awardsByBadgeQuery = z.object({ ...narrowed, ...between, course })
export const getAwardsByBadge = {
  ...route,
  summary: 'Awards and revocations by badge',
  querystring: awardsByBadgeQuery,
  response: { 200: awardsByBadge, ...problems('overloaded') },
}
export const exportAwardsByBadge = {
  ...route,
  summary: 'Awards and revocations by badge, as a table (CSV)',
  querystring: awardsByBadgeQuery,
  response: { 200: aTable, ...problems('overloaded') },
}

const awardsByCourseQuery = z.object({ ...narrowed, ...between, course })
export const getAwardsByCourse = {
  ...route,
  summary: 'Awards by the courses behind them',
  description:
    'From the events that led to an award; for those granted by hand and those whose events are gone, from the courses that the rules name. An award with several courses counts for each.',
  querystring: awardsByCourseQuery,
  response: { 200: awardsByCourse, ...problems('overloaded') },
}
export const exportAwardsByCourse = {
  ...route,
  summary: 'Awards by the courses behind them, as a table (CSV)',
  querystring: awardsByCourseQuery,
  response: { 200: aTable, ...problems('overloaded') },
}

const badgeFunnelsQuery = z.object(narrowed)
export const getBadgeFunnels = {
  ...route,
  summary: 'How many learners have started, are half way, and have all that a badge takes',
  querystring: badgeFunnelsQuery,
  response: { 200: badgeFunnels, ...problems('overloaded') },
}
export const exportBadgeFunnels = {
  ...route,
  summary:
    'How many learners have started, are half way, and have all that a badge takes, as a table (CSV)',
  querystring: badgeFunnelsQuery,
  response: { 200: aTable, ...problems('overloaded') },
}

const badgeStopsQuery = z.object(narrowed)
export const getBadgeStops = {
  ...route,
  summary: 'Where learners stop: who has and who lacks each part of a badge',
  querystring: badgeStopsQuery,
  response: { 200: badgeStops, ...problems('overloaded') },
}
export const exportBadgeStops = {
  ...route,
  summary: 'Where learners stop: who has and who lacks each part of a badge, as a table (CSV)',
  querystring: badgeStopsQuery,
  response: { 200: aTable, ...problems('overloaded') },
}

const issuingDelaysQuery = z.object({ ...narrowed, ...between })
export const getIssuingDelays = {
  ...route,
  summary: 'How long it takes from a decision to the issued badge, by target',
  querystring: issuingDelaysQuery,
  response: { 200: issuingDelays, ...problems('overloaded') },
}
export const exportIssuingDelays = {
  ...route,
  summary: 'How long it takes from a decision to the issued badge, by target, as a table (CSV)',
  querystring: issuingDelaysQuery,
  response: { 200: aTable, ...problems('overloaded') },
}

const publicCountsQuery = z.object({ ...narrowed, ...between, interval: bucketed.interval })
export const getPublicCounts = {
  ...route,
  summary: 'Views, shares, downloads and verifications of public pages',
  querystring: publicCountsQuery,
  response: { 200: publicCounts, ...problems('overloaded') },
}
export const exportPublicCounts = {
  ...route,
  summary: 'Views, shares, downloads and verifications of public pages, as a table (CSV)',
  querystring: publicCountsQuery,
  response: { 200: aTable, ...problems('overloaded') },
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

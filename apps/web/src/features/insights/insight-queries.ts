import { queryOptions } from '@tanstack/react-query'
import { siteUrl } from '../../config/places.js'
import { answer, api, type Schema } from '../../lib/api.js'

export type AwardsOverTime = Schema<'AwardsOverTime'>
export type BadgeFunnels = Schema<'BadgeFunnels'>
export type BadgeStops = Schema<'BadgeStops'>
export type IssuingDelays = Schema<'IssuingDelays'>
export type PublicCounts = Schema<'PublicCounts'>

/** What all questions of the page are about. */
export type About = {
  readonly organizationId: string
  readonly templateId?: string | undefined
  readonly from: string
  readonly until: string
  readonly interval: 'day' | 'week' | 'month'
  readonly timeZone: string
}

const key = 'insights'
// Numbers of a period that is over do not change while somebody looks at them.
const staleTime = 60_000

const whose = ({ organizationId, templateId }: About) => ({
  organizationId,
  ...(templateId !== undefined && { templateId }),
})
const within = (about: About) => ({ ...whose(about), from: about.from, until: about.until })

export function awardsOverTimeQuery(about: About) {
  const { interval, timeZone } = about
  const query = { ...within(about), interval, timeZone }
  return queryOptions({
    queryKey: [key, 'awards', query],
    queryFn: () => answer(api.GET('/api/v1/insights/awards', { params: { query } })),
    staleTime,
  })
}

export function awardsByBadgeQuery(about: About) {
  const query = within(about)
  return queryOptions({
    queryKey: [key, 'badges', query],
    queryFn: () => answer(api.GET('/api/v1/insights/badges', { params: { query } })),
    staleTime,
  })
}

export function awardsByCourseQuery(about: About) {
  const query = within(about)
  return queryOptions({
    queryKey: [key, 'courses', query],
    queryFn: () => answer(api.GET('/api/v1/insights/courses', { params: { query } })),
    staleTime,
  })
}

export function funnelQuery(about: About) {
  const query = whose(about)
  return queryOptions({
    queryKey: [key, 'funnel', query],
    queryFn: () => answer(api.GET('/api/v1/insights/funnel', { params: { query } })),
    staleTime,
  })
}

export function stopsQuery(about: About) {
  const query = whose(about)
  return queryOptions({
    queryKey: [key, 'stops', query],
    queryFn: () => answer(api.GET('/api/v1/insights/stops', { params: { query } })),
    staleTime,
  })
}

export function delaysQuery(about: About) {
  const query = within(about)
  return queryOptions({
    queryKey: [key, 'delays', query],
    queryFn: () => answer(api.GET('/api/v1/insights/delays', { params: { query } })),
    staleTime,
  })
}

export function publicCountsQuery(about: About) {
  const query = { ...within(about), interval: about.interval }
  return queryOptions({
    queryKey: [key, 'public-pages', query],
    queryFn: () => answer(api.GET('/api/v1/insights/public-pages', { params: { query } })),
    staleTime,
  })
}

/** The badges that can be chosen, by name. */
export function badgeChoiceQuery(organizationId: string) {
  return queryOptions({
    queryKey: ['badge-template-list', organizationId, 'choice'],
    queryFn: () =>
      answer(
        api.GET('/api/v1/badge-templates', {
          params: { query: { organizationId, limit: 200 } },
        }),
      ),
    select: ({ items }) => items.map(({ id, name, state }) => ({ id, name, state })),
  })
}

type Table = 'awards' | 'badges' | 'courses' | 'funnel' | 'stops' | 'delays' | 'public-pages'

/** Where the same numbers are a file for spreadsheets. */
export function csvAddress(table: Table, { timeZone, interval, ...about }: About): string {
  const { organizationId, templateId, from, until } = about
  const query = new URLSearchParams({ organizationId })
  if (templateId !== undefined) query.set('templateId', templateId)
  if (table !== 'funnel' && table !== 'stops') {
    query.set('from', from)
    query.set('until', until)
  }
  if (table === 'awards') query.set('timeZone', timeZone)
  if (table === 'awards' || table === 'public-pages') query.set('interval', interval)
  return `${siteUrl}/api/v1/insights/${table}/file?${query.toString()}`
}

import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { answer, api, type Schema } from '../../lib/api.js'

export type LoggedEvent = Schema<'Event'>
export type EventDetail = Schema<'EventDetail'>
export type EventFilters = {
  readonly type?: string
  readonly username?: string
  readonly text?: string
}

const noPage: string | null = null
const pageSize = 50
const everyMs = 3000

/** The log behind the newest page: the latest first. */
export function olderEvents({ text, ...filters }: EventFilters) {
  const asked = { ...filters, ...(text !== undefined && { search: text }), limit: pageSize }
  return infiniteQueryOptions({
    queryKey: ['events', 'log', asked],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/api/v1/events', {
          params: { query: { ...asked, ...(pageParam !== null && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: noPage,
    getNextPageParam: ({ next }) => next,
  })
}

/** What came in last; asked for again and again while it runs. */
export function latestEvents({ text, ...filters }: EventFilters, isRunning: boolean) {
  const asked = { ...filters, ...(text !== undefined && { search: text }), limit: pageSize }
  return queryOptions({
    queryKey: ['events', 'latest', asked],
    queryFn: () => answer(api.GET('/api/v1/events', { params: { query: asked } })),
    refetchInterval: isRunning ? everyMs : false,
    enabled: isRunning,
  })
}

export function eventQuery(id: string, time: string | undefined) {
  return queryOptions({
    queryKey: ['events', 'one', id],
    queryFn: () =>
      answer(
        api.GET('/api/v1/events/{id}', {
          params: { path: { id }, query: time === undefined ? {} : { time } },
        }),
      ),
  })
}

export const eventTypesQuery = queryOptions({
  queryKey: ['event-types', 'whole'],
  queryFn: () => answer(api.GET('/api/v1/event-types')),
  staleTime: Number.POSITIVE_INFINITY,
})

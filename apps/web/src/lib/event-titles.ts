import { queryOptions, useQuery } from '@tanstack/react-query'
import { answer, api } from './api.js'

const eventTitlesQuery = queryOptions({
  queryKey: ['event-titles'],
  queryFn: async () => {
    const { items } = await answer(api.GET('/api/v1/event-types'))
    return new Map(items.map(({ eventType, title }) => [eventType, title]))
  },
  staleTime: Number.POSITIVE_INFINITY,
})

/** What people call a kind of event; its technical name until that is known. */
export function useEventTitle(): (eventType: string) => string {
  const { data } = useQuery(eventTitlesQuery)
  return (eventType) => data?.get(eventType) ?? eventType
}
